// The core, asked as the server asks it.
#pragma once

#include "peers/cadical.h"
#include "solve/workspace.h"
#include "universe/universe.h"

#include <vector>

namespace extman::bench {

class Engine {
 public:
  explicit Engine(const universe::Universe &universe) : universe_(universe) {}

  // Whether all of these can be met, in an empty system.  Unknown: the time
  // limit, in seconds, was reached; 0 is none.
  Verdict solve(const std::vector<universe::DependencyId> &install, double limit = 0);

  // What is there then: of the last solve() that said yes.
  const std::vector<universe::PackageId> &chosen() const { return chosen_; }

  // Which packages can be there.
  std::vector<char> verdicts();

 private:
  const universe::Universe &universe_;
  solve::Workspace workspace_;
  std::vector<universe::PackageId> chosen_;
};

}  // namespace extman::bench
