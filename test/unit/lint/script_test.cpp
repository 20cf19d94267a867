#include "lint/script.h"

#include <gtest/gtest.h>

#include <string>

using extman::control::ControlFile;
using extman::lint::Finding;
using extman::lint::first_breaking_line;
using extman::lint::lint_script;
using extman::lint::Role;
using extman::support::Budget;

namespace {

// "LINE MESSAGE", a line for each finding.
std::string lint(const std::string &text, Role role = Role::kInstall,
                 const ControlFile *control = nullptr) {
  Budget budget;
  std::string result;
  for (const Finding &finding : lint_script(text, role, control, budget)) {
    result += std::to_string(finding.line) + " " + finding.message + "\n";
  }
  return result;
}

ControlFile control_of(bool superuser, bool trusted) {
  ControlFile control;
  control.name = "foo";
  control.version = "1.0";
  control.superuser = superuser;
  control.trusted = trusted;
  return control;
}

TEST(LintScript, SaysNothingOfAGoodScript) {
  EXPECT_EQ(lint("\\echo x\nCREATE TABLE t (a int);\nCREATE FUNCTION f() RETURNS int LANGUAGE sql "
                 "RETURN 1;\nCOPY t FROM stdin;\nBEGIN\n\\.\nSELECT 1;"),
            "");
}

TEST(LintScript, SkipsInlineDataOnly) {
  EXPECT_EQ(lint("COPY t FROM stdin;\n\\i a\n\\.\nCOMMIT;"),
            "4 transaction control is not allowed in a script: COMMIT\n");
}

TEST(LintScript, KnowsBodiesFromTransactions) {
  EXPECT_EQ(lint("CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END;\nEND;"),
            "2 transaction control is not allowed in a script: END\n");
}

TEST(LintScript, ForgetsSettingsThatAreRestored) {
  EXPECT_EQ(lint("SET foo.a = 1; SET b = 2; RESET foo.a; SET b TO DEFAULT;"), "");
  EXPECT_EQ(lint("SET foo.a = 1; RESET foo.b;"), "1 the setting \"foo.a\" is not restored\n");
  EXPECT_EQ(lint("SET a = 1;\nSET b = 1;\nRESET ALL;"), "");
}

TEST(LintScript, TellsUpgradesFromInstalls) {
  EXPECT_EQ(lint("CREATE OR REPLACE FUNCTION f() RETURNS int RETURN 1", Role::kUpgrade), "");
  EXPECT_EQ(lint("DROP TABLE t CASCADE", Role::kInstall), "");
  EXPECT_EQ(lint("DROP TABLE t CASCADE", Role::kUninstall),
            "1 DROP ... CASCADE takes along what users have made\n");
}

TEST(LintScript, LetsAScriptReplaceItsOwn) {
  const std::string one = "CREATE FUNCTION s.f() RETURNS int RETURN 1;\n";
  EXPECT_EQ(lint(one + "CREATE OR REPLACE FUNCTION f() RETURNS int RETURN 2"), "");
  EXPECT_EQ(lint(one + "CREATE OR REPLACE VIEW f AS SELECT 2"),
            "2 CREATE OR REPLACE in an install script\n");
}

TEST(LintScript, ReadsAllClausesOfARoutine) {
  const std::string head = "CREATE FUNCTION s.f(a int DEFAULT g(1)) RETURNS TABLE (\"set\" int) ";
  EXPECT_EQ(lint(head + "AS 'SELECT h()' LANGUAGE sql"),
            "1 function \"f\" sets no search_path, and uses function \"h\" without a schema\n");
  EXPECT_EQ(lint(head + "AS 'SELECT h()' LANGUAGE 'sql' SET search_path TO a, pg_temp"), "");
  EXPECT_EQ(lint(head + "AS 'x', 'y' LANGUAGE C SECURITY DEFINER"), "");
  EXPECT_EQ(
      lint(head + "LANGUAGE sql SECURITY DEFINER SET search_path = a, 'pg_temp' AS 'SELECT 1'"),
      "");
  EXPECT_EQ(lint(head + "LANGUAGE sql SECURITY DEFINER SET search_path = pg_temp, a AS 'SELECT 1'"),
            "1 the search_path of function \"f\", which is SECURITY DEFINER, does not end in "
            "pg_temp\n");
}

TEST(LintScript, GivesLinesWithinBodies) {
  EXPECT_EQ(lint("\nCREATE FUNCTION f() RETURNS int LANGUAGE sql\nAS $$\nSELECT\n  g()\n$$;"),
            "5 function \"f\" sets no search_path, and uses function \"g\" without a schema\n");
}

TEST(LintScript, AsksWhoseRightsTheScriptHas) {
  const ControlFile super = control_of(true, false);
  const ControlFile trusted = control_of(true, true);
  const ControlFile user = control_of(false, false);
  const std::string trigger = "CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION s.f()";
  EXPECT_EQ(lint(trigger, Role::kInstall, &super), "");
  EXPECT_EQ(lint(trigger, Role::kInstall, &trusted),
            "1 a trusted package creates an event trigger\n");
  EXPECT_EQ(lint(trigger, Role::kInstall, &user),
            "1 the script creates an event trigger, but the control file says superuser = false\n");
  EXPECT_EQ(lint("SELECT f()", Role::kInstall, &user), "");
  EXPECT_EQ(lint("SELECT f()", Role::kInstall, &trusted),
            "1 the script may run as a superuser, and calls function \"f\" without a schema\n");
}

TEST(LintScript, FindsWhatAnUpdateTakesAway) {
  Budget budget;
  EXPECT_EQ(first_breaking_line("CREATE VIEW v AS SELECT 1;\nDROP VIEW v;", budget), 2U);
  EXPECT_EQ(first_breaking_line("ALTER TABLE t RENAME COLUMN a TO b", budget), 1U);
  EXPECT_EQ(first_breaking_line("ALTER TABLE t ADD COLUMN a int; DROP INDEX i", budget), 0U);
  EXPECT_EQ(first_breaking_line("COPY t FROM stdin;\nDROP VIEW v;\n\\.\n", budget), 0U);
}

TEST(LintScript, StopsWhenItIsAskedTo) {
  Budget budget([](void *) { return true; }, nullptr, 0, 0);
  EXPECT_THROW(lint_script("SELECT 1", Role::kInstall, nullptr, budget),
               extman::support::Cancelled);
}

TEST(LintScript, TakesAnyText) {
  for (const char *text : {"", ";", "'", "CREATE", "CREATE FUNCTION", "SET", "RESET", "DO", "COPY",
                           "ALTER FUNCTION", "DROP", "@extschema:", "CREATE OR REPLACE",
                           "CREATE FUNCTION f( AS", "SET search_path", "COPY t FROM stdin; x"}) {
    const ControlFile control = control_of(true, true);
    EXPECT_NO_THROW(lint(text, Role::kUpgrade, &control)) << text;
  }
}

}  // namespace
