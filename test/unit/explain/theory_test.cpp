// What is written down for trials says the same as the search, which knows it
// without writing: the same verdicts, and refutations that hold.

#include "explain/theory.h"

#include "explain/random_problem_in.h"

#include <gtest/gtest.h>

namespace extman::test {
namespace {

TEST(Theory, AgreesWithTheSearch) {
  int solved = 0, refuted = 0;
  for (unsigned seed = 0; seed < 4000; ++seed) {
    std::mt19937 random(seed);
    RandomProblem problem = random_problem(random);
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + describe(problem));
    ProblemIn in(problem);
    if (in.problem().request.only_uninstalls()) continue;
    support::Budget budget;
    bool expected = solve::Search(in.problem(), in.workspace(), budget).run();
    explain::Changes changes;
    explain::Theory theory(in.problem(), changes, budget);
    ASSERT_EQ(theory.has_solution(), expected);
    ++(expected ? solved : refuted);
    if (!expected) {
      ASSERT_FALSE(theory.facts().empty());
    }
  }
  EXPECT_GT(solved, 500);
  EXPECT_GT(refuted, 500);
}

}  // namespace
}  // namespace extman::test
