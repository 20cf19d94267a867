// Random small problems: everything that a request can be about occurs in them,
// each in a fair share.
#pragma once

#include "problem/problem.h"

#include <cstdint>
#include <functional>
#include <random>
#include <string>

namespace extman::test {

using RandomProblem = Problem;

// At most eleven packages of five names or so.  numbers: a new one for each decision,
// for ever.
RandomProblem random_problem(const std::function<std::uint32_t()> &numbers);
RandomProblem random_problem(std::mt19937 &random);

// A text to reproduce it with: that of a case file.
std::string describe(const RandomProblem &problem);

}  // namespace extman::test
