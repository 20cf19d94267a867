// From what is there afterwards to the steps that lead there.
#pragma once

#include "solve/problem.h"
#include "support/no_postgres.h"

#include <cstdint>
#include <string>
#include <vector>

namespace extman::plan {

using universe::PackageId;

enum class Action { kInstall, kUpgrade, kUninstall };

struct Step {
  Action action;
  PackageId package;      // what is there afterwards; uninstall: what goes
  PackageId old_package;  // upgrade: what was there before
  std::string reason;     // "requested", "foo 1.0 depends on bar (>= 1.1)"
  bool requested = false;
  std::size_t part = SIZE_MAX;         // of the install request that it meets, if it does
  std::vector<PackageId> needs;        // what meets its dependencies afterwards
  std::vector<std::uint32_t> scripts;  // upgrade: tags of the scripts, in order
};

struct Plan {
  // Uninstalls first, dependents before what they need; then the rest, what is
  // needed first.
  std::vector<Step> steps;
  // Installed packages that stay, but whose dependencies are met by others than
  // before: what needs holds now.  Their action means nothing.
  std::vector<Step> rewired;
  // Installed packages that the request named and that stay as they are.
  std::vector<PackageId> already;
};

// chosen: what is there afterwards, as solve::Search found it.
Plan make_plan(const solve::Problem &problem, const std::vector<PackageId> &chosen);

}  // namespace extman::plan
