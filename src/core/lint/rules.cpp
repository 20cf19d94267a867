#include "lint/rules.h"

#include "lint/names.h"
#include "lint/routine.h"
#include "support/quote.h"
#include "support/translate.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace extman::lint {

namespace {

using support::quoted;

std::string upper(const std::string &word) {
  std::string result = word;
  for (char &c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

// Whether the script could run as a superuser.
bool is_powerful(const control::ControlFile *control) {
  return control != nullptr && (control->superuser || control->trusted);
}

// What a statement does that no transaction may hold; or "".
std::string outside_transactions(const Tokens &s) {
  if (s[0].is("vacuum")) return "VACUUM";
  if (s.match(0, {"alter", "system"})) return "ALTER SYSTEM";
  if (s[0].is("create") || s[0].is("drop")) {
    if (s[1].is("database") || s[1].is("tablespace")) return upper(s[0].text + " " + s[1].text);
    const std::size_t at = s[1].is("unique") ? 2 : 1;
    if (s.match(at, {"index", "concurrently"})) return upper(s[0].text) + " INDEX CONCURRENTLY";
  }
  if (s[0].is("reindex") && s.find(1, {"concurrently"}) < s.size()) return "REINDEX CONCURRENTLY";
  return "";
}

bool is_absolute(const Token &token) {
  return token.kind == TokenKind::kString && token.text.size() > 1 && token.text[0] == '/';
}

bool takes_path(const Token &token) {
  static constexpr std::array kFunctions = {"lo_import",    "pg_execute_from_file",
                                            "pg_ls_dir",    "pg_read_binary_file",
                                            "pg_read_file", "pg_stat_file"};
  return token.kind == TokenKind::kWord &&
         std::find(kFunctions.begin(), kFunctions.end(), token.text) != kFunctions.end();
}

// A file that the statement names by its absolute path, or nullptr.
const Token *absolute_path(const Tokens &s) {
  const bool copy = s[0].is("copy");
  for (std::size_t at = 1; at < s.size(); ++at) {
    if (!is_absolute(s[at])) continue;
    const Token &before = s[at - 1];
    if (copy && s[at].depth == 0 && (before.is("from") || before.is("to"))) return &s[at];
    if (before.is("load")) return &s[at];
    if (before.is_symbol('(') && at >= 2 && takes_path(s[at - 2])) return &s[at];
  }
  const auto routine = read_routine(s);
  const bool module = routine && routine->language == "c" && routine->body != nullptr;
  return module && is_absolute(*routine->body) ? routine->body : nullptr;
}

bool depends_on(const control::ControlFile &control, std::string_view name) {
  for (const control::Alternatives &alternatives : control.depends) {
    for (const control::Relation &relation : alternatives) {
      if (relation.name == name) return true;
    }
  }
  return false;
}

std::size_t line_at(const Statement &statement, std::size_t offset) {
  return statement.line + static_cast<std::size_t>(std::count(
                              statement.text.begin(),
                              statement.text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

// @extschema:NAME@ of packages that are not among the dependencies.
void check_foreign_schemas(const Statement &statement, std::vector<Finding> &findings) {
  constexpr std::string_view kStart = "@extschema:";
  for (std::size_t at = statement.text.find(kStart); at != std::string_view::npos;
       at = statement.text.find(kStart, at + 1)) {
    const std::size_t begin = at + kStart.size();
    const std::size_t end = statement.text.find('@', begin);
    if (end == std::string_view::npos) return;
    const std::string_view name = statement.text.substr(begin, end - begin);
    if (depends_on(*statement.control, name)) continue;
    findings.push_back(
        {line_at(statement, at), Severity::kError,
         tr("the schema of %s is asked for, but the package does not depend on it", quoted(name)),
         tr("Name it as \"depends\" in the control file.")});
  }
}

}  // namespace

void check_transaction(const Statement &statement, std::vector<Finding> &findings) {
  const Tokens &s = statement.tokens;
  static constexpr std::array kFirst = {"abort",   "begin",    "commit",   "end",
                                        "release", "rollback", "savepoint"};
  const bool control =
      s[0].kind == TokenKind::kWord &&
      (std::find(kFirst.begin(), kFirst.end(), s[0].text) != kFirst.end() ||
       s.match(0, {"start", "transaction"}) || s.match(0, {"prepare", "transaction"}));
  if (control) {
    findings.push_back({statement.line, Severity::kError,
                        tr("transaction control is not allowed in a script: %s", upper(s[0].text)),
                        tr("Remove it: a script runs in the transaction of the request.")});
    return;
  }
  const std::string command = outside_transactions(s);
  if (command.empty()) return;
  findings.push_back({statement.line, Severity::kError, tr("%s cannot run in a script", command),
                      tr("A script runs in the transaction of the request.")});
}

void check_commands_on_extensions(const Statement &statement, std::vector<Finding> &findings) {
  const Tokens &s = statement.tokens;
  if (!(s[0].is("create") || s[0].is("drop")) || !s[1].is("extension")) return;
  findings.push_back(
      {statement.line, Severity::kError,
       tr("%s is not allowed in a script", upper(s[0].text) + " EXTENSION"),
       s[0].is("create")
           ? tr("Name what the package needs as \"depends\" in the control file.")
           : tr("Name what must not be there as \"conflicts\" in the control file.")});
}

void check_if_not_exists(const Statement &statement, std::vector<Finding> &findings) {
  const Tokens &s = statement.tokens;
  if (!s[0].is("create") || statement.role == Role::kUninstall) return;
  const std::size_t at = s.find(1, {"if", "not", "exists"});
  if (at < s.size() && at < 5) {
    findings.push_back({statement.line, Severity::kWarning,
                        tr("CREATE ... IF NOT EXISTS takes what happens to have the name"),
                        tr("Write CREATE, so that a name that is taken is an error.")});
  }
}

void check_cascade(const Statement &statement, std::vector<Finding> &findings) {
  const Tokens &s = statement.tokens;
  if (statement.role == Role::kInstall || !s[0].is("drop") || !s[s.size() - 1].is("cascade"))
    return;
  findings.push_back({statement.line, Severity::kWarning,
                      tr("DROP ... CASCADE takes along what users have made"),
                      tr("Drop the objects of the package one by one, in the right order.")});
}

void check_paths(const Statement &statement, std::vector<Finding> &findings) {
  const Token *path = absolute_path(statement.tokens);
  if (path == nullptr) return;
  const bool module = read_routine(statement.tokens).has_value();
  findings.push_back({path->line, Severity::kWarning,
                      tr("absolute file name %s", quoted(path->text)),
                      module ? tr("Set module_pathname in the control file to '$libdir/NAME', and "
                                  "write 'MODULE_PATHNAME'.")
                             : tr("It is another one on other machines.")});
}

void check_public(const Statement &statement, std::vector<Finding> &findings) {
  const Tokens &s = statement.tokens;
  if (statement.control != nullptr && statement.control->schema == "public") return;
  for (std::size_t at = 0; at < s.size(); ++at) {
    if (!s[at].is("public") || !s[at + 1].is_symbol('.')) continue;
    findings.push_back(
        {s[at].line, Severity::kNotice, tr("the schema public is named"),
         tr("The package may be installed in another one: write @extschema@, or leave "
            "the schema out.")});
    return;
  }
}

void check_script_tokens(const Statement &statement, std::vector<Finding> &findings) {
  if (statement.control == nullptr) return;
  std::size_t at = statement.text.find("@extschema@");
  if (at != std::string_view::npos && statement.control->relocatable) {
    findings.push_back(
        {line_at(statement, at), Severity::kError,
         tr("@extschema@ is not replaced in a relocatable package"),
         tr("Set relocatable to false in the control file, or leave the schema out.")});
  }
  at = statement.text.find("MODULE_PATHNAME");
  if (at != std::string_view::npos && !statement.control->module_pathname) {
    findings.push_back({line_at(statement, at), Severity::kError,
                        tr("MODULE_PATHNAME stands for nothing"),
                        tr("Set module_pathname in the control file, to '$libdir/NAME'.")});
  }
  check_foreign_schemas(statement, findings);
}

void check_open_calls(const Statement &statement, std::vector<Finding> &findings) {
  const Tokens &s = statement.tokens;
  if (!is_powerful(statement.control)) return;
  std::optional<OpenName> open;
  if (s[0].is("do")) {
    for (std::size_t at = 1; at < s.size(); ++at) {
      if (s[at].kind != TokenKind::kString || s[at - 1].is("language")) continue;
      // It pins the path itself.
      if (s[at].text.find("search_path") != std::string::npos) return;
      open = find_open_name(Tokens(s[at].text, s[at].line), true);
    }
  } else if (s[0].is("select") || s[0].is("insert") || s[0].is("update") || s[0].is("delete") ||
             s[0].is("with") || s[0].is("call")) {
    open = find_open_name(s, false);
  }
  if (!open || open->kind != OpenName::Kind::kFunction) return;
  findings.push_back(
      {open->line, statement.control->trusted ? Severity::kWarning : Severity::kNotice,
       tr("the script may run as a superuser, and calls %s without a schema", describe(*open)),
       tr("A better fitting function in the target schema would be called instead: write "
          "pg_catalog.%1$s or @extschema@.%1$s.",
          open->name)});
}

}  // namespace extman::lint
