// CREATE FUNCTION and CREATE PROCEDURE: what of them decides with whose names and
// rights a body runs.
#pragma once

#include "lint/tokens.h"
#include "support/no_postgres.h"

#include <optional>
#include <string>

namespace extman::lint {

struct Routine {
  std::string name;      // without its schema
  std::string kind;      // "function" or "procedure"
  std::string language;  // in lower case; empty: SQL with a body of its own grammar
  std::size_t line;
  bool definer = false;  // SECURITY DEFINER
  bool leakproof = false;
  bool parsed_body = false;     // RETURN or BEGIN ATOMIC: bound when it is created
  const Token *body = nullptr;  // AS '...': the first string
  bool sets_path = false;
  bool temp_last = false;  // its search_path ends in pg_temp, or is the one of the script
};

// nullopt: the statement is another one.
std::optional<Routine> read_routine(const Tokens &statement);

// The routine that ALTER FUNCTION, PROCEDURE or ROUTINE gives a search_path; or "".
std::string routine_pinned_by(const Tokens &statement);

}  // namespace extman::lint
