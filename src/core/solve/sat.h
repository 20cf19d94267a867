// Conflict-driven clause learning over clauses that may still be added while
// the search goes on.
//
// The algorithm is that of MiniSat (Een and Soerensson, "An Extensible
// SAT-solver", 2003): two watched literals, first unique implication point,
// backjumping.  What differs: decisions come from a policy, which also adds the
// clauses of a package when its variable first becomes true; and every learned
// clause remembers the clauses that it was derived from, so that a refutation
// can be traced back to the clauses that were given.
#pragma once

#include "solve/literal.h"
#include "support/budget.h"
#include "support/no_postgres.h"
#include "support/span.h"

#include <optional>
#include <vector>

namespace extman::solve {

using ClauseId = support::Id<struct ClauseTag>;

// What the search asks of its owner.  Each may add variables and clauses.
class Policy {
 public:
  virtual ~Policy() = default;

  // A variable became true, at the current decision level.  Called each time,
  // also again after it was undone.
  virtual void became_true(Var var) = 0;

  // A level is about to be opened by a decision; levels above one were undone.
  virtual void level_opened() = 0;
  virtual void undone_to(std::size_t level) = 0;

  // The next literal to decide, unassigned; nothing when all demands are met.
  virtual std::optional<Literal> decide() = 0;

  // All demands are met.  True: the assignment is no good all the same, and a
  // clause or a demand that rules it out was added by this call.
  virtual bool reject() = 0;
};

class Sat {
 public:
  Sat(Policy &policy, support::Budget &budget) : policy_(policy), budget_(budget) {}

  Var new_var();
  std::size_t var_count() const { return values_.size(); }

  // Adds a clause: any time, under any assignment.  A literal must not occur
  // twice, nor with its negation.  May assign a literal, or note a conflict for
  // the search to find.
  ClauseId add_clause(support::Span<Literal> literals);

  // False: the clauses contradict each other; core() tells which.  True: value()
  // is a model that the policy accepted.
  bool solve();

  // Gives up the model, so that more clauses can be added and solve() be called
  // again; what was learned stays.
  void restart();

  Value value(Var var) const { return values_[var.index()]; }
  Value value(Literal literal) const {
    Value value = values_[literal.var().index()];
    return literal.is_positive() ? value : -value;
  }
  // The order in which variables were assigned.
  const std::vector<Literal> &trail() const { return trail_; }
  std::size_t level() const { return level_starts_.size(); }
  support::Span<Literal> literals(ClauseId id) const;

  // After solve() returned false: given clauses that contradict each other,
  // in the order in which they were added.
  std::vector<ClauseId> core() const;

 private:
  struct Clause {
    std::uint32_t start;  // into literals_
    std::uint32_t size;
    std::uint32_t proof;  // into proofs_; UINT32_MAX for a given clause
  };
  // How a learned clause came about: the clauses that were resolved, and the
  // variables of level 0 whose literals were left out.
  struct Proof {
    std::vector<ClauseId> clauses;
    std::vector<Var> facts;
  };
  struct Watch {
    ClauseId clause;
    Literal blocker;  // when it is true, the clause need not be looked at
  };

  ClauseId store(support::Span<Literal> literals, std::uint32_t proof);
  void attach(ClauseId id);
  void assign(Literal literal, ClauseId reason);
  ClauseId propagate();
  ClauseId visit_watches(Literal falsified);
  void assert_late();
  void undo_to(std::size_t level);
  bool learn_from(ClauseId conflict);
  std::size_t highest_level(ClauseId id) const;
  Literal *clause_literals(ClauseId id) { return literals_.data() + clauses_[id.index()].start; }

  static constexpr std::uint32_t kGiven = UINT32_MAX;

  Policy &policy_;
  support::Budget &budget_;

  std::vector<Clause> clauses_;
  std::vector<Literal> literals_;
  std::vector<Proof> proofs_;
  std::vector<std::vector<Watch>> watches_;  // by literal: visited when it becomes false

  std::vector<Value> values_;
  std::vector<ClauseId> reasons_;      // by variable; none for a decision
  std::vector<std::uint32_t> levels_;  // by variable
  std::vector<char> seen_;             // by variable; scratch of learn_from
  std::vector<Literal> trail_;
  std::vector<std::size_t> level_starts_;  // size of the trail when a level began
  std::size_t head_ = 0;                   // of the trail, not propagated yet
  ClauseId pending_conflict_;              // found while a clause was added
  // Clauses that were added at a higher level than the one on which they assert
  // a literal, or are violated: looked at again after that level is undone.
  std::vector<ClauseId> late_;
  ClauseId final_conflict_;
};

}  // namespace extman::solve
