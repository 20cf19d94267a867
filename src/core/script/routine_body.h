// Tells the semicolons inside of BEGIN ATOMIC ... END from the one that ends
// CREATE FUNCTION or CREATE PROCEDURE.
//
// Short of a parser, the words decide, as in PostgreSQL's psqlscan.l: a
// statement that starts with CREATE [OR REPLACE] FUNCTION or PROCEDURE may have
// a body, and within a body CASE ... END nests.  Two things are narrower than
// in psql, so that names are not taken for the start or the end of a body:
// BEGIN counts only before ATOMIC, and a word behind AS or a dot is a label.
#pragma once

#include <cstddef>
#include <string_view>

#include "support/no_postgres.h"

namespace extman::script {

class RoutineBody {
 public:
  // A statement ended.
  void reset() noexcept { *this = RoutineBody(); }

  // An unquoted word; parenthesised: it stands within parentheses.
  void word(std::string_view text, bool parenthesised) noexcept;

  // Any other token, by its first byte.
  void symbol(char first) noexcept {
    previous_ = first == '.' ? Previous::kLabelNext : Previous::kOther;
  }

  bool inside() const noexcept { return depth_ > 0; }

 private:
  enum class Prefix { kNothing, kCreate, kCreateOr, kCreateOrReplace, kRoutine, kOther };
  enum class Previous { kOther, kBegin, kLabelNext };

  Prefix prefix_ = Prefix::kNothing;
  Previous previous_ = Previous::kOther;
  std::size_t depth_ = 0;  // BEGIN ATOMIC and the CASEs that are open in it
};

}  // namespace extman::script
