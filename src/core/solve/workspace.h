// Memory that is used again from one search to the next, so that a search
// costs what it touches and not what there is.  One search at a time.
#pragma once

#include "solve/antecedent.h"
#include "solve/literal.h"
#include "support/no_postgres.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace extman::solve {

struct Workspace {
  struct Watch {
    ClauseRef clause;  // with kBinary set: the blocker is all the rest of it
    Literal blocker;   // when it is true, the clause need not be looked at
  };
  static constexpr ClauseRef kBinary = 0x80000000;

  struct VarState {
    Antecedent antecedent;
    std::uint32_t level;
  };

  // Every search that comes to its end leaves these as it found them: all zero, as far
  // as they reach.  After an exception the whole workspace is to be given up.
  std::vector<std::int8_t> values;    // by literal: 1 true, -1 false, 0 unassigned
  std::vector<std::uint32_t> slots;   // by literal: 0, or which watch list plus 1
  std::vector<char> seen;             // by variable
  std::vector<char> installed;        // by package
  std::vector<char> written;          // by dependency: its clause was written down
  std::vector<std::uint32_t> places;  // by package: its place in a list, plus 1

  // These are empty, but keep their room.
  std::vector<VarState> vars;  // by variable; means something if assigned
  std::vector<std::vector<Watch>> watch_lists;
  std::vector<Literal> arena;  // headers of clauses, too, are kept as codes
  std::vector<Literal> trail;

  // For a search within a search.
  Workspace &inner() {
    if (!inner_) inner_ = std::make_unique<Workspace>();
    return *inner_;
  }

 private:
  std::unique_ptr<Workspace> inner_;
};

}  // namespace extman::solve
