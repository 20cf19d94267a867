// Which packages pull in most.
#pragma once

#include "universe/universe.h"

#include <vector>

namespace extman::bench {

// The packages with the largest closures, largest first.  Of a dependency only
// the first candidate is followed, as a request would do.
std::vector<std::size_t> largest_closures(const universe::Universe &universe, std::size_t count);

}  // namespace extman::bench
