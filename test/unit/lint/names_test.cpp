#include "lint/names.h"

#include <gtest/gtest.h>

#include <string>

using extman::lint::describe;
using extman::lint::find_open_name;
using extman::lint::Tokens;

namespace {

std::string open(const std::string &text, bool assignments = false) {
  const auto name = find_open_name(Tokens(text, 1), assignments);
  return name ? describe(*name) : "";
}

TEST(LintNames, FindsCallsBeforeTablesBeforeOperators) {
  EXPECT_EQ(open("SELECT a + 1 FROM t WHERE f(a)"), "function \"f\"");
  EXPECT_EQ(open("SELECT a + 1 FROM t"), "table \"t\"");
  EXPECT_EQ(open("SELECT a + 1"), "operator \"+\"");
  EXPECT_EQ(open("SELECT a"), "");
}

TEST(LintNames, LeavesQualifiedNamesAlone) {
  EXPECT_EQ(open("SELECT s.f(x.a) FROM s.t JOIN @extschema@.u ON true"), "");
  EXPECT_EQ(open("SELECT a OPERATOR(pg_catalog.+) b"), "");
}

TEST(LintNames, LeavesGrammarAlone) {
  for (const char *text :
       {"SELECT count.* FROM s.t AS t (a, b) WHERE a IN (1, 2) AND EXISTS (SELECT 1)",
        "SELECT COALESCE(a, NULLIF(b, c)), CAST(a AS numeric(10, 2)), a::varchar(10)",
        "SELECT EXTRACT(year FROM a), trim(BOTH FROM b), a IS DISTINCT FROM b",
        "SELECT substring((w.a) FROM b)",
        "INSERT INTO s.t (a) VALUES (1) ON CONFLICT (a) DO NOTHING",
        "WITH RECURSIVE w (a) AS (SELECT 1) SELECT * FROM w",
        "WITH w AS MATERIALIZED (SELECT 1) SELECT a FROM w"}) {
    EXPECT_EQ(open(text), "") << text;
  }
}

TEST(LintNames, FindsTablesOfQueriesWithinCalls) {
  EXPECT_EQ(open("SELECT trim((SELECT a FROM t))"), "table \"t\"");
}

// Each of these would take minutes if names were looked up one by one.
TEST(LintNames, TakesTimeInProportion) {
  std::string names = "WITH f (a) AS (SELECT 1) SELECT extract(";
  for (int i = 0; i < 100000; ++i) names += "f (x) FROM y ";
  EXPECT_EQ(open(names), "");
}

TEST(LintNames, SeesAssignments) {
  EXPECT_EQ(open("BEGIN a := 1; b = 2; END", true), "");
  EXPECT_EQ(open("BEGIN a := f(1); END", true), "function \"f\"");
  EXPECT_EQ(open("SELECT 1 WHERE a = b", false), "operator \"=\"");
}

TEST(LintNames, FindsTablesThatAreWritten) {
  EXPECT_EQ(open("INSERT INTO t VALUES (1)"), "table \"t\"");
  EXPECT_EQ(open("UPDATE t SET a = 1"), "table \"t\"");
  EXPECT_EQ(open("DELETE FROM t"), "table \"t\"");
}

}  // namespace
