// A refutation in sentences.
#pragma once

#include "explain/reasons.h"
#include "solve/problem.h"
#include "support/no_postgres.h"

#include <string>

namespace extman::explain {

// A minimal core, told from the request on: what was asked for needs this, which
// needs that, until something cannot be; then what excludes what.  Each fact is
// told once: facts that versions of a package share in one sentence, a chain of
// needs in one as well.  What was shown before gets a number there, and is
// called by it.  The sentences are separated by newlines; of a very long story
// the middle is left out.
std::string tell(const solve::Problem &problem, const Contradiction &reason);

}  // namespace extman::explain
