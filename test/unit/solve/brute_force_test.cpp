// The solver against all subsets of small random universes: the same verdict, a
// plan that holds, the fewest changes, nothing superfluous, steps in an order
// that works, and an explanation that does not depend on the order of files.

#include "random_universe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

namespace extman::test {
namespace {

struct Solved {
  plan::Answer answer;
  Selection selection;                // only of a plan
  std::vector<std::size_t> sequence;  // installs and upgrades, in order
};

Solved solve_problem(const RandomProblem &problem, bool reversed) {
  universe::Universe universe;
  std::map<universe::PackageId, std::size_t> number;
  std::vector<universe::PackageId> ids(problem.packages.size());
  for (std::size_t i = 0; i < problem.packages.size(); ++i) {
    std::size_t at = reversed ? problem.packages.size() - 1 - i : i;
    ids[at] = universe.add(problem.packages[at], 0).id;
    number[ids[at]] = at;
  }
  for (const auto &upgrade : problem.upgrades) {
    universe.add_upgrade(upgrade.name, upgrade.from, upgrade.to, 0);
  }
  std::vector<solve::Installed> installed;
  Solved solved;
  for (std::size_t i = 0; i < problem.installed.size(); ++i) {
    installed.push_back({ids[problem.installed[i]], false, problem.held[i] != 0});
    solved.selection.insert(problem.installed[i]);
  }
  support::Budget budget;
  solve::Workspace workspace;
  solved.answer = plan::answer(universe, workspace, installed, problem.question, false, budget);
  for (const plan::Step &step : solved.answer.plan.steps) {
    if (step.action == plan::Action::kUninstall) {
      solved.selection.erase(number.at(step.package));
      continue;
    }
    if (step.action == plan::Action::kUpgrade) solved.selection.erase(number.at(step.old_package));
    solved.selection.insert(number.at(step.package));
    solved.sequence.push_back(number.at(step.package));
  }
  return solved;
}

std::string text_of(const plan::Answer &answer) {
  return answer.message + "\n" + answer.detail + "\n" + answer.hint;
}

// Whether nothing that was newly installed can be left out.
bool is_lean(const RandomProblem &problem, const Solved &solved) {
  for (std::size_t i : solved.sequence) {
    bool was_there = std::any_of(
        problem.installed.begin(), problem.installed.end(),
        [&](std::size_t j) { return problem.packages[i].name == problem.packages[j].name; });
    Selection without = solved.selection;
    without.erase(i);
    if (!was_there && is_valid(problem, without)) return false;
  }
  return true;
}

TEST(BruteForce, AgreesOnRandomUniverses) {
  const char *count_text = std::getenv("EXTMAN_RANDOM_UNIVERSES");
  const unsigned count =
      count_text != nullptr ? static_cast<unsigned>(std::atoi(count_text)) : 20000;
  unsigned with_plan = 0, with_change = 0, without_plan = 0;
  for (unsigned seed = 0; seed < count; ++seed) {
    std::mt19937 random(seed);
    RandomProblem problem = random_problem(random);
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + describe(problem));
    Solved solved = solve_problem(problem, false);
    std::optional<std::size_t> fewest = fewest_changes(problem);

    ASSERT_EQ(fewest.has_value(), solved.answer.verdict == plan::Verdict::kPlan)
        << text_of(solved.answer);
    ASSERT_EQ(text_of(solved.answer), text_of(solve_problem(problem, true).answer));
    if (!fewest) {
      ++without_plan;
      ASSERT_NE(solved.answer.message, "");
      ASSERT_NE(solved.answer.detail, "") << solved.answer.message;
      continue;
    }
    ++with_plan;
    with_change += *fewest > 0;
    ASSERT_TRUE(is_valid(problem, solved.selection)) << text_of(solved.answer);
    ASSERT_EQ(*fewest, count_changes(problem, solved.selection)) << text_of(solved.answer);
    ASSERT_TRUE(is_lean(problem, solved)) << text_of(solved.answer);
  }
  // The generator must not drift to where every answer is the same.
  EXPECT_GT(with_plan, count / 5);
  EXPECT_GT(without_plan, count / 5);
  EXPECT_GT(with_change, count / 500);
}

}  // namespace
}  // namespace extman::test
