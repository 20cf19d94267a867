// How each learned clause came about, so that a refutation can be traced back
// to what was given.  It outlives the clauses: a learned clause may be dropped.
#pragma once

#include "solve/literal.h"
#include "support/no_postgres.h"

#include <cstdint>
#include <vector>

namespace extman::solve {

class Proof {
 public:
  enum class Kind : std::uint32_t { kGiven, kLearned, kExternal, kFact };

  struct Entry {
    Kind kind;
    std::uint32_t number;  // of the clause
    Literal literal;       // kExternal: what it implied; kFact: false since level 0
  };

  // Begins the proof of the next learned clause.
  std::uint32_t begin() {
    starts_.push_back(entries_.size());
    return static_cast<std::uint32_t>(starts_.size() - 1);
  }
  void add(Kind kind, std::uint32_t number, Literal literal) {
    if (is_complete_) entries_.push_back({kind, number, literal});
  }

  // Too long to be kept: from here on, nothing can be traced.
  void give_up_beyond(std::size_t entries) {
    if (entries_.size() < entries) return;
    is_complete_ = false;
    entries_ = {};
  }
  bool is_complete() const { return is_complete_; }

  std::size_t size() const { return entries_.size(); }
  std::size_t first(std::uint32_t learned) const { return starts_[learned]; }
  std::size_t last(std::uint32_t learned) const {
    return learned + 1 < starts_.size() ? starts_[learned + 1] : entries_.size();
  }
  const Entry &entry(std::size_t at) const { return entries_[at]; }

 private:
  std::vector<std::size_t> starts_;  // by learned clause
  std::vector<Entry> entries_;
  bool is_complete_ = true;
};

}  // namespace extman::solve
