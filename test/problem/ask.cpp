#include "problem/ask.h"

#include "solve/workspace.h"
#include "support/budget.h"
#include "universe/universe.h"
#include "version/version.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

namespace extman::test {

namespace {

std::vector<std::size_t> order_of(std::size_t count, Telling telling) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (telling == Telling::kBackwards) std::reverse(order.begin(), order.end());
  if (telling == Telling::kShuffled) {
    std::mt19937 random(static_cast<std::mt19937::result_type>(count));
    for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  }
  return order;
}

class Asking {
 public:
  Asking(const Problem &problem, Telling telling) : problem_(problem) {
    std::vector<universe::PackageId> ids(problem.packages.size());
    for (std::size_t i : order_of(problem.packages.size(), telling)) {
      ids[i] = universe_.add(problem.packages[i], 0).id;
      number_[ids[i]] = i;
    }
    for (std::size_t i : order_of(problem.upgrades.size(), telling)) {
      const Problem::Upgrade &upgrade = problem.upgrades[i];
      universe_.add_upgrade(upgrade.name, upgrade.from, upgrade.to, static_cast<std::uint32_t>(i));
    }
    for (std::size_t i : order_of(problem.installed.size(), telling)) {
      installed_.push_back({ids[problem.installed[i]], false, problem.held[i] != 0});
    }
    outcome_.after.insert(problem.installed.begin(), problem.installed.end());
  }

  Outcome run() {
    support::Budget budget;
    solve::Workspace workspace;
    outcome_.answer = plan::answer(universe_, workspace, installed_, problem_.question,
                                   problem_.allow_cycles, budget);
    for (const plan::Step &step : outcome_.answer.plan.steps) take(step);
    return std::move(outcome_);
  }

 private:
  void take(const plan::Step &step) {
    const std::size_t package = number_.at(step.package);
    if (step.action == plan::Action::kUninstall) {
      leave(package);
      outcome_.removed.push_back(package);
      if (!outcome_.arriving.empty()) outcome_.fault = "an uninstall comes after an install";
      return;
    }
    if (step.action == plan::Action::kUpgrade) {
      const std::size_t old = number_.at(step.old_package);
      leave(old);
      if (!scripts_lead(step, old, package)) outcome_.fault = "scripts do not lead there";
    }
    if (!outcome_.after.insert(package).second) outcome_.fault = "what is there is installed";
    outcome_.arriving.push_back(package);
  }

  void leave(std::size_t package) {
    if (outcome_.after.erase(package) == 0) outcome_.fault = "what is not there leaves";
  }

  bool scripts_lead(const plan::Step &step, std::size_t from, std::size_t to) const {
    std::string version = *problem_.packages[from].version;
    for (std::uint32_t script : step.scripts) {
      const Problem::Upgrade &upgrade = problem_.upgrades[script];
      if (upgrade.name != problem_.packages[from].name ||
          version::compare(upgrade.from, version) != 0) {
        return false;
      }
      version = upgrade.to;
    }
    return version::compare(version, *problem_.packages[to].version) == 0;
  }

  const Problem &problem_;
  universe::Universe universe_;
  std::map<universe::PackageId, std::size_t> number_;
  std::vector<solve::Installed> installed_;
  Outcome outcome_;
};

}  // namespace

std::string Outcome::text() const {
  return answer.message + "\n" + answer.detail + "\n" + answer.hint;
}

Outcome ask(const Problem &problem, Telling telling) { return Asking(problem, telling).run(); }

}  // namespace extman::test
