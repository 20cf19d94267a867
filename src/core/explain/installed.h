// Sentences about what is installed: for whose sake, and what is wrong with it.
#pragma once

#include "solve/problem.h"
#include "support/no_postgres.h"

#include <string>
#include <string_view>
#include <vector>

namespace extman::explain {

struct Finding {
  universe::PackageId package;
  std::string text;  // without a full stop
};

// The chains of dependencies that end in an installed package, the shortest
// from each package that was asked for: the shortest ones first, then by the
// name at their start; at most 100.
std::vector<Finding> why(const solve::Problem &problem, universe::PackageId package);

// "Perhaps you meant ...", of what is installed; empty when nothing is like it.
std::string nearest_installed(const solve::Problem &problem, std::string_view wrong);

// Dependencies of installed packages that nothing installed meets, conflicts
// among them, classes that two of them claim; by name.
std::vector<Finding> check(const solve::Problem &problem);

}  // namespace extman::explain
