// Universes that nobody would write but to do harm: they end in an answer or at
// a limit, and a cancel is noticed.

#include "plan/answer.h"
#include "support/error.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

namespace extman::test {
namespace {

using control::Relation;

control::ControlFile package(const std::string &name, const std::string &version) {
  control::ControlFile file;
  file.name = name;
  file.version = version;
  return file;
}

Relation relation(const std::string &name) { return {name, {}}; }

Relation relation(const std::string &name, version::Operator op, const std::string &version) {
  return {name, {{op, version}}};
}

struct Watched {
  using Clock = std::chrono::steady_clock;
  Clock::time_point last = Clock::now();
  double longest = 0;  // seconds between two polls

  static bool poll(void *arg) {
    auto *watched = static_cast<Watched *>(arg);
    Clock::time_point now = Clock::now();
    double seconds = std::chrono::duration<double>(now - watched->last).count();
    watched->longest = std::max(watched->longest, seconds);
    watched->last = now;
    return false;
  }
};

plan::Answer ask(universe::Universe &universe, const std::string &request,
                 std::size_t max_memory = 0, std::uint64_t max_steps = 0) {
  plan::Question question;
  question.install = control::parse_request(request);
  solve::Workspace workspace;
  Watched watched;
  support::Budget budget(Watched::poll, &watched, max_steps, max_memory);
  plan::Answer answer = plan::answer(universe, workspace, {}, question, false, budget);
  Watched::poll(&watched);
  // Fifty milliseconds where nothing else goes on and the code is optimised; here
  // only that no loop goes on without asking.
  EXPECT_LT(watched.longest, 10.0);
  return answer;
}

TEST(HostileUniverse, TenThousandVersionsOfOneName) {
  universe::Universe universe;
  for (int i = 10000; i > 0; --i) {
    control::ControlFile file = package("many", std::to_string(i));
    file.depends = {{relation("base", version::Operator::kEqual, std::to_string(i % 7))}};
    universe.add(file, 0);
  }
  universe.add(package("base", "3"), 0);
  plan::Answer answer = ask(universe, "many");
  ASSERT_EQ(answer.verdict, plan::Verdict::kPlan);
  EXPECT_EQ(answer.plan.steps.size(), 2u);
  EXPECT_EQ(universe.version(answer.plan.steps[1].package), "9999");
  answer = ask(universe, "many, base (= 4)");
  EXPECT_EQ(answer.verdict, plan::Verdict::kNoPlan);
}

TEST(HostileUniverse, EveryVersionFails) {
  universe::Universe universe;
  for (int i = 0; i < 10000; ++i) {
    control::ControlFile file = package("many", std::to_string(i));
    file.depends = {{relation("gone" + std::to_string(i))}};
    universe.add(file, 0);
  }
  EXPECT_EQ(ask(universe, "many").verdict, plan::Verdict::kNoPlan);
}

TEST(HostileUniverse, FiveThousandAlternatives) {
  universe::Universe universe;
  control::Alternatives alternatives;
  for (int i = 0; i < 5000; ++i) {
    alternatives.push_back(relation("many", version::Operator::kNotEqual, std::to_string(i)));
  }
  for (int i = 0; i < 5000; ++i) universe.add(package("many", std::to_string(i)), 0);
  for (int i = 0; i < 20; ++i) {
    control::ControlFile file = package("user" + std::to_string(i), "1");
    file.depends = {alternatives};
    std::rotate(alternatives.begin(), alternatives.begin() + 1, alternatives.end());
    universe.add(file, 0);
  }
  std::string request = "user0";
  for (int i = 1; i < 20; ++i) request += ", user" + std::to_string(i);
  EXPECT_EQ(ask(universe, request).verdict, plan::Verdict::kPlan);
}

TEST(HostileUniverse, ChainOfFiftyThousand) {
  universe::Universe universe;
  constexpr int kLength = 50000;
  for (int i = 0; i < kLength; ++i) {
    control::ControlFile file = package("p" + std::to_string(i), "1");
    if (i + 1 < kLength) file.depends = {{relation("p" + std::to_string(i + 1))}};
    universe.add(file, 0);
  }
  plan::Answer answer = ask(universe, "p0");
  ASSERT_EQ(answer.verdict, plan::Verdict::kPlan);
  EXPECT_EQ(answer.plan.steps.size(), 50000u);
}

TEST(HostileUniverse, AllClaimOneClass) {
  universe::Universe universe;
  std::string request = "p0";
  for (int i = 0; i < 20000; ++i) {
    control::ControlFile file = package("p" + std::to_string(i), "1");
    file.classes = {"mine"};
    universe.add(file, 0);
    if (i > 0 && i < 100) request += ", p" + std::to_string(i);
  }
  EXPECT_EQ(ask(universe, "p19999").verdict, plan::Verdict::kPlan);
  EXPECT_EQ(ask(universe, request).verdict, plan::Verdict::kNoPlan);
}

// One pigeon more than holes: exponential for any solver of this kind.
void add_pigeons(universe::Universe &universe, int holes) {
  control::ControlFile root = package("root", "1");
  for (int pigeon = 0; pigeon <= holes; ++pigeon) {
    for (int hole = 0; hole < holes; ++hole) {
      control::ControlFile file = package("pigeon" + std::to_string(pigeon), std::to_string(hole));
      file.classes = {"hole" + std::to_string(hole)};
      universe.add(file, 0);
    }
    root.depends.push_back({relation("pigeon" + std::to_string(pigeon))});
  }
  universe.add(root, 0);
}

TEST(HostileUniverse, PigeonsEndAtALimit) {
  universe::Universe universe;
  add_pigeons(universe, 14);
  EXPECT_THROW(ask(universe, "root", 0, 3000000), support::LimitReached);
  EXPECT_THROW(ask(universe, "root", 4 << 20, 0), support::LimitReached);
  // Nothing is left behind that would matter to the next request.
  EXPECT_EQ(ask(universe, "pigeon0").verdict, plan::Verdict::kPlan);
}

TEST(HostileUniverse, FewPigeonsAreRefutedAndExplained) {
  universe::Universe universe;
  add_pigeons(universe, 5);
  plan::Answer answer = ask(universe, "root");
  EXPECT_EQ(answer.verdict, plan::Verdict::kNoPlan);
  EXPECT_NE(answer.detail, "");
}

TEST(HostileUniverse, CancelLeavesTheWorkspaceClean) {
  universe::Universe universe;
  add_pigeons(universe, 12);
  solve::Workspace workspace;
  for (int polls = 1; polls < 40; ++polls) {
    plan::Question question;
    question.install = control::parse_request("root");
    int left = polls;
    support::Budget budget([](void *arg) { return --*static_cast<int *>(arg) == 0; }, &left, 0, 0);
    EXPECT_THROW(plan::answer(universe, workspace, {}, question, false, budget),
                 support::Cancelled);
  }
  plan::Question question;
  question.install = control::parse_request("pigeon3, pigeon4");
  support::Budget budget;
  EXPECT_EQ(plan::answer(universe, workspace, {}, question, false, budget).plan.steps.size(), 2u);
}

}  // namespace
}  // namespace extman::test
