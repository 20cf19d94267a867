// Says whether a set of packages can be there together.
#pragma once

#include "debian/catalog.h"

#include <string>
#include <vector>

namespace extman::bench {

// What is wrong with the set, as a sentence; empty when all relations hold, no
// two packages conflict, no name is there twice and all that is asked is met.
std::string fault_of(const Catalog &catalog, const std::vector<std::size_t> &chosen,
                     const std::vector<Wanted> &asked);

}  // namespace extman::bench
