#include "lint/superuser.h"

#include "lint/routine.h"
#include "support/translate.h"

#include <algorithm>
#include <array>

namespace extman::lint {

namespace {

Privileged of_routine(const Routine &routine) {
  const std::string &language = routine.language;
  const bool is_function = routine.kind == "function";
  // translator: what a statement does: behind "a trusted package" and "the script"
  if (language == "c" || language == "internal") {
    return {Power::kModule, is_function ? tr("creates a function in language %s", language)
                                        : tr("creates a procedure in language %s", language)};
  }
  static constexpr std::array kUntrusted = {"plperlu",    "plpythonu", "plpython3u",
                                            "plpython2u", "pltclu",    "plsh"};
  if (std::find(kUntrusted.begin(), kUntrusted.end(), language) != kUntrusted.end()) {
    return {Power::kDangerous,
            is_function ? tr("creates a function in the untrusted language %s", language)
                        : tr("creates a procedure in the untrusted language %s", language)};
  }
  if (routine.leakproof)
    return {Power::kSuperuser,
            is_function ? tr("creates a leakproof function") : tr("creates a leakproof procedure")};
  return {Power::kNone, ""};
}

// COPY of a file or a program, not of stdin.
Privileged of_copy(const Tokens &statement) {
  for (std::size_t at = 1; at < statement.size(); ++at) {
    if (statement[at].depth > 0 || !(statement[at].is("from") || statement[at].is("to"))) continue;
    if (statement[at + 1].is("program"))
      return {Power::kDangerous, tr("runs a program on the server")};
    if (statement[at + 1].kind == TokenKind::kString) {
      return {Power::kDangerous, tr("copies a file on the server")};
    }
  }
  return {Power::kNone, ""};
}

Privileged of_create(const Tokens &s) {
  if (s.match(1, {"event", "trigger"})) return {Power::kDangerous, tr("creates an event trigger")};
  if (s.match(1, {"role"}) || s.match(1, {"user"}) || s.match(1, {"group"})) {
    if (s.match(1, {"user", "mapping"})) return {Power::kNone, ""};
    return {Power::kDangerous, tr("creates a role")};
  }
  if (s.match(1, {"foreign", "data"}))
    return {Power::kSuperuser, tr("creates a foreign-data wrapper")};
  if (s.match(1, {"access", "method"})) return {Power::kSuperuser, tr("creates an access method")};
  if (s.match(1, {"operator", "class"}))
    return {Power::kSuperuser, tr("creates an operator class")};
  if (s.match(1, {"operator", "family"}))
    return {Power::kSuperuser, tr("creates an operator family")};
  if (s.match(1, {"text", "search", "parser"}) || s.match(1, {"text", "search", "template"})) {
    return {Power::kSuperuser, tr("creates a text search %s", s[3].text)};
  }
  if (s.match(1, {"type"})) {
    const std::size_t behind = s.behind_name(2);
    if (s[behind].is_symbol('(')) return {Power::kSuperuser, tr("creates a base type")};
  }
  if (s.find(1, {"language"}) < 4 && s.find(1, {"handler"}) < s.size()) {
    return {Power::kSuperuser, tr("creates a language")};
  }
  return {Power::kNone, ""};
}

bool writes_catalog(const Tokens &s) {
  std::size_t at = s.match(0, {"insert", "into"}) || s.match(0, {"delete", "from"}) ? 2
                   : s.match(0, {"update"})                                         ? 1
                                                                                    : 0;
  if (at == 0) return false;
  if (s[at].is("only")) ++at;
  return s.match(at, {"pg_catalog"}) ||
         (s[at].kind == TokenKind::kWord && s[at].text.rfind("pg_", 0) == 0 &&
          !s[at + 1].is_symbol('.'));
}

}  // namespace

Privileged privileged(const Tokens &statement) {
  if (const auto routine = read_routine(statement)) return of_routine(*routine);
  const Token &first = statement[0];
  if (first.is("create")) return of_create(statement);
  if (first.is("copy")) return of_copy(statement);
  if (first.is("load")) return {Power::kDangerous, tr("loads a library")};
  if (first.is("security")) return {Power::kNone, ""};
  if (first.is("alter") && (statement[1].is("role") || statement[1].is("user")) &&
      !statement[2].is("mapping")) {
    return {Power::kDangerous, tr("alters a role")};
  }
  if (statement.match(0, {"alter", "system"})) return {Power::kDangerous, tr("alters the system")};
  if (first.is("grant") && statement.find(1, {"on"}) == statement.size()) {
    return {Power::kDangerous, tr("grants a role")};
  }
  if (writes_catalog(statement)) return {Power::kDangerous, tr("writes to a system catalog")};
  return {Power::kNone, ""};
}

}  // namespace extman::lint
