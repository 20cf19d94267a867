#include "solve/sat.h"

#include <algorithm>

namespace extman::solve {

namespace {

// The sequence 1 1 2 1 1 2 4 1 1 2 … of Luby, Sinclair and Zuckerman, "Optimal
// Speedup of Las Vegas Algorithms", 1993.
std::uint64_t luby(std::uint32_t i) {
  // In the smallest block that reaches it, of 2^n - 1 elements, it is the last
  // one, or an element of one of the two smaller blocks before that.
  std::uint32_t size = 1;
  while (size < i + 1) size = 2 * size + 1;
  while (size != i + 1) {
    size /= 2;
    if (i >= size) i -= size;
  }
  return (std::uint64_t{size} + 1) / 2;
}

constexpr std::uint64_t kRestartUnit = 128;
constexpr std::uint64_t kConflictsToExtend = 8;
constexpr std::size_t kKeptRoom = 256 * 1024;  // literals, or watch lists

}  // namespace

Sat::Sat(Policy &policy, Workspace &workspace, support::Budget &budget, std::size_t vars)
    : policy_(policy), w_(workspace), budget_(budget), var_count_(vars) {
  if (w_.values.size() < 2 * vars) w_.values.resize(2 * vars, 0);
  if (w_.slots.size() < 2 * vars) w_.slots.resize(2 * vars, 0);
  if (w_.seen.size() < vars) w_.seen.resize(vars, 0);
  if (w_.vars.size() < vars) w_.vars.resize(vars);
}

Sat::~Sat() {
  clean_up_analysis();
  for (Literal literal : w_.trail) {
    w_.values[literal.code()] = 0;
    w_.values[(~literal).code()] = 0;
  }
  for (std::uint32_t code : slotted_) w_.slots[code] = 0;
  for (std::size_t i = 0; i < list_count_; ++i) w_.watch_lists[i].clear();
  w_.trail.clear();
  w_.arena.clear();
  // The room that a hard search took is not for the next one.
  if (w_.arena.capacity() > kKeptRoom || list_count_ > kKeptRoom) {
    w_.arena = {};
    w_.watch_lists = {};
  }
}

Var Sat::new_var() {
  std::size_t next = var_count_ + 1;
  if (w_.values.size() < 2 * next) w_.values.resize(2 * next, 0);
  if (w_.slots.size() < 2 * next) w_.slots.resize(2 * next, 0);
  if (w_.seen.size() < next) w_.seen.resize(next, 0);
  if (w_.vars.size() < next) w_.vars.resize(next);
  budget_.use_memory(32);
  return Var(var_count_++);
}

void Sat::assign(Literal literal, Antecedent why) {
  w_.values[literal.code()] = 1;
  w_.values[(~literal).code()] = -1;
  w_.vars[literal.var().index()] = {why, static_cast<std::uint32_t>(level())};
  w_.trail.push_back(literal);
}

void Sat::decide(Literal literal) {
  policy_.level_opened();
  level_starts_.push_back(w_.trail.size());
  decisions_.push_back(literal);
  if (value(literal) == Value::kUnassigned) assign(literal, Antecedent());
}

void Sat::undo_to(std::size_t target) noexcept {
  if (level() <= target) return;
  std::size_t size = level_starts_[target];
  while (w_.trail.size() > size) {
    Literal literal = w_.trail.back();
    w_.values[literal.code()] = 0;
    w_.values[(~literal).code()] = 0;
    if (is_active_) activity_.put_back(literal);
    w_.trail.pop_back();
  }
  level_starts_.resize(target);
  decisions_.resize(target);
  head_ = size;
  pending_.reset();
  policy_.undone_to(target);
}

// ---------- propagation ----------

// True: a conflict, in pending_.
bool Sat::propagate() {
  while (!pending_ && head_ < w_.trail.size()) {
    budget_.step();
    Literal literal = w_.trail[head_++];
    if (literal.is_positive()) {
      policy_.became_true(literal.var());
      if (pending_) break;
    }
    if (visit_watches(~literal)) return true;
  }
  return pending_.has_value();
}

// The place of a literal that is not false and not watched; size when there is none.
inline std::uint32_t Sat::next_to_watch(ClauseRef ref, std::uint32_t size) {
  const std::int8_t *values = w_.values.data();
  const Literal *literals = literals_of(ref);
  const std::uint32_t last = w_.arena[ref + 3].code();
  std::uint32_t next = last;
  while (next < size && values[literals[next].code()] < 0) ++next;
  if (next == size) {
    next = 2;
    while (next < last && values[literals[next].code()] < 0) ++next;
    if (next == last) return size;
  }
  w_.arena[ref + 3] = Literal::from_code(next);
  return next;
}

bool Sat::visit_watches(Literal falsified) {
  std::uint32_t slot = w_.slots[falsified.code()];
  if (slot == 0) return false;
  // No list is made in here: attach() made one for each literal of the clause.
  std::vector<Workspace::Watch> &watches = w_.watch_lists[slot - 1];
  Workspace::Watch *const begin = watches.data();
  Workspace::Watch *const end = begin + watches.size();
  Workspace::Watch *kept = begin;
  Workspace::Watch *at = begin;
  const std::int8_t *values = w_.values.data();
  bool conflict = false;
  std::uint64_t steps = 0;
  for (; at != end; ++at) {
    Workspace::Watch watch = *at;
    std::int8_t blocked = values[watch.blocker.code()];
    if (blocked > 0) {
      *kept++ = watch;
      continue;
    }
    if ((watch.clause & Workspace::kBinary) != 0) {
      *kept++ = watch;
      Antecedent why = Antecedent::clause(watch.clause & ~Workspace::kBinary);
      if (blocked < 0) {
        pending_ = Conflict{why, falsified};
        conflict = true;
        ++at;
        break;
      }
      assign(watch.blocker, why);
      continue;
    }
    ++steps;
    Literal *literals = literals_of(watch.clause);
    if (literals[0] == falsified) std::swap(literals[0], literals[1]);
    Literal first = literals[0];
    std::int8_t first_value = values[first.code()];
    if (first != watch.blocker && first_value > 0) {
      *kept++ = {watch.clause, first};
      continue;
    }
    std::uint32_t size = size_of(watch.clause);
    std::uint32_t next = next_to_watch(watch.clause, size);
    if (next < size) {
      std::swap(literals[1], literals[next]);
      watches_of(literals[1]).push_back({watch.clause, first});
      continue;
    }
    *kept++ = {watch.clause, first};
    if (first_value < 0) {
      pending_ = Conflict{Antecedent::clause(watch.clause), first};
      conflict = true;
      ++at;
      break;
    }
    assign(first, Antecedent::clause(watch.clause));
  }
  if (kept != at) {
    kept = std::copy(at, end, kept);
    watches.resize(static_cast<std::size_t>(kept - begin));
  }
  budget_.steps_taken(steps);
  return conflict;
}

void Sat::assert_late() {
  std::size_t kept = 0;
  for (ClauseRef ref : late_) {
    Literal open;
    std::size_t open_count = 0;
    std::size_t own_level = 0;  // on which the clause asserts its open literal
    const Literal *literals = literals_of(ref);
    for (std::uint32_t i = 0; i < size_of(ref); ++i) {
      if (value(literals[i]) == Value::kFalse) {
        own_level = std::max<std::size_t>(own_level, level_of(literals[i]));
      } else {
        open = literals[i];
        ++open_count;
      }
    }
    if (open_count == 0) {
      if (!pending_) pending_ = Conflict{Antecedent::clause(ref), Literal()};
    } else if (open_count == 1 && value(open) == Value::kUnassigned) {
      assign(open, Antecedent::clause(ref));
    }
    if (open_count == 0 || (open_count == 1 && own_level < level())) late_[kept++] = ref;
  }
  late_.resize(kept);
}

// ---------- the search ----------

void Sat::restart() {
  undo_to(0);
  assert_late();
}

// Nothing: all demands are met.
std::optional<Literal> Sat::next_decision() {
  std::optional<Literal> wanted = policy_.decide();
  if (!wanted || !is_active_) return wanted;
  while (!activity_.is_empty()) {
    Var var = activity_.take();
    if (value(var) == Value::kUnassigned) return activity_.phase(var);
  }
  return wanted;
}

void Sat::become_impatient() {
  if (is_active_ || conflicts_ < patience_) return;
  is_active_ = true;
  next_restart_ = conflicts_ + kRestartUnit;
}

// False: refuted.
bool Sat::go_on_after_conflict() {
  ++conflicts_;
  if (!analyse()) {
    refuted_ = true;
    return false;
  }
  assert_late();
  become_impatient();
  return true;
}

bool Sat::solve(support::Span<Literal> assumptions) {
  if (refuted_) return false;
  assumptions_.assign(assumptions.begin(), assumptions.end());
  become_impatient();
  // What was decided for the same assumptions need not be done again.
  std::size_t same = 0;
  while (same < level() && same < assumptions_.size() && decisions_[same] == assumptions_[same]) {
    ++same;
  }
  undo_to(same);
  assert_late();
  if (level() == 0 && conflicts_ >= next_reduction_) reduce();
  for (;;) {
    if (propagate()) {
      if (!go_on_after_conflict()) return false;
      continue;
    }
    if (is_active_ && conflicts_ >= next_restart_) {
      next_restart_ = conflicts_ + kRestartUnit * luby(restarts_++);
      undo_to(std::min(level(), assumptions_.size()));
      assert_late();
      if (conflicts_ >= next_reduction_) reduce();
      continue;
    }
    if (level() < assumptions_.size()) {
      Literal assumed = assumptions_[level()];
      if (value(assumed) == Value::kFalse) return false;
      decide(assumed);
      continue;
    }
    if (std::optional<Literal> decision = next_decision()) {
      decide(*decision);
      continue;
    }
    if (!policy_.reject()) return true;
  }
}

bool Sat::extend(Literal literal) {
  // What the last failure taught implies nothing that the model contradicts.
  if (propagate()) return false;
  if (value(literal) != Value::kUnassigned) return value(literal) == Value::kTrue;
  floor_ = level();
  const std::uint64_t last_conflict = conflicts_ + kConflictsToExtend;
  bool found = false;
  decide(literal);
  for (bool more = true; more && level() > floor_;) {
    if (propagate()) {
      more = go_on_after_conflict() && conflicts_ < last_conflict;
    } else if (std::optional<Literal> decision = policy_.decide()) {
      decide(*decision);
    } else {
      found = true;
      more = false;
    }
  }
  if (!found) {
    undo_to(floor_);
    assert_late();
  }
  floor_ = 0;
  return found;
}

}  // namespace extman::solve
