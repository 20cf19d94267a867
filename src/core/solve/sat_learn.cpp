// What a conflict teaches, and what a refutation rests on.
#include "solve/sat.h"

#include <algorithm>

namespace extman::solve {

namespace {

// Of one proof: above that, only the verdict is kept.
constexpr std::size_t kLongestProof = 6000000;

// Values of Workspace::seen.
constexpr char kInClause = 1;
constexpr char kRedundant = 2;
constexpr char kNotRedundant = 3;

constexpr int kDeepestMinimising = 400;  // calls of a function with a small frame

}  // namespace

// The view is valid until the next call.
support::Span<Literal> Sat::spell_out(Antecedent why, Literal literal) {
  if (why.is_clause()) return {literals_of(why.ref()), size_of(why.ref())};
  spelled_.clear();
  policy_.explain(literal, why.number(), spelled_);
  return spelled_;
}

std::size_t Sat::highest_level(support::Span<Literal> clause) const {
  std::size_t highest = 0;
  for (Literal literal : clause) highest = std::max<std::size_t>(highest, level_of(literal));
  return highest;
}

void Sat::note(Antecedent why, Literal literal) {
  if (why.is_external()) {
    proof_.add(Proof::Kind::kExternal, why.number(), literal);
  } else {
    proof_.add(is_learned(why.ref()) ? Proof::Kind::kLearned : Proof::Kind::kGiven,
               number_of(why.ref()), literal);
  }
}

void Sat::clean_up_analysis() noexcept {
  for (Var var : marked_) w_.seen[var.index()] = 0;
  marked_.clear();
}

// Takes the literals of a clause into the one that is being derived.
void Sat::resolve(support::Span<Literal> clause, Literal pivot) {
  for (Literal literal : clause) {
    if (literal == pivot) continue;
    Var var = literal.var();
    if (w_.seen[var.index()] != 0) continue;
    marked_.push_back(var);
    w_.seen[var.index()] = kInClause;
    std::uint32_t literal_level = level_of(literal);
    if (literal_level == 0) {
      proof_.add(Proof::Kind::kFact, 0, literal);
      continue;
    }
    if (is_active_) activity_.bump(var);
    if (literal_level == level()) {
      ++open_;
    } else {
      learned_.push_back(literal);
    }
  }
}

// Learns the first unique implication point clause of the pending conflict and
// goes back to where it asserts something.  False when nothing is left to go
// back to.
bool Sat::analyse() {
  Conflict conflict = *pending_;
  support::Span<Literal> clause = spell_out(conflict.why, conflict.literal);
  // A clause that the policy added may be violated below the current level.
  undo_to(highest_level(clause));
  pending_.reset();
  if (level() == 0) {
    final_conflict_ = conflict;
    return false;
  }

  std::uint32_t number = proof_.begin();
  const std::size_t proof_before = proof_.size();
  note(conflict.why, conflict.literal);
  learned_.assign(1, Literal());  // room for the asserting literal
  open_ = 0;
  resolve(clause, Literal());
  Literal pivot;
  for (std::size_t at = w_.trail.size();;) {
    do {
      --at;
    } while (w_.seen[w_.trail[at].var().index()] == 0);
    pivot = w_.trail[at];
    if (--open_ == 0) break;
    note(why(pivot), pivot);
    resolve(spell_out(why(pivot), pivot), pivot);
  }
  learned_[0] = ~pivot;
  minimise();
  std::uint32_t joined = count_levels();

  // Watch the asserting literal and the last of the others to become false.
  std::size_t back_to = 0;
  for (std::size_t i = 1; i < learned_.size(); ++i) {
    if (level_of(learned_[i]) > back_to) {
      back_to = level_of(learned_[i]);
      std::swap(learned_[1], learned_[i]);
    }
  }
  clean_up_analysis();
  if (is_active_) activity_.decay();
  budget_.use_memory((proof_.size() - proof_before) * sizeof(Proof::Entry));
  proof_.give_up_beyond(kLongestProof);

  undo_to(std::max(back_to, floor_));
  ClauseRef ref = store(learned_, kLearned | joined, number);
  learned_clauses_.push_back(ref);
  attach(ref);
  if (back_to < floor_) late_.push_back(ref);
  assign(learned_[0], Antecedent::clause(ref));
  return true;
}

// Leaves out literals that the others imply (Soerensson and Biere, "Minimizing
// Learned Clauses", 2009).
void Sat::minimise() {
  std::uint32_t levels = 0;
  for (std::size_t i = 1; i < learned_.size(); ++i) levels |= 1u << (level_of(learned_[i]) & 31);
  std::size_t kept = 1;
  for (std::size_t i = 1; i < learned_.size(); ++i) {
    if (why(learned_[i]).is_decision() || !is_redundant(learned_[i], levels, 0)) {
      learned_[kept++] = learned_[i];
    }
  }
  learned_.resize(kept);
}

// Whether the false literal follows from literals of the learned clause.
bool Sat::is_redundant(Literal literal, std::uint32_t levels, int depth) {
  Antecedent antecedent = why(literal);
  if (depth > 0) {
    char mark = w_.seen[literal.var().index()];
    if (mark == kInClause || mark == kRedundant) return true;
    if (level_of(literal) == 0) {
      proof_.add(Proof::Kind::kFact, 0, literal);
      return true;
    }
    if (mark == kNotRedundant || antecedent.is_decision() || depth == kDeepestMinimising ||
        ((1u << (level_of(literal) & 31)) & levels) == 0) {
      return false;
    }
  }

  // The clause that made it false; an external one behind those of the callers.
  const std::size_t start = nested_.size();
  std::size_t size = 0;
  if (antecedent.is_external()) {
    policy_.explain(~literal, antecedent.number(), nested_);
    size = nested_.size() - start;
  } else {
    size = size_of(antecedent.ref());
  }
  bool all = true;
  for (std::size_t i = 0; i < size && all; ++i) {
    Literal other =
        antecedent.is_external() ? nested_[start + i] : w_.arena[antecedent.ref() + kHeader + i];
    all = other == ~literal || is_redundant(other, levels, depth + 1);
  }
  nested_.resize(start);
  if (all) note(antecedent, ~literal);
  if (depth > 0) {
    marked_.push_back(literal.var());
    w_.seen[literal.var().index()] = all ? kRedundant : kNotRedundant;
  }
  return all;
}

// The number of levels that the learned clause joins ("LBD").
std::uint32_t Sat::count_levels() const {
  std::vector<std::uint32_t> levels;
  levels.reserve(learned_.size());
  for (Literal literal : learned_) levels.push_back(level_of(literal));
  std::sort(levels.begin(), levels.end());
  return static_cast<std::uint32_t>(std::unique(levels.begin(), levels.end()) - levels.begin());
}

std::vector<Sat::Source> Sat::core() {
  std::vector<char> given_done(given_.size(), 0);
  std::vector<char> learned_done(1, 0);
  std::vector<std::uint32_t> learned;
  std::vector<Source> externals;
  std::vector<Source> result;
  std::vector<Literal> facts;

  auto need_fact = [&](Literal literal) {
    if (w_.seen[literal.var().index()] != 0) return;
    w_.seen[literal.var().index()] = kInClause;
    marked_.push_back(literal.var());
    facts.push_back(literal);
  };
  auto need = [&](Proof::Kind kind, std::uint32_t number, Literal literal) {
    switch (kind) {
      case Proof::Kind::kGiven:
        given_done[number] = 1;
        break;
      case Proof::Kind::kLearned:
        if (learned_done.size() <= number) learned_done.resize(number + 1, 0);
        if (learned_done[number] == 0) learned.push_back(number);
        learned_done[number] = 1;
        break;
      case Proof::Kind::kExternal:
        externals.push_back({true, number, literal});
        break;
      case Proof::Kind::kFact:
        need_fact(literal);
        break;
    }
  };
  auto need_antecedent = [&](Antecedent why, Literal literal) {
    if (why.is_external()) {
      need(Proof::Kind::kExternal, why.number(), literal);
    } else {
      need(is_learned(why.ref()) ? Proof::Kind::kLearned : Proof::Kind::kGiven,
           number_of(why.ref()), literal);
    }
    for (Literal other : spell_out(why, literal)) {
      if (other != literal || value(other) == Value::kFalse) need_fact(other);
    }
  };

  if (final_conflict_) need_antecedent(final_conflict_->why, final_conflict_->literal);
  while (!facts.empty() || !learned.empty()) {
    if (!facts.empty()) {
      // A fact of level 0 follows from its antecedent, whose other literals are
      // facts of level 0 in their turn.
      Literal fact = facts.back();
      facts.pop_back();
      Literal holds = value(fact) == Value::kTrue ? fact : ~fact;
      need_antecedent(why(holds), holds);
      continue;
    }
    std::uint32_t number = learned.back();
    learned.pop_back();
    for (std::size_t i = proof_.first(number); i < proof_.last(number); ++i) {
      need(proof_.entry(i).kind, proof_.entry(i).number, proof_.entry(i).literal);
    }
  }
  clean_up_analysis();
  for (std::uint32_t i = 0; i < given_done.size(); ++i) {
    if (given_done[i] != 0) result.push_back({false, i, Literal()});
  }
  result.insert(result.end(), externals.begin(), externals.end());
  return result;
}

}  // namespace extman::solve
