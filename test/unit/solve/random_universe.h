// Random small problems, and the independent judge of what the solver says of
// them: it knows control files and versions, and nothing of clauses.
#pragma once

#include "control/control_file.h"
#include "plan/answer.h"
#include "solve/problem.h"
#include "universe/universe.h"

#include <cstdint>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace extman::test {

struct RandomProblem {
  std::vector<control::ControlFile> packages;
  struct Upgrade {
    std::string name, from, to;
  };
  std::vector<Upgrade> upgrades;
  std::vector<std::size_t> installed;  // indexes into packages, of different names
  std::vector<char> held;              // as many
  plan::Question question;
};

// At most ten packages of four names or so.
RandomProblem random_problem(std::mt19937 &random);

// A text to reproduce it with: control files, then the rest.
std::string describe(const RandomProblem &problem);

using Selection = std::set<std::size_t>;  // what is there afterwards

// Whether a selection meets the request and every relation in it, and can be
// put in order.
bool is_valid(const RandomProblem &problem, const Selection &selection);

// The fewest changes of installed packages over all valid selections; nothing
// when there is none.  Tries every subset.
std::optional<std::size_t> fewest_changes(const RandomProblem &problem);

// Installed packages that are there at another version.
std::size_t count_changes(const RandomProblem &problem, const Selection &selection);

}  // namespace extman::test
