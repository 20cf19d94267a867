// All that is to say of a request that cannot be carried out.
#pragma once

#include "explain/hints.h"
#include "explain/reasons.h"
#include "solve/problem.h"
#include "solve/search.h"
#include "support/budget.h"
#include "support/no_postgres.h"

#include <string>
#include <vector>

namespace extman::explain {

struct Explanation {
  std::vector<Contradiction> reasons;
  Advice advice;
  std::string detail;  // the proof, in sentences
  std::string hint;
};

// Of a search that found no solution.
Explanation explain(const solve::Problem &problem, solve::Search &search, support::Budget &budget);

}  // namespace extman::explain
