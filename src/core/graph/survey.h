// What a picture shows: of what is installed, of a plan together with what it
// touches, of why there is no plan.
#pragma once

#include "explain/reasons.h"
#include "graph/graph.h"
#include "plan/answer.h"
#include "solve/problem.h"
#include "support/no_postgres.h"

namespace extman::graph {

// Everything that is installed, what it needs and what it keeps out.
Graph of_installed(const solve::Problem &problem);

// Of a plan: its packages, all that they need, and what is installed and needs
// them.  Of no plan: what its explanation speaks of, or else what the request
// names.  Of requests that install.
Graph of_answer(const plan::Findings &found);

}  // namespace extman::graph
