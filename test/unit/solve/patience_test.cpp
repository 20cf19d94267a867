// The answer does not depend on how it was found: whether decisions follow the
// policy's order all along or activities from the first conflict on.

#include "random_universe.h"

#include "solve/search.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace extman::test {
namespace {

struct Outcome {
  bool found = false;
  std::vector<universe::PackageId> chosen;

  friend bool operator==(const Outcome &a, const Outcome &b) {
    return a.found == b.found && a.chosen == b.chosen;
  }
};

class Asked {
 public:
  explicit Asked(const RandomProblem &problem) {
    std::vector<universe::PackageId> ids;
    for (const control::ControlFile &package : problem.packages) {
      ids.push_back(universe_.add(package, 0).id);
    }
    for (const auto &upgrade : problem.upgrades) {
      universe_.add_upgrade(upgrade.name, upgrade.from, upgrade.to, 0);
    }
    for (std::size_t i = 0; i < problem.installed.size(); ++i) {
      installed_.push_back({ids[problem.installed[i]], false, problem.held[i] != 0});
    }
    for (const auto &part : problem.question.install) {
      request_.install.push_back(universe_.intern(part));
    }
    for (const auto &part : problem.question.uninstall) {
      request_.uninstall.push_back(universe_.intern(part.front()));
    }
  }

  Outcome solve(std::uint64_t patience, std::uint64_t &conflicts) {
    solve::Problem problem(universe_, installed_, request_);
    support::Budget budget;
    solve::Search search(problem, workspace_, budget);
    search.set_patience(patience);
    Outcome outcome;
    outcome.found = search.run();
    outcome.chosen = search.chosen();
    conflicts += search.conflicts();
    return outcome;
  }

 private:
  universe::Universe universe_;
  solve::Workspace workspace_;
  std::vector<solve::Installed> installed_;
  solve::Request request_;
};

TEST(Patience, MakesNoDifference) {
  std::uint64_t conflicts = 0;
  for (unsigned seed = 0; seed < 20000; ++seed) {
    std::mt19937 random(seed);
    RandomProblem problem = random_problem(random);
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + describe(problem));
    Asked asked(problem);
    Outcome patient = asked.solve(UINT64_MAX, conflicts);
    ASSERT_EQ(patient, asked.solve(0, conflicts));
    ASSERT_EQ(patient, asked.solve(1, conflicts));
  }
  EXPECT_GT(conflicts, 20000u);
}

}  // namespace
}  // namespace extman::test
