// A random problem as the solver sees it.
#pragma once

#include "solve/problem.h"
#include "solve/random_universe.h"
#include "solve/search.h"
#include "solve/workspace.h"
#include "universe/universe.h"

#include <optional>
#include <vector>

namespace extman::test {

class ProblemIn {
 public:
  explicit ProblemIn(const RandomProblem &random) {
    for (const auto &package : random.packages) ids_.push_back(universe_.add(package, 0).id);
    for (const auto &upgrade : random.upgrades) {
      universe_.add_upgrade(upgrade.name, upgrade.from, upgrade.to, 0);
    }
    std::vector<solve::Installed> installed;
    for (std::size_t i = 0; i < random.installed.size(); ++i) {
      installed.push_back({ids_[random.installed[i]], false, random.held[i] != 0});
    }
    solve::Request request;
    for (const auto &part : random.question.install) {
      request.install.push_back(universe_.intern(part));
    }
    for (const auto &part : random.question.uninstall) {
      request.uninstall.push_back(universe_.intern(part.front()));
    }
    for (const auto &part : random.question.upgrade) {
      request.upgrade.push_back(universe_.intern(part.front()));
    }
    request.upgrade_all = random.question.upgrade_all;
    request.cascade = random.question.cascade;
    problem_.emplace(universe_, std::move(installed), std::move(request));
    problem_->allow_cycles = random.allow_cycles;
  }

  const solve::Problem &problem() const { return *problem_; }
  solve::Workspace &workspace() { return workspace_; }

  // The number of a package in the random problem.
  std::size_t number(universe::PackageId id) const {
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      if (ids_[i] == id) return i;
    }
    return SIZE_MAX;
  }

 private:
  universe::Universe universe_;
  std::vector<universe::PackageId> ids_;
  solve::Workspace workspace_;
  std::optional<solve::Problem> problem_;
};

}  // namespace extman::test
