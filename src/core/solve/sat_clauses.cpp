// Clauses in memory.
#include "solve/sat.h"

#include <algorithm>

namespace extman::solve {

ClauseRef Sat::store(support::Span<Literal> literals, std::uint32_t quality, std::uint32_t number) {
  budget_.use_memory((kHeader + literals.size()) * sizeof(Literal) + 2 * sizeof(Workspace::Watch));
  ClauseRef ref = static_cast<ClauseRef>(w_.arena.size());
  w_.arena.push_back(Literal::from_code(static_cast<std::uint32_t>(literals.size())));
  w_.arena.push_back(Literal::from_code(quality));
  w_.arena.push_back(Literal::from_code(number));
  w_.arena.push_back(Literal::from_code(2));
  w_.arena.insert(w_.arena.end(), literals.begin(), literals.end());
  return ref;
}

std::vector<Workspace::Watch> &Sat::watches_of(Literal literal) {
  std::uint32_t &slot = w_.slots[literal.code()];
  if (slot == 0) {
    if (list_count_ == w_.watch_lists.size()) w_.watch_lists.emplace_back();
    slotted_.push_back(literal.code());
    slot = static_cast<std::uint32_t>(++list_count_);
  }
  return w_.watch_lists[slot - 1];
}

void Sat::attach(ClauseRef ref) {
  const Literal *literals = literals_of(ref);
  std::uint32_t size = size_of(ref);
  if (size < 2) return;
  ClauseRef marked = size == 2 ? ref | Workspace::kBinary : ref;
  for (std::uint32_t i = 2; i < size; ++i) watches_of(literals[i]);
  watches_of(literals[0]).push_back({marked, literals[1]});
  watches_of(literals[1]).push_back({marked, literals[0]});
}

std::uint32_t Sat::add_clause(support::Span<Literal> added) {
  budget_.step();
  std::uint32_t number = static_cast<std::uint32_t>(given_.size());
  ClauseRef ref = store(added, 0, number);
  given_.push_back(ref);
  Literal *literals = literals_of(ref);
  std::size_t size = added.size();

  // The two literals to watch come first: those that are not false, and of the
  // false ones the last to be assigned, so that undoing a level frees a watch
  // before the clause could matter again.
  auto rank = [this](Literal literal) {
    Value current = value(literal);
    if (current == Value::kTrue) return SIZE_MAX;
    if (current == Value::kUnassigned) return SIZE_MAX - 1;
    return static_cast<std::size_t>(level_of(literal));
  };
  for (std::size_t i = 0; i < 2 && i < size; ++i) {
    std::size_t best = i;
    for (std::size_t j = i + 1; j < size; ++j) {
      if (rank(literals[j]) > rank(literals[best])) best = j;
    }
    std::swap(literals[i], literals[best]);
  }
  attach(ref);

  bool rest_false = size < 2 || value(literals[1]) == Value::kFalse;
  if (size == 0 || (rest_false && value(literals[0]) == Value::kFalse)) {
    if (!pending_) pending_ = Conflict{Antecedent::clause(ref), Literal()};
    late_.push_back(ref);  // another conflict may be dealt with first
  } else if (rest_false && value(literals[0]) == Value::kUnassigned) {
    if (level() > 0 && (size < 2 || level_of(literals[1]) < level())) late_.push_back(ref);
    assign(literals[0], Antecedent::clause(ref));
  }
  return number;
}

bool Sat::is_locked(ClauseRef ref) const {
  for (std::uint32_t i = 0; i < 2 && i < size_of(ref); ++i) {
    Literal literal = w_.arena[ref + kHeader + i];
    if (value(literal) != Value::kTrue) continue;
    Antecedent antecedent = why(literal);
    if (antecedent.is_clause() && antecedent.ref() == ref) return true;
  }
  return false;
}

// Drops the half of the learned clauses that joins the most levels.
void Sat::reduce() {
  next_reduction_ = conflicts_ + 1000 + 150 * std::uint64_t{++reductions_};
  std::vector<ClauseRef> candidates;
  for (ClauseRef ref : learned_clauses_) {
    if (joined_levels(ref) > 2 && size_of(ref) > 2 && !is_locked(ref)) candidates.push_back(ref);
  }
  std::sort(candidates.begin(), candidates.end(), [this](ClauseRef a, ClauseRef b) {
    if (joined_levels(a) != joined_levels(b)) return joined_levels(a) > joined_levels(b);
    if (size_of(a) != size_of(b)) return size_of(a) > size_of(b);
    return a < b;
  });
  candidates.resize(candidates.size() / 2);
  std::sort(candidates.begin(), candidates.end());
  for (ClauseRef ref : late_) {
    auto found = std::lower_bound(candidates.begin(), candidates.end(), ref);
    if (found != candidates.end() && *found == ref) candidates.erase(found);
  }
  collect_garbage(candidates);
}

// dropped is sorted.
void Sat::collect_garbage(const std::vector<ClauseRef> &dropped) {
  std::vector<Literal> &arena = w_.arena;
  // Where each clause that stays begins afterwards, in the order of the arena.
  std::vector<std::pair<ClauseRef, ClauseRef>> moved;
  auto next_dropped = dropped.begin();
  ClauseRef to = 0;
  for (ClauseRef from = 0; from < arena.size();) {
    std::uint32_t length = kHeader + size_of(from);
    if (next_dropped != dropped.end() && *next_dropped == from) {
      ++next_dropped;
    } else {
      moved.emplace_back(from, to);
      std::copy(arena.begin() + from, arena.begin() + from + length, arena.begin() + to);
      to += length;
    }
    from += length;
  }
  budget_.release_memory((arena.size() - to) * sizeof(Literal) +
                         2 * dropped.size() * sizeof(Workspace::Watch));
  arena.resize(to);

  auto new_place = [&](ClauseRef ref) {
    auto found = std::lower_bound(moved.begin(), moved.end(), std::make_pair(ref, ClauseRef{0}));
    return found != moved.end() && found->first == ref ? found->second : UINT32_MAX;
  };
  auto move_all = [&](std::vector<ClauseRef> &refs) {
    std::size_t kept = 0;
    for (ClauseRef ref : refs) {
      ClauseRef place = new_place(ref);
      if (place != UINT32_MAX) refs[kept++] = place;
    }
    refs.resize(kept);
  };
  move_all(given_);
  move_all(learned_clauses_);
  move_all(late_);
  for (Literal literal : w_.trail) {
    Antecedent &antecedent = w_.vars[literal.var().index()].antecedent;
    if (antecedent.is_clause()) antecedent = Antecedent::clause(new_place(antecedent.ref()));
  }
  for (std::size_t i = 0; i < list_count_; ++i) {
    std::size_t kept = 0;
    for (Workspace::Watch watch : w_.watch_lists[i]) {
      ClauseRef flag = watch.clause & Workspace::kBinary;
      ClauseRef place = new_place(watch.clause & ~Workspace::kBinary);
      if (place != UINT32_MAX) w_.watch_lists[i][kept++] = {place | flag, watch.blocker};
    }
    w_.watch_lists[i].resize(kept);
  }
}

}  // namespace extman::solve
