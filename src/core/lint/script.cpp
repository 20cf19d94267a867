#include "lint/script.h"

#include "lint/names.h"
#include "lint/routine.h"
#include "lint/rules.h"
#include "lint/superuser.h"
#include "script/splitter.h"
#include "support/error.h"
#include "support/quote.h"
#include "support/translate.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace extman::lint {

namespace {

using support::quoted;

constexpr const char *kPin = tr_noop(
    "Add SET search_path = pg_catalog, pg_temp (with @extschema@ before pg_temp, where it "
    "is needed), or give it a body that is bound when it is created: RETURN or BEGIN "
    "ATOMIC.");

// Whether inline data follows.
bool is_copy_from_stdin(const Tokens &s) {
  return s[0].is("copy") && s.find(1, {"from", "stdin"}) < s.size();
}

// "work_mem", "foo.limit".
std::string setting_name(const Tokens &s, std::size_t at) {
  std::string name = s[at].text;
  for (; s[at + 1].is_symbol('.'); at += 2) name += "." + s[at + 2].text;
  return name;
}

// Calls a function with each statement, and with what is none.
template <class OnStatement, class OnMeta>
void for_each_statement(std::string_view text, support::Budget &budget, OnStatement on_statement,
                        OnMeta on_meta) {
  script::Splitter splitter(true);
  splitter.feed(text, true);
  for (;;) {
    const script::Piece piece = splitter.next();
    budget.poll();
    if (piece.kind == script::PieceKind::kEnd) return;
    const auto line = static_cast<std::size_t>(piece.line);
    if (piece.kind == script::PieceKind::kMeta) {
      on_meta(piece.text, line);
    } else if (piece.kind == script::PieceKind::kStatement) {
      if (on_statement(piece.text, line)) splitter.expect_copy();
    }
  }
}

// What can be said only when the statements behind are known, too.
class Linter {
 public:
  Linter(Role role, const control::ControlFile *control) : role_(role), control_(control) {}

  // True: inline data follows.
  bool statement(std::string_view text, std::size_t line) {
    const Statement statement{text, line, Tokens(text, line), role_, control_};
    check_transaction(statement, findings_);
    check_commands_on_extensions(statement, findings_);
    check_if_not_exists(statement, findings_);
    check_cascade(statement, findings_);
    check_paths(statement, findings_);
    check_public(statement, findings_);
    check_script_tokens(statement, findings_);
    check_open_calls(statement, findings_);
    check_or_replace(statement.tokens, line);
    check_set(statement.tokens, line);
    check_routine(statement.tokens);
    check_power(statement.tokens, line);
    return is_copy_from_stdin(statement.tokens);
  }

  void meta(std::string_view text, std::size_t line) {
    const std::string command(text.substr(0, text.find_first_of(" \t")));
    add(line, Severity::kError,
        tr("psql's commands are not allowed in a script: %s", quoted(command)),
        tr("The server executes scripts, not psql; only lines that start with \\echo are "
           "skipped."));
  }

  void bad_input(const support::BadInput &bad) {
    add(bad.line(), Severity::kError, bad.what(), bad.hint());
  }

  std::vector<Finding> finish() {
    for (const auto &[name, finding] : settings_) findings_.push_back(finding);
    for (const auto &[name, finding] : routines_) findings_.push_back(finding);
    finish_modules();
    std::stable_sort(findings_.begin(), findings_.end(),
                     [](const Finding &a, const Finding &b) { return a.line < b.line; });
    return std::move(findings_);
  }

 private:
  void add(std::size_t line, Severity severity, std::string message, std::string hint) {
    findings_.push_back({line, severity, std::move(message), std::move(hint)});
  }

  // An install script may replace what it has made itself.
  void check_or_replace(const Tokens &s, std::size_t line) {
    if (!s[0].is("create")) return;
    const bool replaces = s.match(1, {"or", "replace"});
    const std::size_t kind = replaces ? 3 : 1;
    const std::string name = s[kind].text + " " + s[s.behind_name(kind + 1) - 1].text;
    if (replaces && role_ == Role::kInstall && created_.count(name) == 0) {
      add(line, Severity::kWarning, tr("CREATE OR REPLACE in an install script"),
          tr("Nothing of the package is there yet, so there is nothing to replace but what belongs "
             "to "
             "others: write CREATE."));
    }
    created_.insert(name);
  }

  void check_set(const Tokens &s, std::size_t line) {
    if (s[0].is("reset")) {
      if (s[1].is("all")) settings_.clear();
      settings_.erase(setting_name(s, 1));
      return;
    }
    if (!s[0].is("set")) return;
    const bool local = s[1].is("local");
    const std::size_t at = local || s[1].is("session") ? 2 : 1;
    if (s[at].is("constraints") || s[at].is("transaction") || s[at].is("characteristics")) return;
    if (s[at].is("role") || s[at].is("authorization")) {
      add(line, Severity::kWarning, tr("the script changes the current user"),
          tr("Where it runs with other rights than the caller's, that is refused."));
    } else if (s[at].is("search_path")) {
      add(line, Severity::kWarning,
          tr("search_path is pinned while a script runs, and this one changes it"),
          tr("Write the schemas of names instead."));
    } else if (!local) {
      const std::string name = setting_name(s, at);
      if (s[s.behind_name(at) + 1].is("default")) {
        settings_.erase(name);
      } else {
        settings_.insert(
            {name,
             {line, Severity::kNotice, tr("the setting %s is not restored", quoted(name)),
              tr("Under core's CREATE EXTENSION it would outlive the script: write SET LOCAL.")}});
      }
    }
  }

