// Random universes against libsolv: whether it is asked what we are asked, and whether
// a wrong plan is found.
#include "control/control_file.h"
#include "random/comparison.h"
#include "random/debian_text.h"
#include "random/large_problem.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace extman::bench {
namespace {

class Random : public testing::Test {
 protected:
  std::size_t add(const std::string &name, const std::string &version,
                  const std::string &control = "") {
    problem_.packages.push_back(control::parse_control("name = " + name + "\nversion = " + version +
                                                       "\n" + control + "\n"));
    return problem_.packages.size() - 1;
  }
  std::size_t add_installed(const std::string &name, const std::string &version, bool held = false,
                            const std::string &control = "") {
    problem_.installed.push_back(add(name, version, control));
    problem_.held.push_back(static_cast<char>(held));
    return problem_.installed.back();
  }
  void add_upgrade(const std::string &name, const std::string &from, const std::string &to) {
    problem_.upgrades.push_back({name, from, to});
  }
  void ask(const std::string &install, const std::string &uninstall) {
    problem_.question = {};
    if (!install.empty()) problem_.question.install = control::parse_request(install);
    if (!uninstall.empty()) problem_.question.uninstall = control::parse_request(uninstall);
  }
  // The verdict of both.
  bool can(const std::string &install, const std::string &uninstall = "") {
    ask(install, uninstall);
    const Comparison comparison = compare(problem_);
    EXPECT_EQ(comparison.fault, "") << comparison.detail;
    return comparison.theirs;
  }

  test::Problem problem_;
};

TEST_F(Random, InstalledPackagesStayAtWhateverVersion) {
  add_installed("a", "2");
  add("a", "1");
  add("a", "3");
  add("b", "1", "conflicts = a");
  add_upgrade("a", "2", "1");
  add_upgrade("a", "2", "3");
  EXPECT_TRUE(can("a (= 1)"));
  EXPECT_TRUE(can("a (= 2)"));
  EXPECT_TRUE(can("a (> 2)"));
  EXPECT_FALSE(can("b"));
  EXPECT_FALSE(can("a (= 4)"));
}

TEST_F(Random, HeldPackagesStayAtTheirVersion) {
  add_installed("a", "2", true);
  add("a", "3");
  add_upgrade("a", "2", "3");
  EXPECT_TRUE(can("a (>= 2)"));
  EXPECT_FALSE(can("a (>= 3)"));
}

TEST_F(Random, RemovalIsOnlyOnRequest) {
  add_installed("a", "1");
  add_installed("b", "1", false, "depends = a | c");
  add("c", "1");
  add("d", "1", "conflicts = a");
  EXPECT_FALSE(can("d"));
  EXPECT_FALSE(can("", "a"));  // nothing new
  EXPECT_TRUE(can("d", "a"));  // c comes instead
  EXPECT_FALSE(can("a", "a"));
  EXPECT_TRUE(can("", "a, b"));
}

TEST_F(Random, AlternativesAndProvides) {
  add("a", "1", "provides = v (= 2)");
  add("b", "1", "provides = v");
  EXPECT_TRUE(can("x | v (>= 2)"));
  EXPECT_FALSE(can("x | v (> 2)"));
  EXPECT_TRUE(can("v, b"));
  EXPECT_FALSE(can("x | y"));
}

TEST_F(Random, WrongPlansAreFound) {
  const std::size_t a = add_installed("a", "1", true);
  const std::size_t newer = add("a", "2");
  const std::size_t b = add("b", "1", "depends = c\nconflicts = a (>= 2)");
  const std::size_t c = add("c", "1");
  ask("b | x", "");
  EXPECT_EQ(fault_of(problem_, {a, b, c}), "");
  EXPECT_NE(fault_of(problem_, {a, c}), "");
  EXPECT_NE(fault_of(problem_, {a, b}), "");
  EXPECT_NE(fault_of(problem_, {newer, b, c}), "");
  EXPECT_NE(fault_of(problem_, {b, c}), "");
  ask("c", "");
  EXPECT_EQ(fault_of(problem_, {newer, c}), "a is held and has changed");
  ask("c", "a");
  EXPECT_EQ(fault_of(problem_, {c}), "");
  EXPECT_EQ(fault_of(problem_, {a, c}), "a is there");
  ask("", "a");
  EXPECT_EQ(fault_of(problem_, {c}), "c is new");
}

TEST_F(Random, WhatDebianCannotSayIsRefused) {
  EXPECT_EQ(debian_text(control::parse_request("a (< 1) | b (> 2), c (>= 3)")),
            "a (<< 1) | b (>> 2), c (>= 3)");
  EXPECT_THROW(debian_text(control::parse_request("a (!= 1)")), std::logic_error);
  EXPECT_THROW(debian_text(control::parse_request("a (> 1, < 2)")), std::logic_error);
}

TEST_F(Random, SomeProblemsCannotBeCompared) {
  add_installed("a", "1", false, "depends = b");
  add("a", "2");
  ask("a", "");
  EXPECT_FALSE(is_comparable(problem_));  // a lacks b
  add_installed("b", "1");
  EXPECT_FALSE(is_comparable(problem_));  // no script leads to a 2
  add_upgrade("a", "1", "2");
  EXPECT_TRUE(is_comparable(problem_));
  ask("a", "c");
  EXPECT_FALSE(is_comparable(problem_));
}

TEST_F(Random, LargeUniversesLieAtTheEdge) {
  constexpr std::size_t kCount = 100;
  std::size_t yes = 0;
  std::size_t installed = 0;
  std::size_t held = 0;
  std::size_t removed = 0;
  std::size_t changed = 0;
  for (std::size_t seed = 1; seed <= kCount; ++seed) {
    const test::Problem problem = large_problem(seed);
    ASSERT_TRUE(is_comparable(problem)) << "seed " << seed;
    const test::Outcome outcome = test::ask(problem);
    yes += outcome.has_plan();
    installed += !problem.installed.empty();
    removed += !problem.question.uninstall.empty();
    held += std::string(problem.held.begin(), problem.held.end()).find('\1') != std::string::npos;
    for (const plan::Step &step : outcome.answer.plan.steps) {
      changed += step.action == plan::Action::kUpgrade;
    }
  }
  EXPECT_GT(yes, kCount / 4);
  EXPECT_LT(yes, kCount * 2 / 3);
  EXPECT_GT(installed, kCount / 3);
  EXPECT_GT(held, kCount / 3);
  EXPECT_GT(removed, kCount / 10);
  EXPECT_GT(changed, kCount / 50);
}

}  // namespace
}  // namespace extman::bench
