// Why something cannot be uninstalled.
#pragma once

#include "solve/problem.h"
#include "support/no_postgres.h"
#include "universe/universe.h"

#include <string>
#include <vector>

namespace extman::explain {

struct StillNeeded {
  std::vector<universe::PackageId> by;  // all that would have to go as well
  std::string detail;
  std::string hint;
};

struct Held {
  std::string detail;  // empty: nothing that the request uninstalls is held
  std::string hint;
};

// What is held of what the request names, and of what goes with that by cascade.
Held held(const solve::Problem &problem);

// Of a request that only uninstalls, and is refused: all that needs what goes,
// at every level, since who uninstalls the first is refused for the second.
StillNeeded still_needed(const solve::Problem &problem);

}  // namespace extman::explain
