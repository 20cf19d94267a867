// Conflict-driven clause learning over clauses that may still be added while
// the search goes on.
//
// The algorithm is that of MiniSat (Een and Soerensson, "An Extensible
// SAT-solver", 2003): two watched literals, first unique implication point,
// recursive minimisation, backjumping.  What differs:
//
// - Decisions come from a policy, in an order that means something.  Only where
//   that order runs into many conflicts, activities take over, with restarts
//   and with deletion of learned clauses by how many levels they join (Audemard
//   and Simon, "Predicting Learnt Clauses Quality", 2009).
// - The policy may imply literals by clauses that it only names, and has to
//   spell out when a conflict asks for them: most clauses of a universe of
//   packages are never written down.
// - Every learned clause remembers what it was derived from, so that a
//   refutation can be traced back to the clauses that were given or named.
#pragma once

#include "solve/activity.h"
#include "solve/antecedent.h"
#include "solve/literal.h"
#include "solve/policy.h"
#include "solve/proof.h"
#include "solve/workspace.h"
#include "support/budget.h"
#include "support/no_postgres.h"
#include "support/span.h"

#include <optional>
#include <vector>

namespace extman::solve {

class Sat {
 public:
  // The first so many variables exist from the beginning.
  Sat(Policy &policy, Workspace &workspace, support::Budget &budget, std::size_t vars = 0);
  Sat(const Sat &) = delete;
  Sat &operator=(const Sat &) = delete;
  ~Sat();

  Var new_var();
  std::size_t var_count() const { return var_count_; }

  // After so many more conflicts activities decide; 0: from now on.
  void set_patience(std::uint64_t conflicts) {
    is_active_ = false;
    patience_ = conflicts > UINT64_MAX - conflicts_ ? UINT64_MAX : conflicts_ + conflicts;
  }

  // For who only wants verdicts: core() will not be asked for.
  void keep_no_proof() { proof_.give_up_beyond(0); }

  // Adds a clause: any time, under any assignment.  A literal must not occur
  // twice, nor with its negation.  May assign a literal, or note a conflict for
  // the search to find.  Returns its number: clauses are counted from 0.
  std::uint32_t add_clause(support::Span<Literal> literals);

  // For the policy, in became_true(): a clause that explain() will spell out
  // implies the literal, which is unassigned; or is violated, the literal is one
  // of it.  All its other literals are false, one of them of this level.
  void imply(Literal literal, std::uint32_t number) {
    assign(literal, Antecedent::external(number));
  }
  void contradict(Literal literal, std::uint32_t number) {
    if (!pending_) pending_ = Conflict{Antecedent::external(number), literal};
  }
  bool has_conflict() const { return pending_.has_value(); }

  // True: value() is a model in which the assumptions hold, and the policy
  // accepted it.  False: there is none; is_refuted() when there is none without
  // the assumptions either.
  bool solve(support::Span<Literal> assumptions = {});
  bool is_refuted() const { return refuted_; }

  // On top of a model: one in which this literal holds, too, and all decisions
  // that led to the model still do.  Gives up after a few conflicts.  False:
  // the model is as it was, unless what was learned implies more.
  bool extend(Literal literal);

  // Gives up the model, so that more clauses can be added; what was learned
  // stays.
  void restart();

  Value value(Literal literal) const { return static_cast<Value>(w_.values[literal.code()]); }
  Value value(Var var) const { return value(Literal::positive(var)); }
  // The order in which variables were assigned.
  const std::vector<Literal> &trail() const { return w_.trail; }
  std::size_t level() const { return level_starts_.size(); }
  std::uint64_t conflicts() const { return conflicts_; }
  support::Span<Literal> given(std::uint32_t number) const {
    ClauseRef ref = given_[number];
    return {w_.arena.data() + ref + kHeader, size_of(ref)};
  }

  // After is_refuted(): clauses that contradict each other, those that were
  // given by their numbers, then those that the policy named.
  struct Source {
    bool is_external;
    std::uint32_t number;
    Literal literal;  // of an external one, to spell it out
  };
  std::vector<Source> core();
  // The refutation took too many steps to remember them: there is no core.
  bool is_core_lost() const { return !proof_.is_complete(); }

