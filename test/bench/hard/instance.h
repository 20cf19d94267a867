// Problems that are small and hard, written as packages.
#pragma once

#include "debian/catalog.h"
#include "universe/universe.h"

#include <cstdint>
#include <string>
#include <vector>

namespace extman::bench {

// The question is whether the package "root" can be there.
struct Instance {
  std::string name;
  Catalog catalog;
  std::size_t root() const { return catalog.find("root", "1"); }
};

// Random 3-SAT with 4.26 clauses for each variable, where half of the formulas
// can be satisfied and the hardest ones lie (Crawford, Auton: Experimental
// results on the crossover point in random 3-SAT, 1996).  A variable is a package
// of two versions, 1 for false and 2 for true; a clause is a package that depends
// on one of three versions.
Instance three_sat(std::size_t variables, std::uint64_t seed);

// So many queens on a board of so many rows: a package for each row, a version
// for each column.
Instance queens(std::size_t size);

// One pigeon more than there are holes: a package for each pigeon, a version for
// each hole.  No such thing is possible, and every proof by resolution is of
// exponential length (Haken: The intractability of resolution, 1985).
Instance pigeonhole(std::size_t holes);

// Packages of several versions with random dependencies, alternatives, ranges,
// provisions and conflicts, as many of these as leave about half of the
// universes without a solution.
Instance random_universe(std::size_t names, std::uint64_t seed);

// The same for the core.
void add_to(universe::Universe &universe, const Catalog &catalog);

}  // namespace extman::bench
