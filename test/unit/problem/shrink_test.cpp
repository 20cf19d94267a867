// Shrinking by properties whose smallest form is known.

#include "problem/shrink.h"

#include "problem/case_file.h"
#include "solve/random_universe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

namespace extman::test {
namespace {

// What shrinking does not change, and the properties below do not look at: names,
// versions, what is left of the request.
Problem without_what_is_any(Problem problem) {
  for (control::ControlFile &package : problem.packages) {
    package.name = "p";
    package.version = "1";
    for (auto &part : package.depends) {
      for (auto &relation : part) {
        for (auto &constraint : relation.constraints) constraint = {version::Operator::kEqual, "3"};
      }
    }
  }
  for (Problem::Upgrade &upgrade : problem.upgrades) upgrade = {"p", "1", "2"};
  const bool cascade = problem.question.cascade;
  problem.question = {};
  problem.question.cascade = cascade;
  return problem;
}

// The smallest forms of a hundred random problems that show it are all this one.
void expect_smallest(const Shows &shows, const std::string &text) {
  unsigned found = 0;
  for (unsigned seed = 0; found < 100; ++seed) {
    ASSERT_LT(seed, 100000u);
    std::mt19937 random(seed);
    Problem problem = random_problem(random);
    if (!shows(problem)) continue;
    ++found;
    Problem smallest = shrink(problem, shows);
    EXPECT_TRUE(shows(smallest));
    ASSERT_EQ(describe(without_what_is_any(smallest)), text) << "seed " << seed;
  }
}

using Packages = std::vector<control::ControlFile>;

bool any_of(const Packages &packages, const std::function<bool(const control::ControlFile &)> &is) {
  return std::any_of(packages.begin(), packages.end(), is);
}

TEST(Shrink, LeavesTheOnePackageThatMatters) {
  expect_smallest(
      [](const Problem &problem) {
        return any_of(problem.packages, [](const control::ControlFile &package) {
          return std::any_of(package.conflicts.begin(), package.conflicts.end(),
                             [](const auto &relation) { return relation.name == "w"; });
        });
      },
      "== package p 1\nconflicts = w\n");
}

TEST(Shrink, LeavesAlternativesAndConstraintsThatMatter) {
  expect_smallest(
      [](const Problem &problem) {
        return any_of(problem.packages, [](const control::ControlFile &package) {
          return std::any_of(package.depends.begin(), package.depends.end(), [](const auto &part) {
            return part.size() > 1 && part[0].name == "a" && part[1].name == "v" &&
                   !part[1].constraints.empty();
          });
        });
      },
      "== package p 1\ndepends = a | v (= 3)\n");
}

TEST(Shrink, LeavesWhatIsInstalledAndHeld) {
  expect_smallest(
      [](const Problem &problem) {
        return std::count(problem.held.begin(), problem.held.end(), 1) == 2;
      },
      "== package p 1\n== package p 1\n== installed p 1 held\n== installed p 1 held\n");
}

TEST(Shrink, LeavesUpgradesAndFlagsThatMatter) {
  expect_smallest(
      [](const Problem &problem) {
        return problem.upgrades.size() >= 2 && problem.question.cascade && problem.allow_cycles;
      },
      "== upgrade p 1 2\n== upgrade p 1 2\n== cascade\n== allow-cycles\n");
}

TEST(Shrink, NeverEmptiesTheRequest) {
  std::mt19937 random(1);
  const Problem smallest = shrink(random_problem(random), [](const Problem &) { return true; });
  EXPECT_TRUE(smallest.packages.empty());
  EXPECT_TRUE(smallest.installed.empty());
  const plan::Question &question = smallest.question;
  EXPECT_EQ(question.install.size() + question.uninstall.size() + question.upgrade.size() +
                (question.upgrade_all ? 1 : 0),
            1u);
}

}  // namespace
}  // namespace extman::test
