// Semicolons within BEGIN ATOMIC ... END.
#include "script/splitting.h"

#include <gtest/gtest.h>

namespace extman::script {
namespace {

using Texts = std::vector<std::string>;

// The statement comes out whole, and so does the one behind it.
void expect_whole(const std::string &statement) {
  EXPECT_EQ((Texts{statement, "select 1"}), texts(statement + ";\nselect 1;"));
}

TEST(SplitterRoutineBody, HoldsItsSemicolons) {
  expect_whole("create function f() returns int begin atomic select 1; select 2; end");
  expect_whole("CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC; SELECT 1; END");
  expect_whole("create procedure p() Begin\n-- ;\natomic insert into t values (1); end");
  expect_whole("create or replace procedure p() begin atomic end");
}

TEST(SplitterRoutineBody, CaseNests) {
  expect_whole(
      "create function f() returns int begin atomic "
      "select case when a then case b when 1 then 2 end else 3 end; select 4; end");
  expect_whole(
      "create function f() returns int begin atomic "
      "select (case when a then 1 end); select 4; end");
  // CASE before the body is no business of it.
  expect_whole(
      "create function f(a int default case when true then 1 end) returns int "
      "begin atomic select 1; end");
}

TEST(SplitterRoutineBody, QuotedWordsDoNotCount) {
  expect_whole(
      "create function f() returns int begin atomic "
      "select 'end', \"end\", $$end$$ /* end */; select 1; end");
  EXPECT_EQ((Texts{"create function f() as 'begin atomic'", "select 1"}),
            texts("create function f() as 'begin atomic';select 1"));
}

TEST(SplitterRoutineBody, LabelsDoNotCount) {
  expect_whole("create function f() returns int begin atomic select 1 as end; select 2; end");
  expect_whole("create function f() returns int begin atomic select t.case from t; end");
  expect_whole("create function f() returns int begin atomic select t.end as \"case\"; end");
}

TEST(SplitterRoutineBody, BeginAsANameStartsNoBody) {
  expect_whole("create function begin() returns int language sql as $$select 1$$");
  expect_whole("create function begin.atomic() returns int language sql as $$select 1$$");
  expect_whole("create function f(begin atomic) returns int language sql as $$select 1$$");
}

TEST(SplitterRoutineBody, OtherStatementsHaveNone) {
  EXPECT_EQ((Texts{"begin atomic", "select 1", "end"}), texts("begin atomic;select 1;end;"));
  EXPECT_EQ((Texts{"create view v as select begin atomic", "end"}),
            texts("create view v as select begin atomic;end"));
  EXPECT_EQ((Texts{"x create function f() begin atomic", "end"}),
            texts("x create function f() begin atomic;end"));
  EXPECT_EQ((Texts{"create or function f() begin atomic", "end"}),
            texts("create or function f() begin atomic;end"));
  EXPECT_EQ((Texts{"(create function f) begin atomic", "end"}),
            texts("(create function f) begin atomic;end"));
}

TEST(SplitterRoutineBody, TheNextStatementStartsAfresh) {
  EXPECT_EQ((Texts{"create function f() begin atomic; end", "begin atomic", "a"}),
            texts("create function f() begin atomic; end; begin atomic; a"));
}

}  // namespace
}  // namespace extman::script
