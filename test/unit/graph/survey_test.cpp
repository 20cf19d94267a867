// What is in a picture: of the cases of test/cases, which cover all kinds of plans
// and of reasons why there is none, and of a few in detail.

#include "graph/survey.h"

#include "graph/parse.h"
#include "graph/write.h"
#include "problem/case_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace extman::graph {
namespace {

namespace fs = std::filesystem;
using test::CaseFile;
using Texts = std::vector<std::string>;

Graph picture_of(const CaseFile &problem, bool reversed = false) {
  Graph graph;
  test::ask_case(problem, reversed, [&](const plan::Findings &found) {
    graph = problem.install.empty() ? of_installed(found.problem) : of_answer(found);
  });
  return graph;
}

CaseFile case_named(const std::string &name) {
  return test::read_case((fs::path(EXTMAN_SOURCE_DIR) / "test/cases" / (name + ".case")).string());
}

std::string title(const Graph &graph, std::size_t node) {
  std::string text;
  for (const std::string &line : lines_of(graph.nodes[node])) {
    text += (text.empty() ? "" : ": ") + line;
  }
  return text;
}

Texts nodes_of(const Graph &graph) {
  Texts texts;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) texts.push_back(title(graph, i));
  return texts;
}

Texts edges_of(const Graph &graph) {
  static const char *const kArrows[] = {" -> ", " ..> ", " >< ", " -| ", " no way ", " waits "};
  Texts texts;
  for (const Edge &edge : graph.edges) {
    const auto name = [&](std::size_t node) { return lines_of(graph.nodes[node])[0]; };
    texts.push_back(name(edge.from) + kArrows[static_cast<int>(edge.kind)] + name(edge.to) +
                    (edge.label.empty() ? "" : ": " + edge.label));
  }
  return texts;
}

CaseFile with(const std::string &text) {
  const fs::path path = fs::path(EXTMAN_BINARY_DIR) / "picture.case";
  std::ofstream(path) << text;
  return test::read_case(path.string());
}

TEST(GraphOfPlan, ShowsWhatComesAndWhatItKeepsOut) {
  const Graph graph = picture_of(case_named("plan-design-example"));
  EXPECT_EQ(nodes_of(graph),
            (Texts{"can install foo", "foo 1.0: to be installed", "bar 1.1: to be installed",
                   "baz 1.0: to be installed", "bla (< 0.8): not installed"}));
  EXPECT_EQ(edges_of(graph), (Texts{"can install foo -> foo 1.0", "foo 1.0 -> bar 1.1: (>= 1.1)",
                                    "foo 1.0 -> baz 1.0", "foo 1.0 -| bla (< 0.8): conflicts"}));
}

TEST(GraphOfPlan, ShowsUpgradesAndWhoIsTouchedByThem) {
  const Graph graph =
      picture_of(with("== package foo 1.0\ndepends = bar (>= 1.1), gis (>= 2)\n== package bar 1.0\n"
                      "== package bar 1.1\n== upgrade bar 1.0 1.1\n== package uses_bar 1.0\n"
                      "depends = bar, other\n== package other 1.0\n== package geo 3.0\n"
                      "provides = gis (= 2.5), map\n== installed bar 1.0 automatic\n"
                      "== installed uses_bar 1.0 held\n== installed other 1.0\n== install foo\n"));
  EXPECT_EQ(nodes_of(graph), (Texts{"can install foo", "foo 1.0: to be installed",
                                    "bar 1.0 -> 1.1: to be upgraded, automatic",
                                    "geo 3.0: to be installed: provides gis (= 2.5), map",
                                    "uses_bar 1.0: installed, held"}));
  EXPECT_EQ(edges_of(graph),
            (Texts{"can install foo -> foo 1.0", "foo 1.0 -> bar 1.0 -> 1.1: (>= 1.1)",
                   "foo 1.0 -> geo 3.0: gis (>= 2)", "uses_bar 1.0 -> bar 1.0 -> 1.1"}));
}

TEST(GraphOfPlan, PartsAtAlternatives) {
  const Graph graph =
      picture_of(with("== package foo 1.0\ndepends = a | b (>= 2) | c\n== package b 2.0\n"
                      "== package c 1.0\n== installed c 1.0\n== install foo\n"));
  EXPECT_EQ(edges_of(graph), (Texts{"can install foo -> foo 1.0", "foo 1.0 -> or", "or ..> a",
                                    "or ..> b (>= 2)", "or -> c 1.0"}));
  EXPECT_EQ(nodes_of(graph)[3], "a: not installed");
}

