#include "control/relation.h"
#include "support/error.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace extman::control {
namespace {

using version::Operator;

// "line:column message", or the canonical spelling when there is no error.
template <typename Parse>
std::string outcome(Parse parse) {
  try {
    return parse();
  } catch (const support::BadInput &error) {
    EXPECT_FALSE(error.hint().empty()) << error.what();
    return std::to_string(error.line()) + ":" + std::to_string(error.column()) + " " + error.what();
  }
}

std::string request(std::string_view text) {
  return outcome([text] { return to_string(parse_request(text)); });
}

std::string constraints(std::string_view text) {
  return outcome([text] { return to_string(Relation{"x", parse_constraints(text)}); });
}

TEST(Relation, ReadsIntoItsParts) {
  const std::vector<Alternatives> result = parse_request("foo, bar (>= 1.1, << 2) | baz");
  ASSERT_EQ(result.size(), 2u);
  ASSERT_EQ(result[0].size(), 1u);
  EXPECT_EQ(result[0][0].name, "foo");
  EXPECT_TRUE(result[0][0].constraints.empty());
  ASSERT_EQ(result[1].size(), 2u);
  EXPECT_EQ(result[1][0].name, "bar");
  ASSERT_EQ(result[1][0].constraints.size(), 2u);
  EXPECT_EQ(result[1][0].constraints[0].op, Operator::kGreaterEqual);
  EXPECT_EQ(result[1][0].constraints[0].version, "1.1");
  EXPECT_EQ(result[1][0].constraints[1].op, Operator::kLess);
  EXPECT_EQ(result[1][0].constraints[1].version, "2");
  EXPECT_EQ(result[1][1].name, "baz");
}

TEST(Relation, EverySpellingOfAnOperator) {
  const std::vector<std::pair<std::string, std::string>> spellings = {
      {"<", "<"}, {"<<", "<"}, {"<=", "<="}, {"=", "="},
      {">", ">"}, {">>", ">"}, {">=", ">="}, {"!=", "!="},
  };
  for (const auto &[spelling, canonical] : spellings) {
    EXPECT_EQ(request("a (" + spelling + " 1)"), "a (" + canonical + " 1)");
    EXPECT_EQ(request("a(" + spelling + "1)"), "a (" + canonical + " 1)");
    EXPECT_EQ(constraints(spelling + "1"), "x (" + canonical + " 1)");
  }
}

TEST(Relation, WhiteSpaceBetweenPartsIsFree) {
  EXPECT_EQ(request(" \t a(>=1,<2)|b\n,\r\n c ( = 3 ) \n"), "a (>= 1, < 2) | b, c (= 3)");
  EXPECT_EQ(request("a,b|c"), "a, b | c");
}

TEST(Relation, NamesNeedNoQuotes) {
  EXPECT_EQ(request("uuid-ossp, Foo.Bar|k\xC3\xA4se (= 1:1.0~rc1-2), wow!, hash#tag"),
            "uuid-ossp, Foo.Bar | k\xC3\xA4se (= 1:1.0~rc1-2), wow!, hash#tag");
}

TEST(Relation, MayNameOnePackageTwice) { EXPECT_EQ(request("a (>= 1), a"), "a (>= 1), a"); }

TEST(Relation, CanonicalSpellingIsItsOwn) {
  const std::string text = "a (>= 1.1, < 2), b | c (!= 1~) | d, e (= 2:1-1)";
  EXPECT_EQ(request(text), text);
}

TEST(Relation, NothingIsNoRequest) {
  EXPECT_EQ(request(""), "1:1 expected a package name");
  EXPECT_EQ(request(" \n\t"), "1:1 expected a package name");
}

TEST(Relation, SaysWhatWasExpectedAndWhere) {
  EXPECT_EQ(request(","), "1:1 expected a package name");
  EXPECT_EQ(request("foo,"), "1:5 expected a package name after \",\"");
  EXPECT_EQ(request("foo, , bar"), "1:6 expected a package name after \",\"");
  EXPECT_EQ(request("foo |"), "1:6 expected a package name after \"|\"");
  EXPECT_EQ(request("(>= 1)"), "1:1 expected a package name");
  EXPECT_EQ(request("foo bar"), "1:5 expected \",\" after \"foo\"");
  EXPECT_EQ(request("foo (= 1) bar"), "1:11 expected \",\" after \")\"");
  EXPECT_EQ(request("foo)"), "1:4 expected \",\" after \"foo\"");
  EXPECT_EQ(request("foo >= 1"), "1:5 expected \"(\" after \"foo\"");
  EXPECT_EQ(request("foo!=1"), "1:4 expected \"(\" after \"foo\"");
  EXPECT_EQ(request("foo ()"), "1:6 expected an operator after \"(\"");
  EXPECT_EQ(request("foo (1.0)"), "1:6 expected an operator after \"(\"");
  EXPECT_EQ(request("foo (>= 1, bar"), "1:12 expected an operator after \",\"");
  EXPECT_EQ(request("foo (>=)"), "1:8 expected a version after \">=\"");
  EXPECT_EQ(request("foo (>= "), "1:8 expected a version after \">=\"");
  EXPECT_EQ(request("foo (== 1)"), "1:7 expected a version after \"=\"");
  EXPECT_EQ(request("foo (<> 1)"), "1:7 expected a version after \"<\"");
  EXPECT_EQ(request("foo (>= 1"), "1:10 expected \",\" or \")\" after \"1\"");
  EXPECT_EQ(request("foo (>= 1 2)"), "1:11 expected \",\" or \")\" after \"1\"");
  EXPECT_EQ(request("foo (>= 1 | < 3)"), "1:11 expected \",\" or \")\" after \"1\"");
}

TEST(Relation, CountsLinesAndCharacters) {
  EXPECT_EQ(request("k\xC3\xA4se,\n\xE2\x82\xAC-b (>= )"), "2:9 expected a version after \">=\"");
  EXPECT_EQ(request("a,\r\n\r\n b c"), "3:4 expected \",\" after \"b\"");
}

TEST(Relation, ChecksNamesAndVersions) {
  EXPECT_EQ(request("foo, a--b"), "1:6 invalid extension name: \"a--b\"");
  EXPECT_EQ(request("../etc"), "1:1 invalid extension name: \"../etc\"");
  EXPECT_EQ(request("'foo'"), "1:1 invalid extension name: \"'foo'\"");
  EXPECT_EQ(request("foo (= 1.0-)"), "1:8 version \"1.0-\" has nothing after its last hyphen");
  EXPECT_EQ(request("foo (= 1/2)"), "1:8 invalid extension version name: \"1/2\"");
  EXPECT_EQ(request("foo (= 2147483648:1)"),
            "1:8 version \"2147483648:1\" has an epoch above 2147483647");
}

TEST(Relation, RefusesBytesThatAreNoText) {
  EXPECT_EQ(request(std::string_view("foo\0, bar", 9)), "1:4 NUL byte");
  EXPECT_EQ(request("foo, \xFF"), "1:6 invalid UTF-8");
  EXPECT_EQ(request("foo\x01"), "1:1 invalid extension name: \"foo?\"");
}

TEST(Relation, ConstraintsAlone) {
  EXPECT_EQ(constraints(">= 1.1, < 2"), "x (>= 1.1, < 2)");
  EXPECT_EQ(constraints(" =1 "), "x (= 1)");
  EXPECT_EQ(constraints(""), "1:1 expected an operator");
  EXPECT_EQ(constraints("1.1"), "1:1 expected an operator");
  EXPECT_EQ(constraints("(>= 1)"), "1:1 expected an operator");
  EXPECT_EQ(constraints(">= 1 < 2"), "1:6 expected \",\" or the end after \"1\"");
  EXPECT_EQ(constraints(">= 1,"), "1:6 expected an operator after \",\"");
  EXPECT_EQ(constraints(">= 1)"), "1:5 expected \",\" or the end after \"1\"");
  EXPECT_EQ(constraints(">= :1"), "1:4 version \":1\" has no number before its first colon");
}

TEST(Relation, ListsOfConflictsAndProvides) {
  const Relation bla{"bla", {{Operator::kLess, "0.8"}}};
  const Relation old{"old", {}};
  EXPECT_EQ(conflicts_to_string({bla, old}), "bla (< 0.8), old");
  EXPECT_EQ(to_string(Alternatives{bla, old}), "bla (< 0.8) | old");
  EXPECT_EQ(to_string(std::vector<Provision>{{"spatial", "3.0"}, {"geometry", std::nullopt}}),
            "spatial (= 3.0), geometry");
}

TEST(NameRule, AnyTakesNamesThatExtensionsMayNotHave) {
  const std::string text = "a--b (>= 1) | c-, " + std::string(64, 'd');
  EXPECT_EQ(to_string(parse_depends(text, NameRule::kAny)), text);
  EXPECT_EQ(conflicts_to_string(parse_conflicts("a--b, c-", NameRule::kAny)), "a--b, c-");
  EXPECT_EQ(to_string(parse_provides("a--b (= 1)", NameRule::kAny)), "a--b (= 1)");
  EXPECT_EQ(outcome([] { return to_string(parse_depends("a--b", NameRule::kExtension)); }),
            "1:1 invalid extension name: \"a--b\"");
}

TEST(NameRule, AnyKeepsTheGrammar) {
  EXPECT_EQ(outcome([] { return to_string(parse_depends("a b", NameRule::kAny)); }),
            outcome([] { return to_string(parse_depends("a b", NameRule::kExtension)); }));
  EXPECT_THROW(parse_conflicts("a | b", NameRule::kAny), support::BadInput);
  EXPECT_THROW(parse_provides("a (>= 1)", NameRule::kAny), support::BadInput);
}

}  // namespace
}  // namespace extman::control
