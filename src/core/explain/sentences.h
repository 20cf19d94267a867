// A refutation in sentences.
#pragma once

#include "solve/problem.h"
#include "solve/search.h"
#include "support/no_postgres.h"

#include <string>
#include <vector>

namespace extman::explain {

// One sentence for each fact of a minimal core, told from the request on: what
// was asked for needs this, which needs that, until something cannot be.  Facts
// that different versions of a package share are told once.  The sentences are
// separated by newlines; of a very long story the middle is left out.
std::string tell(const solve::Problem &problem, const std::vector<solve::Fact> &core,
                 const std::vector<solve::Cycle> &cycles);

}  // namespace extman::explain
