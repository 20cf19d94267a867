// How pictures are written, whatever the names in them.

#include "graph/write.h"

#include "graph/parse.h"

#include <gtest/gtest.h>

#include <random>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace extman::graph {
namespace {

Node node(NodeKind kind, const std::string &name, const std::string &version) {
  Node result{};
  result.kind = kind;
  result.name = name;
  result.version = version;
  return result;
}

Graph one_of(const std::string &text) {
  Graph graph;
  graph.nodes.push_back(node(NodeKind::kInstalled, text, text));
  graph.nodes.push_back(node(NodeKind::kMissing, "b", text));
  graph.nodes.back().note = text;
  graph.edges.push_back({EdgeKind::kNeeds, 0, 1, text});
  graph.edges.push_back({EdgeKind::kExcludes, 1, 0, text});
  return graph;
}

TEST(GraphText, QuotesForDot) {
  EXPECT_EQ(dot_text("pg_stat 1.0-1"), "pg_stat 1.0-1");
  EXPECT_EQ(dot_text("a\"b\\N\\"), "a&#34;b\\\\N\\\\");
  EXPECT_EQ(dot_text("<b>&amp;"), "&#60;b&#62;&#38;amp;");
  EXPECT_EQ(dot_text("\xC3\xA4\xF0\x9F\x90\x98"), "&#228;&#128024;");
  EXPECT_EQ(dot_text("a\nb\x01\xFF\xC2\x85"), "a?b???");
}

TEST(GraphText, QuotesForMermaid) {
  EXPECT_EQ(mermaid_text("foo (1.0)"), "foo (1.0)");
  EXPECT_EQ(mermaid_text("a\"b]`#38;"), "a#34;b#93;#96;#35;38#59;");
  EXPECT_EQ(mermaid_text(">= 1-2"), "#62;#61; 1#45;2");
  EXPECT_EQ(mermaid_text("\xC3\xA4\n"), "#228;?");
}

TEST(GraphText, AnyTextStaysWithinItsLabel) {
  for (const char *text : {"\"];\n  evil [label=\"", "\\", "\\\"", "a\\", "]]", "\"]\n  n9[\"x\"]",
                           "end", "%%{init: {}}%%", "`*a*`", "<script>", "|", "\xE2\x80\xA8", ""}) {
    EXPECT_EQ(test::fault_of_dot(write_dot(one_of(text))), "") << text;
    EXPECT_EQ(test::fault_of_mermaid(write_mermaid(one_of(text))), "") << text;
  }
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) {
    std::string text;
    for (std::size_t length = random() % 12; length > 0; --length) {
      text += static_cast<char>(random() % 2 == 0 ? random() % 256 : "\"\\]<;|#\n"[random() % 8]);
    }
    ASSERT_EQ(test::fault_of_dot(write_dot(one_of(text))), "");
    ASSERT_EQ(test::fault_of_mermaid(write_mermaid(one_of(text))), "");
  }
}

// What tells the kinds apart is more than their colour.
TEST(GraphText, KindsDifferInShapeLineOrWords) {
  std::vector<Node> nodes;
  for (NodeKind kind :
       {NodeKind::kRequest, NodeKind::kChoice, NodeKind::kInstalled, NodeKind::kInstall,
        NodeKind::kUpgrade, NodeKind::kAvailable, NodeKind::kAbsent, NodeKind::kMissing}) {
    nodes.push_back(node(kind, "a", "1"));
  }
  nodes.push_back(node(NodeKind::kInstalled, "a", "1"));
  nodes.back().automatic = true;
  nodes.push_back(node(NodeKind::kInstalled, "a", "1"));
  nodes.back().held = true;
  nodes.push_back(node(NodeKind::kInstalled, "a", "1"));
  nodes.back().conflicting = true;
  std::set<std::string> dot;
  std::set<std::string> mermaid;
  for (const Node &each : nodes) {
    const std::string text = write_dot({{each}, {}});
    dot.insert(std::regex_replace(text, std::regex("(fill)?color=\"[^\"]*\""), ""));
    mermaid.insert(write_mermaid({{each}, {}}));
  }
  EXPECT_EQ(dot.size(), nodes.size());
  EXPECT_EQ(mermaid.size(), nodes.size());
}

}  // namespace
}  // namespace extman::graph
