// The judge of what the solver says of a small problem.
#pragma once

#include "problem/ask.h"
#include "problem/problem.h"
#include "solve/possibilities.h"

#include <string>
#include <vector>

namespace extman::test {

class Judge {
 public:
  explicit Judge(const Problem &problem);

  plan::Verdict verdict() const;

  // The property that the outcome lacks, in words that do not depend on the
  // problem; empty when it has all of these:
  //   the verdict is right, and an error says why;
  //   what goes is what was to be uninstalled, and with cascade no more than must;
  //   relations hold, what is installed stays, holds are kept;
  //   what was to be upgraded has the best version that is possible, in that order;
  //   then as few of the other installed packages change as is possible;
  //   then, in the order of names, to the best version that is possible;
  //   then what was requested has the best version that is possible;
  //   no new package can be left out, alone or with others;
  //   each step is possible when its turn comes.
  std::string fault_of(const Outcome &outcome) const;

  const Possibilities &possibilities() const { return possible_; }
  bool is_possible() const { return !solutions_.empty(); }
  // Of installed packages that were not to be upgraded.
  std::size_t fewest_changes() const { return fewest_changes_; }

 private:
  // The packages of which one must be there, the best one first.
  using Wish = std::vector<std::size_t>;

  // Installed packages that stay, at whatever version.
  Mask staying() const { return possible_.installed() & ~possible_.gone(); }
  void add_upgrade_wishes();
  void add_installed_wishes();
  std::size_t changes(Mask selection) const;
  std::string fault_of_best(Mask selection) const;
  std::string fault_of_requested(Mask selection, std::vector<Mask> best) const;
  std::string fault_of_steps(const Outcome &outcome) const;
  std::string fault_of_uninstalls(const Outcome &outcome) const;

  const Problem &problem_;
  Possibilities possible_;
  Mask upgrading_ = 0;  // installed packages that were to be upgraded
  std::vector<Wish> upgrade_wishes_;
  std::vector<Wish> installed_wishes_;
  std::vector<Mask> solutions_;
  std::size_t fewest_changes_ = 0;
};

}  // namespace extman::test
