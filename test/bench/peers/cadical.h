// CaDiCaL, a SAT solver.
#pragma once

#include "peers/cnf.h"

namespace extman::bench {

enum class Verdict { kYes, kNo, kUnknown };

// Unknown: the time limit, in seconds, was reached.
Verdict cadical_solve(const Cnf &cnf, double limit);

}  // namespace extman::bench
