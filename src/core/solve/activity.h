// Which variables conflicts have been about lately: VSIDS (Moskewicz and
// others, "Chaff", 2001), kept in a heap as MiniSat does, with the values that
// variables had last (Pipatsrisawat and Darwiche, 2007).
#pragma once

#include "solve/literal.h"
#include "support/no_postgres.h"

#include <cstdint>
#include <vector>

namespace extman::solve {

class Activity {
 public:
  bool is_empty() const { return heap_.empty(); }

  // A conflict was about it.
  void bump(Var var) {
    grow(var);
    if ((scores_[var.index()] += step_) > kHighest) rescale();
    if (places_[var.index()] == kOut) {
      insert(var);
    } else {
      up(places_[var.index()]);
    }
  }

  void decay() { step_ /= kDecay; }

  // It was undone; only what was bumped before comes back.
  void put_back(Literal literal) {
    std::uint32_t var = literal.var().index();
    if (var >= scores_.size() || scores_[var] == 0) return;
    phases_[var] = literal.is_positive() ? 1 : 0;
    if (places_[var] == kOut) insert(literal.var());
  }

  Var take() {
    Var top(heap_[0]);
    places_[heap_[0]] = kOut;
    std::uint32_t last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) {
      heap_[0] = last;
      places_[last] = 0;
      down(0);
    }
    return top;
  }

  Literal phase(Var var) const {
    return phases_[var.index()] != 0 ? Literal::positive(var) : Literal::negative(var);
  }

 private:
  static constexpr std::uint32_t kOut = UINT32_MAX;
  static constexpr double kHighest = 1e100;
  static constexpr double kDecay = 0.99;

  void grow(Var var) {
    if (var.index() < scores_.size()) return;
    scores_.resize(var.index() + 1, 0);
    places_.resize(var.index() + 1, kOut);
    phases_.resize(var.index() + 1, 0);
  }

  void rescale() {
    for (double &score : scores_) score *= 1 / kHighest;
    step_ *= 1 / kHighest;
  }

  void insert(Var var) {
    places_[var.index()] = static_cast<std::uint32_t>(heap_.size());
    heap_.push_back(var.index());
    up(heap_.size() - 1);
  }

  void up(std::size_t at) {
    std::uint32_t var = heap_[at];
    while (at > 0) {
      std::size_t parent = (at - 1) / 2;
      if (scores_[heap_[parent]] >= scores_[var]) break;
      heap_[at] = heap_[parent];
      places_[heap_[at]] = static_cast<std::uint32_t>(at);
      at = parent;
    }
    heap_[at] = var;
    places_[var] = static_cast<std::uint32_t>(at);
  }

  void down(std::size_t at) {
    std::uint32_t var = heap_[at];
    for (;;) {
      std::size_t child = 2 * at + 1;
      if (child >= heap_.size()) break;
      if (child + 1 < heap_.size() && scores_[heap_[child + 1]] > scores_[heap_[child]]) ++child;
      if (scores_[heap_[child]] <= scores_[var]) break;
      heap_[at] = heap_[child];
      places_[heap_[at]] = static_cast<std::uint32_t>(at);
      at = child;
    }
    heap_[at] = var;
    places_[var] = static_cast<std::uint32_t>(at);
  }

  std::vector<double> scores_;
  std::vector<std::uint32_t> places_;
  std::vector<char> phases_;
  std::vector<std::uint32_t> heap_;
  double step_ = 1;
};

}  // namespace extman::solve
