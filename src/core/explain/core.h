// An unsatisfiable core that is as small as it can be made.
#pragma once

#include "solve/search.h"
#include "support/budget.h"
#include "support/no_postgres.h"

#include <functional>
#include <vector>

namespace extman::explain {

// Facts that contradict each other, none of which can be left out.  Deletion,
// one fact after the other, with the refinement of each refutation's own core
// (Marques-Silva, "Minimal Unsatisfiability: Models, Algorithms and
// Applications", 2010).  The order of the facts is kept.  A core of many thousand
// facts is left larger than it could be, so that it does not take for ever.
//
// Of several cores, the one without the facts of a low worth; of equal worth,
// without the last ones.
using Worth = std::function<int(const solve::Fact &)>;
std::vector<solve::Fact> minimal_core(std::vector<solve::Fact> facts, support::Budget &budget,
                                      const Worth &worth = nullptr);

// Whether the facts contradict each other at all.
bool contradict(const std::vector<solve::Fact> &facts, support::Budget &budget);

}  // namespace extman::explain
