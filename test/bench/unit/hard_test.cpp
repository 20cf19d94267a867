#include "debian/validator.h"
#include "groups/engine.h"
#include "hard/instance.h"
#include "peers/cadical.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace extman::bench {
namespace {

constexpr double kLimit = 60;

// The verdict of both, and a plan that holds.
Verdict verdict_on(const Instance &instance) {
  universe::Universe universe;
  add_to(universe, instance.catalog);
  Engine engine(universe);
  const universe::DependencyId root =
      universe.intern(control::Alternatives{control::Relation{"root", {}}});
  const Verdict ours = engine.solve({root}, kLimit);
  EXPECT_EQ(ours, cadical_solve(cnf_of(instance.catalog, instance.root()), kLimit))
      << instance.name;
  if (ours == Verdict::kYes) {
    std::vector<std::size_t> chosen;
    for (universe::PackageId id : engine.chosen()) {
      chosen.push_back(instance.catalog.find(std::string(universe.name_of(id)),
                                             std::string(universe.version(id))));
    }
    EXPECT_EQ(fault_of(instance.catalog, chosen, {{"root", "", ""}}), "") << instance.name;
  }
  return ours;
}

TEST(Hard, CadicalKnowsYesFromNo) {
  EXPECT_EQ(cadical_solve({2, {{1, 2}, {-1, 2}}}, kLimit), Verdict::kYes);
  EXPECT_EQ(cadical_solve({2, {{1, 2}, {-1, 2}, {-2}}}, kLimit), Verdict::kNo);
}

TEST(Hard, QueensFitFromFourOn) {
  EXPECT_EQ(verdict_on(queens(2)), Verdict::kNo);
  EXPECT_EQ(verdict_on(queens(3)), Verdict::kNo);
  for (std::size_t size = 4; size <= 9; ++size) EXPECT_EQ(verdict_on(queens(size)), Verdict::kYes);
}

TEST(Hard, PigeonsNeverFit) {
  for (std::size_t holes = 1; holes <= 5; ++holes) {
    EXPECT_EQ(verdict_on(pigeonhole(holes)), Verdict::kNo);
  }
}

TEST(Hard, ThreeSatLiesAtItsThreshold) {
  int yes = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    if (verdict_on(three_sat(60, seed)) == Verdict::kYes) ++yes;
  }
  EXPECT_GT(yes, 8);
  EXPECT_LT(yes, 32);
}

TEST(Hard, RandomUniversesLieAtTheEdge) {
  int yes = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    if (verdict_on(random_universe(40, seed)) == Verdict::kYes) ++yes;
  }
  EXPECT_GT(yes, 8);
  EXPECT_LT(yes, 32);
}

}  // namespace
}  // namespace extman::bench
