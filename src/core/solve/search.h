// The search for a plan.
//
// The answer follows from the problem alone, not from the way in which it was
// found: going through the demands in their order (see rules.h), each takes the
// first package with which there is still a solution.  A search that met no
// conflict has done just that.  Otherwise a second pass, which propagates
// nothing but what the problem says, asks the first one before each decision
// whether it can be kept, so that neither learned clauses nor the decisions that
// activities made leave a trace.
//
// Number 2 of that order alone gives a set of changes of which none can be left
// out; changes of two or more installed packages are then bounded more and more
// until fewer are impossible, and the second pass runs again within that bound.
#pragma once

#include "solve/problem.h"
#include "solve/reason.h"
#include "solve/rules.h"
#include "solve/workspace.h"
#include "support/budget.h"
#include "support/no_postgres.h"

#include <vector>

namespace extman::solve {

class Search {
 public:
  // The workspace is in use until the search is destroyed.
  Search(const Problem &problem, Workspace &workspace, support::Budget &budget);

  // So many conflicts before the order of decisions is given up for activities.
  // Makes no difference to the answer.
  void set_patience(std::uint64_t conflicts) { rules_.sat().set_patience(conflicts); }

  // True: chosen() is what is there afterwards.  False: facts() contradict
  // each other.
  bool run();

  // What is there afterwards, installed packages included, in the order in
  // which it was chosen; nothing in it is superfluous.
  const std::vector<PackageId> &chosen() const { return chosen_; }

  // In no particular order, some perhaps twice.  None when the refutation was too
  // long to be remembered.
  std::vector<Fact> facts();
  std::uint64_t conflicts() const { return rules_.sat().conflicts(); }
  const std::vector<Cycle> &cycles() const { return rules_.cycles(); }

 private:
  void choose_again(support::Span<Literal> assumptions);
  std::size_t count_changed() const;
  std::vector<Literal> count_changes(std::size_t most);
  void minimise_changes();

  const Problem &problem_;
  const Universe &universe_;
  Workspace &workspace_;
  support::Budget &budget_;
  Rules rules_;
  std::vector<PackageId> chosen_;
};

}  // namespace extman::solve
