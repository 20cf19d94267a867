// All verdicts at once against each package asked for by itself.

#include "solve/installable.h"

#include "random_universe.h"
#include "solve/search.h"

#include <gtest/gtest.h>

namespace extman::test {
namespace {

TEST(Installable, AgreesWithOneRequestEach) {
  std::size_t yes = 0, no = 0;
  for (unsigned seed = 0; seed < 5000; ++seed) {
    std::mt19937 random(seed);
    RandomProblem problem = random_problem(random);
    universe::Universe universe;
    for (const control::ControlFile &package : problem.packages) universe.add(package, 0);
    solve::Workspace workspace;
    support::Budget budget;
    std::vector<char> verdicts = solve::installable(universe, workspace, budget);
    ASSERT_EQ(verdicts.size(), universe.size());
    for (std::size_t i = 0; i < universe.size(); ++i) {
      universe::PackageId id(i);
      universe::Universe::RequestScope scope(universe);
      solve::Request request;
      request.install.push_back(universe.intern(control::Alternatives{
          control::Relation{std::string(universe.name_of(id)),
                            {{version::Operator::kEqual, std::string(universe.version(id))}}}}));
      // The request could also be met by what provides that very version.
      solve::Problem asked(universe, {}, request);
      asked.allow_cycles = true;
      if (universe.candidates(request.install[0]).size() > 1) continue;
      solve::Search search(asked, workspace, budget);
      bool found = search.run();
      ASSERT_EQ(found, verdicts[i] != 0) << universe.describe(id) << "\n" << describe(problem);
      ++(found ? yes : no);
    }
  }
  EXPECT_GT(yes, 5000u);
  EXPECT_GT(no, 1000u);
}

}  // namespace
}  // namespace extman::test
