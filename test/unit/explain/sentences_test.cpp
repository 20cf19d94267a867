// What is too long to read.  The stories themselves are in test/cases.

#include "explain/sentences.h"

#include "plan/answer.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace extman::explain {
namespace {

plan::Answer ask_for_chain(int length, bool complete) {
  universe::Universe universe;
  for (int i = 0; i < length; ++i) {
    control::ControlFile package;
    package.name = "p" + std::to_string(i);
    package.version = "1";
    if (i + 1 < length || !complete) {
      package.depends = {{control::Relation{"p" + std::to_string(i + 1), {}}}};
    }
    universe.add(package, 0);
  }
  plan::Question question;
  question.install = {{control::Relation{"p0", {}}}};
  support::Budget budget;
  solve::Workspace workspace;
  return plan::answer(universe, workspace, {}, question, false, budget);
}

TEST(Tell, LeavesOutTheMiddleOfALongChain) {
  plan::Answer answer = ask_for_chain(5000, false);
  ASSERT_EQ(answer.verdict, plan::Verdict::kNoPlan);
  EXPECT_EQ(answer.detail,
            "p0 1 depends on p1, which depends on p2, which depends on p3, which depends on p4.\n"
            "p4 1 depends on p5, which depends on p6, which depends on p7, which depends on p8, "
            "and so on, through 4984 more dependencies, to p4992 1.\n"
            "p4992 1 depends on p4993, which depends on p4994, which depends on p4995, which "
            "depends on p4996.\n"
            "p4996 1 depends on p4997, which depends on p4998, which depends on p4999, which "
            "depends on p5000, and nothing provides p5000.");
  EXPECT_EQ(answer.hint.rfind("Put a package that has or provides p5000 on the control path.", 0),
            0u);
}

TEST(Tell, TellsAllOfAShorterOne) {
  plan::Answer answer = ask_for_chain(24, false);
  EXPECT_EQ(answer.detail.find("and so on"), std::string::npos);
  for (int i = 0; i <= 24; ++i) {
    const std::string name = "p" + std::to_string(i);
    bool told = false;
    for (const char *end : {" ", ",", "."}) {
      told = told || answer.detail.find(name + end) != std::string::npos;
    }
    EXPECT_TRUE(told) << name;
  }
}

// Where nothing can be folded, the middle of the sentences.
TEST(Tell, LeavesOutTheMiddleOfALongStory) {
  universe::Universe universe;
  constexpr int kLength = 100;
  for (int i = 0; i < kLength; ++i) {
    for (const char *side : {"a", "b"}) {
      control::ControlFile package;
      package.name = side + std::to_string(i);
      package.version = "1";
      std::string next = std::to_string(i + 1);
      package.depends = {{control::Relation{"a" + next, {}}, control::Relation{"b" + next, {}}}};
      universe.add(package, 0);
    }
  }
  plan::Question question;
  question.install = {{control::Relation{"a0", {}}}};
  support::Budget budget;
  solve::Workspace workspace;
  plan::Answer answer = plan::answer(universe, workspace, {}, question, false, budget);
  ASSERT_EQ(answer.verdict, plan::Verdict::kNoPlan);
  EXPECT_NE(answer.detail.find(" sentences are left out here.)\n"), std::string::npos);
  EXPECT_LT(std::count(answer.detail.begin(), answer.detail.end(), '\n'), 45);
}

TEST(Answer, PlansALongChain) {
  plan::Answer answer = ask_for_chain(20000, true);
  ASSERT_EQ(answer.verdict, plan::Verdict::kPlan);
  ASSERT_EQ(answer.plan.steps.size(), 20000u);
  EXPECT_EQ(answer.plan.steps.front().reason, "p19998 1 depends on p19999");
  EXPECT_EQ(answer.plan.steps.back().reason, "requested");
}

}  // namespace
}  // namespace extman::explain
