#include "lint/routine.h"

namespace extman::lint {

namespace {

// SET search_path TO|= a, b ... or FROM CURRENT; at: of SET.
void read_set(const Tokens &statement, std::size_t at, Routine &routine) {
  if (!statement[at + 1].is("search_path")) return;
  routine.sets_path = true;
  if (statement.match(at + 2, {"from", "current"})) {
    routine.temp_last = true;
    return;
  }
  // The last of the list: values are split by commas, and nothing else is.
  std::size_t value = at + 3;
  while (statement[value + 1].is_symbol(',')) value += 2;
  const Token &last = statement[value];
  routine.temp_last = last.text == "pg_temp";
}

}  // namespace

std::optional<Routine> read_routine(const Tokens &statement) {
  if (!statement[0].is("create")) return std::nullopt;
  std::size_t at = statement.match(1, {"or", "replace"}) ? 3 : 1;
  if (!statement[at].is("function") && !statement[at].is("procedure")) return std::nullopt;

  Routine routine;
  routine.kind = statement[at].text;
  routine.line = statement[0].line;
  at = statement.behind_name(at + 1);
  routine.name = statement[at - 1].text;
  for (; at < statement.size() && !routine.parsed_body; ++at) {
    const Token &token = statement[at];
    if (token.depth > 0 || token.kind != TokenKind::kWord) continue;
    if (token.text == "language") {
      ++at;
      routine.language = statement[at].text;
    } else if (token.text == "security" && statement[at + 1].is("definer")) {
      routine.definer = true;
    } else if (token.text == "leakproof" && !statement[at - 1].is("not")) {
      routine.leakproof = true;
    } else if (token.text == "set") {
      read_set(statement, at, routine);
    } else if (token.text == "as" && statement[at + 1].kind == TokenKind::kString) {
      routine.body = &statement[at + 1];
    } else if (token.text == "return" || statement.match(at, {"begin", "atomic"})) {
      routine.parsed_body = true;
    }
  }
  return routine;
}

std::string routine_pinned_by(const Tokens &statement) {
  if (!statement[0].is("alter") || !(statement[1].is("function") || statement[1].is("procedure") ||
                                     statement[1].is("routine"))) {
    return "";
  }
  const std::size_t behind = statement.behind_name(2);
  return statement.find(behind, {"set", "search_path"}) < statement.size()
             ? statement[behind - 1].text
             : "";
}

}  // namespace extman::lint
