// The verdict on every package at once.
#pragma once

#include "solve/workspace.h"
#include "support/budget.h"
#include "support/no_postgres.h"
#include "universe/universe.h"

#include <vector>

namespace extman::solve {

// For each package whether it could be installed where nothing is, with what it
// needs; dependencies may form cycles.
//
// Packages are not asked for one by one: whatever is part of one solution is
// proven by it, so each solution is extended by as many others as it will take
// (the idea of libsolv's installcheck, and of dose's cover), and all that is
// learned stays for the next.
std::vector<char> installable(const universe::Universe &universe, Workspace &workspace,
                              support::Budget &budget);

}  // namespace extman::solve
