// Random universes of hundreds of packages, near the edge where half of the
// requests can be met.
#pragma once

#include "problem/problem.h"

#include <cstdint>

namespace extman::bench {

// What is installed is the result of an earlier solve, so that it holds together.
// Cycles are allowed, and scripts lead from any installed version to any other.
test::Problem large_problem(std::uint64_t seed);

}  // namespace extman::bench
