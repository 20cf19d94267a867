// Why a literal holds: it was decided, a clause implied it, or the policy did,
// by a clause that it can name but that was never written down.
#pragma once

#include "support/no_postgres.h"

#include <cstdint>

namespace extman::solve {

using ClauseRef = std::uint32_t;  // where a clause begins in the arena

class Antecedent {
 public:
  static constexpr std::uint32_t kMaxNumber = 0x3FFFFFFF;

  Antecedent() = default;
  static Antecedent clause(ClauseRef ref) { return Antecedent(ref); }
  // number is the policy's own name for the clause.
  static Antecedent external(std::uint32_t number) { return Antecedent(number | kExternal); }

  bool is_decision() const { return code_ == kDecision; }
  bool is_external() const { return !is_decision() && (code_ & kExternal) != 0; }
  bool is_clause() const { return (code_ & kExternal) == 0; }
  ClauseRef ref() const { return code_; }
  std::uint32_t number() const { return code_ & ~kExternal; }

 private:
  static constexpr std::uint32_t kExternal = 0x80000000;
  static constexpr std::uint32_t kDecision = UINT32_MAX;

  explicit Antecedent(std::uint32_t code) : code_(code) {}
  std::uint32_t code_ = kDecision;
};

}  // namespace extman::solve
