// Asks the core, and carries its plan out on paper.
#pragma once

#include "problem/problem.h"

#include <set>
#include <vector>

namespace extman::test {

// The order in which a universe is told its packages, upgrades and what is
// installed: as the problem has them, backwards, or shuffled.
enum class Telling { kForwards, kBackwards, kShuffled };

using Selection = std::set<std::size_t>;  // indexes into the packages of a problem

struct Outcome {
  plan::Answer answer;
  // Of a plan; the numbers are indexes into the packages of the problem.
  Selection after;                    // what is there when all steps were taken
  std::vector<std::size_t> removed;   // uninstalled, in order
  std::vector<std::size_t> arriving;  // installed or upgraded to, in order
  // What is wrong with the steps themselves: something installed twice, an upgrade
  // of what is not there, scripts that do not lead from one version to the other.
  std::string fault;

  bool has_plan() const { return answer.verdict == plan::Verdict::kPlan; }
  std::string text() const;  // message, detail and hint
};

Outcome ask(const Problem &problem, Telling telling = Telling::kForwards);

}  // namespace extman::test
