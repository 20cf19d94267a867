// A solver problem as tests make it up, change it and judge it: control files and
// numbers, nothing of the core's own tables.
#pragma once

#include "control/control_file.h"
#include "plan/answer.h"

#include <string>
#include <vector>

namespace extman::test {

struct Problem {
  std::vector<control::ControlFile> packages;  // of different names or versions
  struct Upgrade {
    std::string name, from, to;
  };
  std::vector<Upgrade> upgrades;
  std::vector<std::size_t> installed;  // indexes into packages, of different names
  std::vector<char> held;              // as many
  plan::Question question;
  bool allow_cycles = false;
};

}  // namespace extman::test
