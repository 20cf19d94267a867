// What would help.
#pragma once

#include "explain/reasons.h"
#include "explain/remedy.h"
#include "solve/problem.h"
#include "support/budget.h"
#include "support/no_postgres.h"

#include <string>
#include <vector>

namespace extman::explain {

// Remedies that were tried, on the problem itself.  Either each of choices lets
// the request be carried out, the mildest first; or all of needed together do,
// one for each reason.
struct Advice {
  std::vector<Remedy> choices;
  std::vector<Remedy> needed;
  std::string text;  // one or two sentences; empty when nothing that was tried helps
};

// Bounded by steps: what could not be tried is not advised.
Advice advise(const solve::Problem &problem, const std::vector<Contradiction> &reasons,
              support::Budget &budget);

// "Perhaps you meant "foo"." or empty.
std::string perhaps_you_meant(const std::vector<std::string> &names);

}  // namespace extman::explain
