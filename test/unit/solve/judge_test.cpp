// The judge finds what is wrong with answers that are.

#include "solve/judge.h"

#include "control/control_file.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace extman::test {
namespace {

constexpr auto kFine = "";

class Judging : public testing::Test {
 protected:
  // Returns its number.
  std::size_t add(const std::string &name, const std::string &version,
                  const std::string &control = "") {
    problem_.packages.push_back(control::parse_control("name = " + name + "\nversion = " + version +
                                                       "\n" + control + "\n"));
    return problem_.packages.size() - 1;
  }
  std::size_t add_installed(const std::string &name, const std::string &version,
                            const std::string &control = "") {
    problem_.installed.push_back(add(name, version, control));
    problem_.held.push_back(0);
    return problem_.installed.back();
  }
  void add_upgrade(const std::string &name, const std::string &from, const std::string &to) {
    problem_.upgrades.push_back({name, from, to});
  }
  void install(const std::string &request) {
    problem_.question.install = control::parse_request(request);
  }

  // What it says of a plan.
  std::string fault_of(const std::vector<std::size_t> &arriving, Selection after,
                       std::vector<std::size_t> removed = {}) const {
    Outcome outcome;
    outcome.arriving = arriving;
    outcome.after = std::move(after);
    outcome.removed = std::move(removed);
    return Judge(problem_).fault_of(outcome);
  }
  std::string fault_of(plan::Verdict verdict) const {
    Outcome outcome;
    outcome.answer.verdict = verdict;
    outcome.answer.message = "cannot";
    outcome.answer.detail = "Since it cannot.";
    return Judge(problem_).fault_of(outcome);
  }

  Problem problem_;
};

TEST_F(Judging, Verdicts) {
  add("a", "1", "depends = b (>= 2)");
  add("b", "1");
  install("a");
  EXPECT_EQ(fault_of({0}, {0}), "the verdict is wrong");
  EXPECT_EQ(fault_of(plan::Verdict::kUnknownPackage), "the verdict is wrong");
  EXPECT_EQ(fault_of(plan::Verdict::kNoPlan), kFine);
  add("b", "2");
  EXPECT_EQ(fault_of(plan::Verdict::kNoPlan), "the verdict is wrong");
}

TEST_F(Judging, RelationsMustHold) {
  const std::size_t a = add("a", "1", "depends = b");
  const std::size_t b = add("b", "1");
  const std::size_t c = add_installed("c", "1");
  install("a");
  EXPECT_EQ(fault_of({b, a}, {a, b, c}), kFine);
  EXPECT_EQ(fault_of({a}, {a, c}), "the plan does not hold");
  EXPECT_EQ(fault_of({b, a}, {a, b}), "the plan does not hold");
  EXPECT_EQ(fault_of({a, b}, {a, b, c}), "a step comes before what it needs");
}

TEST_F(Judging, NothingIsSuperfluous) {
  const std::size_t a = add("a", "1");
  const std::size_t b = add("b", "1");
  install("a");
  EXPECT_EQ(fault_of({a}, {a}), kFine);
  EXPECT_EQ(fault_of({a, b}, {a, b}), "something new can be left out");
}

TEST_F(Judging, RingsAreSuperfluousAsWell) {
  const std::size_t a = add("a", "1");
  const std::size_t b = add("b", "1", "depends = c");
  const std::size_t c = add("c", "1", "depends = b");
  problem_.allow_cycles = true;
  install("a");
  EXPECT_EQ(fault_of({a, b, c}, {a, b, c}), "something new can be left out");
}

TEST_F(Judging, RequestsGetTheNewestVersion) {
  const std::size_t old = add("a", "1");
  const std::size_t newest = add("a", "2");
  install("a");
  EXPECT_EQ(fault_of({newest}, {newest}), kFine);
  EXPECT_EQ(fault_of({old}, {old}), "what was requested could have a better version");
}

TEST_F(Judging, AsLittleAsPossibleChanges) {
  const std::size_t a = add_installed("a", "1");
  const std::size_t newer = add("a", "2");
  const std::size_t b = add_installed("b", "2");
  const std::size_t older = add("b", "1");
  const std::size_t c = add("c", "1", "conflicts = a (= 1)");
  const std::size_t d = add("c", "2", "conflicts = a (= 1), b (= 2)");
  add_upgrade("a", "1", "2");
  add_upgrade("b", "2", "1");
  install("c");
  EXPECT_EQ(fault_of({newer, c}, {newer, b, c}), kFine);
  EXPECT_EQ(fault_of({newer, older, d}, {newer, older, d}),
            "fewer installed packages could change");
  EXPECT_EQ(fault_of({c}, {a, b, c}), "the plan does not hold");
}

TEST_F(Judging, ChangesAreToTheBestVersion) {
  add_installed("a", "2");
  const std::size_t newer = add("a", "3");
  const std::size_t older = add("a", "1");
  const std::size_t b = add("b", "1", "conflicts = a (= 2)");
  add_upgrade("a", "2", "3");
  add_upgrade("a", "2", "1");
  install("b");
  EXPECT_EQ(fault_of({newer, b}, {newer, b}), kFine);
  EXPECT_EQ(fault_of({older, b}, {older, b}),
            "what is installed could keep, or change to, a better version");
}

TEST_F(Judging, UpgradesAreToTheNewestVersion) {
  const std::size_t old = add_installed("a", "1");
  const std::size_t newer = add("a", "2");
  const std::size_t newest = add("a", "3");
  add_upgrade("a", "1", "2");
  add_upgrade("a", "2", "3");
  problem_.question.upgrade_all = true;
  EXPECT_EQ(fault_of({newest}, {newest}), kFine);
  EXPECT_EQ(fault_of({newer}, {newer}), "what was to be upgraded could have a better version");
  EXPECT_EQ(fault_of({}, {old}), "what was to be upgraded could have a better version");
}

TEST_F(Judging, RemovesWhatItMust) {
  const std::size_t a = add_installed("a", "1");
  const std::size_t b = add_installed("b", "1", "depends = a");
  const std::size_t c = add_installed("c", "1", "depends = a | b");
  const std::size_t d = add_installed("d", "1");
  problem_.question.uninstall = control::parse_request("a");
  EXPECT_EQ(fault_of({}, {b, c, d}, {a}), "the verdict is wrong");
  problem_.question.cascade = true;
  EXPECT_EQ(fault_of({}, {d}, {c, b, a}), kFine);
  EXPECT_EQ(fault_of({}, {}, {d, c, b, a}), "what goes is not what was to be uninstalled");
  EXPECT_EQ(fault_of({}, {b, c, d}, {a}), "what goes is not what was to be uninstalled");
  EXPECT_EQ(fault_of({}, {d}, {a, b, c}), "an uninstall comes before that of what needs it");
}

}  // namespace
}  // namespace extman::test
