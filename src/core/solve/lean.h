// Leaving out what nobody needs.
#pragma once

#include "solve/rules.h"
#include "solve/workspace.h"
#include "support/budget.h"
#include "support/no_postgres.h"

#include <vector>

namespace extman::solve {

// Of what a search took, which is in the order in which it was taken, what has
// to be there: a package goes when all that it was taken for is met by others,
// too, the last one taken first.  What is installed stays.
std::vector<PackageId> without_superfluous(const Problem &problem, const Rules &rules,
                                           Workspace &workspace,
                                           const std::vector<PackageId> &taken,
                                           support::Budget &budget);

}  // namespace extman::solve
