// What would help.
#pragma once

#include "solve/problem.h"
#include "solve/search.h"
#include "support/no_postgres.h"

#include <string>
#include <vector>

namespace extman::explain {

// The remedy for the contradiction that a minimal core tells of, as a sentence;
// empty when there is none to give.
std::string suggest(const solve::Problem &problem, const std::vector<solve::Fact> &core);

// "Perhaps you meant "foo"." or empty.
std::string perhaps_you_meant(const std::vector<std::string> &names);

}  // namespace extman::explain
