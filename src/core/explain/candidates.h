// Remedies that might help, before they are tried.
#pragma once

#include "explain/reasons.h"
#include "explain/remedy.h"
#include "solve/problem.h"
#include "support/no_postgres.h"

#include <vector>

namespace extman::explain {

// For one of several reasons, the mildest first: nothing is changed but a hold
// or the request; then something is added; then something is taken away.
std::vector<Remedy> candidates(const solve::Problem &problem,
                               const std::vector<Contradiction> &reasons, std::size_t which);

}  // namespace extman::explain