TEST(GraphOfInstalled, ShowsWhatIsWrong) {
  const Graph graph =
      picture_of(with("== package foo 1.0\ndepends = gone (>= 2), bar\nconflicts = bar (< 2)\n"
                      "custom_variable_classes = 'x'\n== package bar 1.0\n== package old 1.0\n"
                      "custom_variable_classes = 'x'\ndepends = lost | away\n== installed foo 1.0\n"
                      "== installed bar 1.0 automatic\n== installed old 1.0\n"));
  EXPECT_EQ(
      nodes_of(graph),
      (Texts{"bar 1.0: installed, automatic, conflicting", "foo 1.0: installed, conflicting",
             "old 1.0: installed, conflicting", "gone (>= 2): missing: nothing provides gone", "or",
             "lost: missing: nothing provides lost", "away: missing: nothing provides away"}));
  EXPECT_EQ(edges_of(graph),
            (Texts{"foo 1.0 -> gone (>= 2)", "foo 1.0 -> bar 1.0", "old 1.0 -> or", "or ..> lost",
                   "or ..> away", "foo 1.0 >< bar 1.0: conflicts (< 2)",
                   "foo 1.0 >< old 1.0: both claim class x"}));
}

TEST(GraphOfFailure, ShowsWhatContradicts) {
  EXPECT_EQ(edges_of(picture_of(case_named("fail-diamond"))),
            (Texts{"cannot install foo -> foo 1.0", "foo 1.0 -> left 1.0", "foo 1.0 -> right 1.0",
                   "left 1.0 -> base 2.0: (>= 2)", "right 1.0 -> base 1.0: (< 2)",
                   "base 2.0 >< base 1.0: only one version"}));
  EXPECT_EQ(edges_of(picture_of(case_named("fail-cycle-of-two"))).back(),
            "chicken 1.0 waits egg 1.0: waits for egg");
  const Graph unknown = picture_of(case_named("fail-misspelled-in-request"));
  EXPECT_EQ(unknown.nodes.at(1).kind, NodeKind::kMissing);
  const Graph no_script = picture_of(case_named("fail-no-upgrade-script"));
  EXPECT_TRUE(std::any_of(no_script.edges.begin(), no_script.edges.end(),
                          [](const Edge &edge) { return edge.kind == EdgeKind::kNoWay; }));
}

TEST(GraphOfFailure, ShowsWhatIsHeld) {
  const Graph graph = picture_of(case_named("fail-held"));
  EXPECT_TRUE(std::any_of(graph.nodes.begin(), graph.nodes.end(),
                          [](const Node &node) { return node.held; }));
}

// Graphviz itself reads what all cases give, in one call.
class EveryCase : public testing::Test {
 protected:
  static std::vector<std::string> names() {
    std::vector<std::string> names;
    for (const auto &entry : fs::directory_iterator(fs::path(EXTMAN_SOURCE_DIR) / "test/cases")) {
      if (entry.path().extension() == ".case") names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }
};

TEST_F(EveryCase, GivesPicturesThatDoNotDependOnTheOrderOfPackages) {
  for (const std::string &name : names()) {
    const CaseFile problem = case_named(name);
    const Graph graph = picture_of(problem);
    EXPECT_EQ(write_dot(graph), write_dot(picture_of(problem, true))) << name;
    EXPECT_FALSE(graph.nodes.empty() && !problem.installed.empty()) << name;
    EXPECT_EQ(test::fault_of_dot(write_dot(graph)), "") << name;
    EXPECT_EQ(test::fault_of_mermaid(write_mermaid(graph)), "") << name;
  }
}

TEST_F(EveryCase, IsReadByGraphviz) {
  if (std::system("dot -V 2>/dev/null") != 0) GTEST_SKIP() << "there is no dot";
  const fs::path folder = fs::path(EXTMAN_BINARY_DIR) / "pictures";
  fs::create_directories(folder);
  std::ofstream all(folder / "all.dot");
  for (const std::string &name : names()) {
    const Graph graph = picture_of(case_named(name));
    all << write_dot(graph);
    std::ofstream(folder / (name + ".mmd")) << write_mermaid(graph);
  }
  // What hostile names make of it.
  Graph hostile;
  for (const char *text : {"\"", "\\", "\\\"", "a\\", "<b>", "&", "&quot;", "\\N", "\xC3\xA4"}) {
    Node node{};
    node.kind = NodeKind::kInstalled;
    node.name = text;
    hostile.nodes.push_back(std::move(node));
    hostile.edges.push_back({EdgeKind::kNeeds, 0, hostile.nodes.size() - 1, text});
  }
  all << write_dot(hostile);
  std::ofstream(folder / "hostile.mmd") << write_mermaid(hostile);
  all.close();
  const fs::path read = folder / "all.canon";
  const std::string command =
      "dot -Tcanon '" + (folder / "all.dot").string() + "' >'" + read.string() + "' 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::ifstream file(read);
  std::size_t graphs = 0;
  for (std::string line; std::getline(file, line);) {
    graphs += line.rfind("digraph ", 0) == 0;
    EXPECT_EQ(line.find("rror"), std::string::npos) << line;
    EXPECT_EQ(line.find("arning"), std::string::npos) << line;
  }
  EXPECT_EQ(graphs, names().size() + 1);
}

}  // namespace
}  // namespace extman::graph