 private:
  struct Conflict {
    Antecedent why;
    Literal literal;
  };

  // ---------- clauses: sat_clauses.cpp ----------

  // A clause in the arena: its size, what it is worth, its number, where the
  // search for a literal to watch ended last (Gent, "Optimal Implementation of
  // Watched Literals and More General Techniques", 2013), its literals.
  static constexpr std::uint32_t kHeader = 4;
  static constexpr std::uint32_t kLearned = 0x80000000;  // in the second word
  std::uint32_t size_of(ClauseRef ref) const { return w_.arena[ref].code(); }
  std::uint32_t joined_levels(ClauseRef ref) const { return w_.arena[ref + 1].code() & ~kLearned; }
  bool is_learned(ClauseRef ref) const { return (w_.arena[ref + 1].code() & kLearned) != 0; }
  std::uint32_t number_of(ClauseRef ref) const { return w_.arena[ref + 2].code(); }
  std::uint32_t next_to_watch(ClauseRef ref, std::uint32_t size);
  Literal *literals_of(ClauseRef ref) { return w_.arena.data() + ref + kHeader; }

  ClauseRef store(support::Span<Literal> literals, std::uint32_t quality, std::uint32_t number);
  void attach(ClauseRef ref);
  std::vector<Workspace::Watch> &watches_of(Literal literal);
  void reduce();
  void collect_garbage(const std::vector<ClauseRef> &dropped);
  bool is_locked(ClauseRef ref) const;

  // ---------- the search: sat.cpp ----------

  void assign(Literal literal, Antecedent why);
  bool propagate();
  bool visit_watches(Literal falsified);
  void assert_late();
  void undo_to(std::size_t level) noexcept;
  void decide(Literal literal);
  std::optional<Literal> next_decision();
  bool go_on_after_conflict();
  void become_impatient();
  std::uint32_t level_of(Literal literal) const { return w_.vars[literal.var().index()].level; }
  Antecedent why(Literal literal) const { return w_.vars[literal.var().index()].antecedent; }

  // ---------- conflicts: sat_learn.cpp ----------

  support::Span<Literal> spell_out(Antecedent why, Literal literal);
  std::size_t highest_level(support::Span<Literal> clause) const;
  bool analyse();
  void resolve(support::Span<Literal> clause, Literal pivot);
  void minimise();
  bool is_redundant(Literal literal, std::uint32_t levels, int depth);
  std::uint32_t count_levels() const;
  void note(Antecedent why, Literal literal);
  void clean_up_analysis() noexcept;

  Policy &policy_;
  Workspace &w_;
  support::Budget &budget_;
  std::size_t var_count_ = 0;
  std::size_t list_count_ = 0;          // watch lists in use
  std::vector<std::uint32_t> slotted_;  // literals that have one, as codes

  std::vector<ClauseRef> given_;  // by number
  std::vector<ClauseRef> learned_clauses_;
  // Clauses that were added at a higher level than the one on which they assert
  // a literal, or are violated: looked at again after that level is undone.
  std::vector<ClauseRef> late_;

  std::vector<std::size_t> level_starts_;  // size of the trail when a level began
  std::vector<Literal> decisions_;         // by level
  std::size_t head_ = 0;                   // of the trail, not propagated yet
  std::optional<Conflict> pending_;        // found, not dealt with yet
  bool refuted_ = false;
  std::optional<Conflict> final_conflict_;

  Activity activity_;
  bool is_active_ = false;
  std::uint64_t patience_ = 300;
  std::uint64_t conflicts_ = 0;
  std::uint64_t next_restart_ = 0;
  std::uint64_t next_reduction_ = 1000;
  std::size_t floor_ = 0;  // levels up to this one are not undone by a conflict
  std::uint32_t restarts_ = 0;
  std::uint32_t reductions_ = 0;
  std::vector<Literal> assumptions_;

  Proof proof_;
  std::vector<Literal> learned_;  // the clause that is being derived
  std::vector<Literal> spelled_;  // what spell_out() returned a view of
  std::vector<Literal> nested_;   // the same for minimising, one behind the other
  std::vector<Var> marked_;       // whose seen is set
  std::size_t open_ = 0;          // literals of this level, not resolved yet
};

}  // namespace extman::solve
