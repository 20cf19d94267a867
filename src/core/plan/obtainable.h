// What could be had now, name by name, without the explanations.
#pragma once

#include "solve/problem.h"
#include "solve/workspace.h"
#include "support/budget.h"
#include "support/no_postgres.h"

#include <string_view>
#include <vector>

namespace extman::plan {

// For each name the package of it that would be there if nothing but that name were
// asked for: by an upgrade if it is installed, else by an install.  None: there is no
// plan, or one with what provides the name.
std::vector<universe::PackageId> obtainable(universe::Universe &universe,
                                            solve::Workspace &workspace,
                                            const std::vector<solve::Installed> &installed,
                                            const std::vector<std::string_view> &names,
                                            bool allow_cycles, support::Budget &budget);

}  // namespace extman::plan
