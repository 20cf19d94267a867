#include "solve/sat.h"

#include <algorithm>

namespace extman::solve {

Var Sat::new_var() {
  Var var(values_.size());
  values_.push_back(Value::kUnassigned);
  reasons_.push_back(ClauseId::none());
  levels_.push_back(0);
  seen_.push_back(0);
  watches_.emplace_back();
  watches_.emplace_back();
  budget_.use_memory(64);
  return var;
}

support::Span<Literal> Sat::literals(ClauseId id) const {
  const Clause &clause = clauses_[id.index()];
  return {literals_.data() + clause.start, clause.size};
}

ClauseId Sat::store(support::Span<Literal> literals, std::uint32_t proof) {
  ClauseId id(clauses_.size());
  budget_.use_memory(sizeof(Clause) + literals.size() * sizeof(Literal) + 2 * sizeof(Watch));
  clauses_.push_back({static_cast<std::uint32_t>(literals_.size()),
                      static_cast<std::uint32_t>(literals.size()), proof});
  literals_.insert(literals_.end(), literals.begin(), literals.end());
  return id;
}

void Sat::attach(ClauseId id) {
  Literal *literals = clause_literals(id);
  if (clauses_[id.index()].size < 2) return;
  watches_[literals[0].code()].push_back({id, literals[1]});
  watches_[literals[1].code()].push_back({id, literals[0]});
}

ClauseId Sat::add_clause(support::Span<Literal> given) {
  budget_.step();
  ClauseId id = store(given, kGiven);
  Literal *literals = clause_literals(id);
  std::size_t size = clauses_[id.index()].size;

  // The two literals to watch come first: those that are not false, and of the
  // false ones the last to be assigned, so that undoing a level frees a watch
  // before the clause could matter again.
  auto rank = [this](Literal literal) {
    Value current = value(literal);
    if (current == Value::kTrue) return SIZE_MAX;
    if (current == Value::kUnassigned) return SIZE_MAX - 1;
    return static_cast<std::size_t>(levels_[literal.var().index()]);
  };
  for (std::size_t i = 0; i < 2 && i < size; ++i) {
    std::size_t best = i;
    for (std::size_t j = i + 1; j < size; ++j) {
      if (rank(literals[j]) > rank(literals[best])) best = j;
    }
    // Rotate, not swap: the order of the rest is the order of preference.
    std::rotate(literals + i, literals + best, literals + best + 1);
  }
  attach(id);

  bool rest_false = size < 2 || value(literals[1]) == Value::kFalse;
  if (size == 0 || (rest_false && value(literals[0]) == Value::kFalse)) {
    if (pending_conflict_.is_none()) pending_conflict_ = id;
    late_.push_back(id);  // another conflict may be dealt with first
  } else if (rest_false && value(literals[0]) == Value::kUnassigned) {
    if (level() > 0 && (size < 2 || levels_[literals[1].var().index()] < level())) {
      late_.push_back(id);
    }
    assign(literals[0], id);
  }
  return id;
}

void Sat::assign(Literal literal, ClauseId reason) {
  std::uint32_t var = literal.var().index();
  values_[var] = literal.is_positive() ? Value::kTrue : Value::kFalse;
  reasons_[var] = reason;
  levels_[var] = static_cast<std::uint32_t>(level());
  trail_.push_back(literal);
}

void Sat::assert_late() {
  std::size_t kept = 0;
  for (ClauseId id : late_) {
    Literal open;
    std::size_t open_count = 0;
    std::size_t own_level = 0;  // on which the clause asserts its open literal
    for (Literal literal : literals(id)) {
      if (value(literal) == Value::kFalse) {
        own_level = std::max<std::size_t>(own_level, levels_[literal.var().index()]);
      } else {
        open = literal;
        ++open_count;
      }
    }
    if (open_count == 0) {
      if (pending_conflict_.is_none()) pending_conflict_ = id;
    } else if (open_count == 1 && value(open) == Value::kUnassigned) {
      assign(open, id);
    }
    if (open_count == 0 || (open_count == 1 && own_level < level())) late_[kept++] = id;
  }
  late_.resize(kept);
}

ClauseId Sat::visit_watches(Literal falsified) {
  std::vector<Watch> &watches = watches_[falsified.code()];
  std::size_t kept = 0;
  for (std::size_t i = 0; i < watches.size(); ++i) {
    Watch watch = watches[i];
    if (value(watch.blocker) == Value::kTrue) {
      watches[kept++] = watch;
      continue;
    }
    budget_.step();
    Literal *literals = clause_literals(watch.clause);
    std::size_t size = clauses_[watch.clause.index()].size;
    if (literals[0] == falsified) std::swap(literals[0], literals[1]);
    if (value(literals[0]) == Value::kTrue) {
      watches[kept++] = {watch.clause, literals[0]};
      continue;
    }
    std::size_t next = 2;
    while (next < size && value(literals[next]) == Value::kFalse) ++next;
    if (next < size) {
      std::swap(literals[1], literals[next]);
      watches_[literals[1].code()].push_back({watch.clause, literals[0]});
      continue;
    }
    watches[kept++] = watch;
    if (value(literals[0]) == Value::kFalse) {
      watches.erase(watches.begin() + static_cast<std::ptrdiff_t>(kept),
                    watches.begin() + static_cast<std::ptrdiff_t>(i + 1));
      return watch.clause;
    }
    assign(literals[0], watch.clause);
  }
  watches.resize(kept);
  return ClauseId::none();
}

ClauseId Sat::propagate() {
  while (pending_conflict_.is_none() && head_ < trail_.size()) {
    budget_.step();
    Literal literal = trail_[head_++];
    if (literal.is_positive()) {
      policy_.became_true(literal.var());
      if (!pending_conflict_.is_none()) break;
    }
    ClauseId conflict = visit_watches(~literal);
    if (!conflict.is_none()) return conflict;
  }
  ClauseId conflict = pending_conflict_;
  pending_conflict_ = ClauseId::none();
  return conflict;
}

void Sat::undo_to(std::size_t target) {
  if (level() <= target) return;
  std::size_t size = level_starts_[target];
  while (trail_.size() > size) {
    std::uint32_t var = trail_.back().var().index();
    values_[var] = Value::kUnassigned;
    reasons_[var] = ClauseId::none();
    trail_.pop_back();
  }
  level_starts_.resize(target);
  head_ = size;
  policy_.undone_to(target);
}

std::size_t Sat::highest_level(ClauseId id) const {
  std::size_t highest = 0;
  for (Literal literal : literals(id)) {
    highest = std::max<std::size_t>(highest, levels_[literal.var().index()]);
  }
  return highest;
}

// Learns the first unique implication point clause of a conflict and goes back
// to where it asserts something.  False when nothing is left to go back to.
bool Sat::learn_from(ClauseId conflict) {
  // A clause that the policy added may be violated below the current level.
  undo_to(highest_level(conflict));
  if (level() == 0) {
    final_conflict_ = conflict;
    return false;
  }

  std::vector<Literal> learned{Literal()};  // room for the asserting literal
  Proof proof;
  ClauseId resolved = conflict;
  std::size_t open = 0;  // seen literals of this level, not resolved yet
  std::size_t at = trail_.size();
  Literal pivot;
  for (;;) {
    proof.clauses.push_back(resolved);
    for (Literal literal : literals(resolved)) {
      std::uint32_t var = literal.var().index();
      if (seen_[var]) continue;
      if (proof.clauses.size() > 1 && literal == pivot) continue;
      seen_[var] = 1;
      if (levels_[var] == 0) {
        proof.facts.push_back(literal.var());
      } else if (levels_[var] == level()) {
        ++open;
      } else {
        learned.push_back(literal);
      }
    }
    budget_.step();
    do {
      --at;
    } while (!seen_[trail_[at].var().index()] || levels_[trail_[at].var().index()] != level());
    pivot = trail_[at];
    --open;
    if (open == 0) break;
    seen_[pivot.var().index()] = 0;
    resolved = reasons_[pivot.var().index()];
  }
  learned[0] = ~pivot;

  // Watch the asserting literal and the last of the others to become false.
  std::size_t back_to = 0;
  for (std::size_t i = 1; i < learned.size(); ++i) {
    std::size_t literal_level = levels_[learned[i].var().index()];
    if (literal_level > back_to) {
      back_to = literal_level;
      std::swap(learned[1], learned[i]);
    }
  }
  for (Literal literal : learned) seen_[literal.var().index()] = 0;
  for (Var var : proof.facts) seen_[var.index()] = 0;

  budget_.use_memory((proof.clauses.size() + proof.facts.size()) * sizeof(ClauseId));
  proofs_.push_back(std::move(proof));
  undo_to(back_to);
  ClauseId id = store(learned, static_cast<std::uint32_t>(proofs_.size() - 1));
  attach(id);
  assign(learned[0], id);
  return true;
}

void Sat::restart() {
  undo_to(0);
  assert_late();
}

bool Sat::solve() {
  if (!final_conflict_.is_none()) return false;
  restart();
  for (;;) {
    ClauseId conflict = propagate();
    if (conflict.is_none()) {
      std::optional<Literal> decision = policy_.decide();
      if (decision) {
        policy_.level_opened();
        level_starts_.push_back(trail_.size());
        assign(*decision, ClauseId::none());
        continue;
      }
      if (!policy_.reject()) return true;
      continue;
    }
    if (!learn_from(conflict)) return false;
    assert_late();
  }
}

std::vector<ClauseId> Sat::core() const {
  std::vector<char> clause_done(clauses_.size(), 0);
  std::vector<char> var_done(values_.size(), 0);
  std::vector<ClauseId> clauses;
  std::vector<Var> facts;
  std::vector<ClauseId> given;
  auto need_clause = [&](ClauseId id) {
    if (id.is_none() || clause_done[id.index()]) return;
    clause_done[id.index()] = 1;
    clauses.push_back(id);
  };
  auto need_facts = [&](support::Span<Literal> literals) {
    for (Literal literal : literals) {
      if (var_done[literal.var().index()]) continue;
      var_done[literal.var().index()] = 1;
      facts.push_back(literal.var());
    }
  };

  if (!final_conflict_.is_none()) {
    need_clause(final_conflict_);
    need_facts(literals(final_conflict_));
  }
  while (!clauses.empty() || !facts.empty()) {
    if (!facts.empty()) {
      // A fact of level 0 follows from its reason, whose other literals are
      // facts of level 0 in their turn.
      ClauseId reason = reasons_[facts.back().index()];
      facts.pop_back();
      need_clause(reason);
      if (!reason.is_none()) need_facts(literals(reason));
      continue;
    }
    ClauseId id = clauses.back();
    clauses.pop_back();
    std::uint32_t proof = clauses_[id.index()].proof;
    if (proof == kGiven) {
      given.push_back(id);
      continue;
    }
    for (ClauseId used : proofs_[proof].clauses) need_clause(used);
    for (Var var : proofs_[proof].facts) {
      Literal fact = Literal::positive(var);
      need_facts({&fact, 1});
    }
  }
  std::sort(given.begin(), given.end());
  return given;
}

}  // namespace extman::solve
