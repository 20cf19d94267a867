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

TEST(Tell, LeavesOutTheMiddleOfALongStory) {
  plan::Answer answer = ask_for_chain(5000, false);
  ASSERT_EQ(answer.verdict, plan::Verdict::kNoPlan);
  EXPECT_EQ(answer.detail.rfind("p0 1 depends on p1.\np1 1 depends on p2.\n", 0), 0u);
  EXPECT_NE(answer.detail.find("\n(4900 sentences are left out here.)\n"), std::string::npos);
  EXPECT_NE(answer.detail.find("\np4999 1 depends on p5000, and nothing provides p5000."),
            std::string::npos);
  EXPECT_EQ(std::count(answer.detail.begin(), answer.detail.end(), '\n'), 100);
}

TEST(Tell, TellsAllOfAShorterOne) {
  plan::Answer answer = ask_for_chain(100, false);
  EXPECT_EQ(answer.detail.find("left out"), std::string::npos);
  EXPECT_EQ(std::count(answer.detail.begin(), answer.detail.end(), '\n'), 99);
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
