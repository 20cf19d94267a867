// Names in a query that the search_path of whoever runs it decides about.
#pragma once

#include "lint/tokens.h"
#include "support/no_postgres.h"

#include <optional>
#include <string>

namespace extman::lint {

struct OpenName {
  enum class Kind { kFunction, kTable, kOperator };
  Kind kind;
  std::string name;
  std::size_t line;
};

// The first function that is called without a schema; if there is none, the first such
// table that is read or written; else the first such operator.  This is told by the words
// alone, so in doubt a name is none: what SQL itself calls like a function is left
// out, and so are names that a WITH clause defines.
//
// assignments: "=" may be one, as in PL/pgSQL.
std::optional<OpenName> find_open_name(const Tokens &tokens, bool assignments);

// "function \"foo\"", for messages.
std::string describe(const OpenName &name);

}  // namespace extman::lint
