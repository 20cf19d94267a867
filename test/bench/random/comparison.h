// The core's answer to a problem against libsolv's, and its plan against the validator.
#pragma once

#include "problem/ask.h"
#include "problem/problem.h"

#include <string>

namespace extman::bench {

struct Comparison {
  bool ours = false;    // whether there is a plan
  bool theirs = false;  // the same, says libsolv
  test::Outcome outcome;
  // What is wrong, in words that do not depend on the problem; empty when nothing is.
  std::string fault;
  std::string detail;
};

Comparison compare(const test::Problem &problem);

// Whether both are asked the same: what is installed holds together, scripts lead
// from it to every other version, and only what is installed is to be removed.
bool is_comparable(const test::Problem &problem);

// What is wrong with what is there afterwards, as a sentence: relations, what is
// installed and held, what was to be removed.  Says the validator, not libsolv.
std::string fault_of(const test::Problem &problem, const test::Selection &after);

}  // namespace extman::bench