  void check_routine(const Tokens &s) {
    const std::string pinned = routine_pinned_by(s);
    if (!pinned.empty()) routines_.erase(pinned);

    const auto routine = read_routine(s);
    if (!routine || routine->language == "c" || routine->language == "internal") return;
    if (routine->definer) {
      check_definer(*routine);
    } else if (!routine->sets_path && !routine->parsed_body && routine->body != nullptr) {
      check_body(*routine);
    }
  }

  static std::string describe(const Routine &routine) {
    const std::string name = quoted(routine.name);
    return routine.kind == "function" ? tr("function %s", name) : tr("procedure %s", name);
  }
  static std::string describe(const OpenName &name) { return lint::describe(name); }

  void check_definer(const Routine &routine) {
    const std::string what = describe(routine);
    if (!routine.sets_path) {
      note(routine, {routine.line, routine.parsed_body ? Severity::kWarning : Severity::kError,
                     tr("%s is SECURITY DEFINER and sets no search_path", what),
                     tr("Its callers decide what its names mean. Add SET search_path = pg_catalog, "
                        "pg_temp, with @extschema@ before pg_temp where it is needed.")});
    } else if (!routine.temp_last) {
      note(routine,
           {routine.line, Severity::kWarning,
            tr("the search_path of %s, which is SECURITY DEFINER, does not end in pg_temp", what),
            tr("Temporary tables of its callers are found first, unless pg_temp is named, "
               "last of all.")});
    }
    if (control_ != nullptr && control_->trusted && role_ != Role::kUninstall) {
      add(routine.line, Severity::kWarning,
          tr("a trusted package creates %s, which is SECURITY DEFINER", what),
          tr("It will run as the bootstrap superuser, for everybody who may call it."));
    }
  }

  void check_body(const Routine &routine) {
    const bool plpgsql = routine.language == "plpgsql";
    if (!plpgsql && routine.language != "sql") return;
    // It pins the path itself.
    if (routine.body->text.find("search_path") != std::string::npos) return;
    const auto open = find_open_name(Tokens(routine.body->text, routine.body->line), plpgsql);
    if (!open) return;
    note(routine, {open->line,
                   open->kind == OpenName::Kind::kOperator ? Severity::kNotice : Severity::kWarning,
                   tr("%s sets no search_path, and uses %s without a schema", describe(routine),
                      describe(*open)),
                   tr(kPin)});
  }

  // Kept until it is known that no ALTER FUNCTION follows.
  void note(const Routine &routine, Finding finding) {
    routines_.insert({routine.name, std::move(finding)});
  }

  void check_power(const Tokens &s, std::size_t line) {
    if (control_ == nullptr || role_ == Role::kUninstall) return;
    const Privileged found = privileged(s);
    if (found.power == Power::kNone) return;
    if (control_->trusted) {
      if (found.power == Power::kDangerous) {
        add(line, Severity::kWarning, tr("a trusted package %s", found.what),
            tr("Whoever has CREATE on the database installs it, with the rights of a superuser."));
      } else if (found.power == Power::kModule && modules_++ == 0) {
        module_line_ = line;
      }
    } else if (!control_->superuser) {
      add(line, Severity::kWarning,
          tr("the script %s, but the control file says superuser = false", found.what),
          tr("Only superusers can install it: say superuser = true."));
    }
  }

  void finish_modules() {
    if (modules_ == 0) return;
    add(module_line_, Severity::kNotice,
        tr("a trusted package creates functions in language c: %s", std::to_string(modules_)),
        tr("Any user with CREATE on the database comes to call them: each must be safe for any "
           "arguments."));
  }

  Role role_;
  const control::ControlFile *control_;
  std::vector<Finding> findings_;
  std::set<std::string> created_;                 // "function f"
  std::multimap<std::string, Finding> settings_;  // set, and not restored so far
  std::multimap<std::string, Finding> routines_;  // whose search_path is open so far
  std::size_t modules_ = 0;
  std::size_t module_line_ = 0;
};

}  // namespace

std::vector<Finding> lint_script(std::string_view text, Role role,
                                 const control::ControlFile *control, support::Budget &budget) {
  Linter linter(role, control);
  try {
    for_each_statement(
        text, budget,
        [&](std::string_view statement, std::size_t line) {
          return linter.statement(statement, line);
        },
        [&](std::string_view meta, std::size_t line) { linter.meta(meta, line); });
  } catch (const support::BadInput &bad) {
    linter.bad_input(bad);
  }
  return linter.finish();
}

std::size_t first_breaking_line(std::string_view text, support::Budget &budget) {
  std::size_t first = 0;
  for_each_statement(
      text, budget,
      [&](std::string_view statement, std::size_t line) {
        const Tokens s(statement, line);
        const bool breaks = s[0].is("drop") && !s[1].is("trigger") && !s[1].is("index");
        const bool renames = s[0].is("alter") && s.find(1, {"rename"}) < s.size();
        if (first == 0 && (breaks || renames)) first = line;
        return is_copy_from_stdin(s);
      },
      [](std::string_view, std::size_t) {});
  return first;
}

}  // namespace extman::lint
