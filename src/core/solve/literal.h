// Variables, literals and truth values.
#pragma once

#include "support/id.h"
#include "support/no_postgres.h"

#include <cstdint>

namespace extman::solve {

using Var = support::Id<struct VarTag>;

// A variable or its negation, as 2v and 2v + 1.
class Literal {
 public:
  Literal() = default;
  static Literal positive(Var var) { return Literal(var.index() << 1); }
  static Literal negative(Var var) { return Literal((var.index() << 1) | 1); }
  static Literal from_code(std::uint32_t code) { return Literal(code); }

  Var var() const { return Var(code_ >> 1); }
  bool is_positive() const { return (code_ & 1) == 0; }
  std::uint32_t code() const { return code_; }
  Literal operator~() const { return Literal(code_ ^ 1); }

  friend bool operator==(Literal a, Literal b) { return a.code_ == b.code_; }
  friend bool operator!=(Literal a, Literal b) { return a.code_ != b.code_; }
  friend bool operator<(Literal a, Literal b) { return a.code_ < b.code_; }

 private:
  explicit Literal(std::uint32_t code) : code_(code) {}
  std::uint32_t code_ = UINT32_MAX;
};

enum class Value : std::int8_t { kFalse = -1, kUnassigned = 0, kTrue = 1 };

inline Value operator-(Value value) { return static_cast<Value>(-static_cast<int>(value)); }

}  // namespace extman::solve
