// Clauses over numbered variables, as every SAT solver takes them.
#pragma once

#include "debian/catalog.h"

#include <vector>

namespace extman::bench {

struct Cnf {
  int variables = 0;
  std::vector<std::vector<int>> clauses;  // a literal is a number from 1 on, or its negative
};

// A variable for each package: what it needs, what it excludes, one version of
// a name, and the root is there.
Cnf cnf_of(const Catalog &catalog, std::size_t root);

}  // namespace extman::bench
