// The order in which to install and upgrade packages: what is needed first.
#pragma once

#include "solve/reason.h"
#include "support/no_postgres.h"
#include "universe/universe.h"

#include <functional>
#include <vector>

namespace extman::solve {

struct Order {
  std::vector<universe::PackageId> packages;
  // Packages that wait for each other, so that none of them can be first; empty
  // when every package has its place.
  Cycle cycle;
};

// The second is better placed behind the first, where dependencies allow it.
struct Preference {
  universe::PackageId first;
  universe::PackageId second;
};

// Orders the packages in changing, which come in order of preference (what was
// requested first).  stays tells what is there before and afterwards.  A
// dependency is met as soon as one of its candidates is there.  With
// allow_cycles a cycle is broken where the order of preference says.
Order order_installs(const universe::Universe &universe,
                     const std::vector<universe::PackageId> &changing,
                     const std::function<bool(universe::PackageId)> &stays, bool allow_cycles,
                     const std::vector<Preference> &preferences = {});

}  // namespace extman::solve
