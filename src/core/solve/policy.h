// What the engine asks of its owner.
#pragma once

#include "solve/literal.h"
#include "support/no_postgres.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace extman::solve {

class Policy {
 public:
  virtual ~Policy() = default;

  // A variable became true, at the current decision level.  Called each time,
  // also again after it was undone.  May add clauses, imply and contradict.
  virtual void became_true(Var var) = 0;

  // A level is about to be opened by a decision; levels above one were undone.
  virtual void level_opened() = 0;
  virtual void undone_to(std::size_t level) noexcept = 0;

  // The next literal to decide, unassigned; nothing when all demands are met.
  virtual std::optional<Literal> decide() = 0;

  // All demands are met.  True: the assignment is no good all the same, and a
  // clause or a demand that rules it out was added by this call.
  virtual bool reject() = 0;

  // Appends the literals of the clause by that number, the given one among
  // them, which the policy implied by it or found violated.
  virtual void explain(Literal literal, std::uint32_t number, std::vector<Literal> &clause) = 0;
};

}  // namespace extman::solve
