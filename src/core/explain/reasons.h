// Why a problem has no solution: as many independent reasons as there are.
#pragma once

#include "explain/theory.h"
#include "solve/problem.h"
#include "solve/search.h"
#include "support/budget.h"
#include "support/no_postgres.h"

#include <vector>

namespace extman::explain {

// A minimal core, in the order in which to look at it: what was asked for and
// what is installed first, then what is needed, breadth first, then what
// excludes what.
struct Contradiction {
  std::vector<Fact> facts;
  std::vector<solve::Cycle> cycles;  // that the facts number
};

// The facts of a core that are to blame: those that rule packages out, for what
// is needed is no trouble where it can be had; or else those that ask for two
// versions of one package.  Never empty.
std::vector<FactKey> causes(const solve::Problem &problem, const Contradiction &reason);

// The contradiction that a search found, made minimal, and then what is left
// when its causes are waived, again and again.  So none is told for the causes
// of another: who removes those of one still has the others before him.  Few
// are looked for; empty when the refutation was too long to be remembered.
std::vector<Contradiction> find_reasons(const solve::Problem &problem, Contradiction found,
                                        support::Budget &budget);

// What the request uninstalls, and what goes with it.
std::vector<PackageId> packages_that_go(const solve::Problem &problem);

// A budget for something that may fail: bounded by steps and memory, cancelled
// with the one that it is part of.
support::Budget part_of(support::Budget &whole, std::uint64_t steps);

}  // namespace extman::explain
