// What came along as a dependency and is needed no more.
#pragma once

#include "solve/problem.h"
#include "support/no_postgres.h"

#include <vector>

namespace extman::solve {

// Installed packages that are automatic and not held, and that nothing else
// needs that is either of these or is needed itself; sorted by name.  Where
// several installed packages meet a dependency, each of them is needed by it.
std::vector<PackageId> unneeded(const Problem &problem);

}  // namespace extman::solve
