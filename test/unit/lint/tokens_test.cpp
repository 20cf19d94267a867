#include "lint/tokens.h"

#include <gtest/gtest.h>

#include <string>

using extman::lint::TokenKind;
using extman::lint::Tokens;

namespace {

// The tokens by their texts, a blank between them.
std::string texts(const std::string &text) {
  const Tokens tokens(text, 1);
  std::string result;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    result += (at > 0 ? " " : "") + tokens[at].text;
  }
  return result;
}

TEST(LintTokens, FoldsWordsAndKeepsQuotedNames) {
  EXPECT_EQ(texts("Select \"Aa\"\"b\" FROM t"), "select Aa\"b from t");
}

TEST(LintTokens, LeavesOutComments) {
  EXPECT_EQ(texts("a -- b\n/* c /* d */ e */ f/**/g"), "a f g");
}

TEST(LintTokens, KnowsTheKindsOfStrings) {
  EXPECT_EQ(texts("'a''b' E'c\\'d' $x$e$y$f$x$ U&'g' $1"), "a'b c\\'d e$y$f g $1");
  const Tokens tokens("E'a' B'1' $$b$$", 1);
  ASSERT_EQ(tokens.size(), 3U);
  for (std::size_t at = 0; at < 3; ++at) EXPECT_EQ(tokens[at].kind, TokenKind::kString);
}

TEST(LintTokens, TakesTokensOfScriptsForNames) {
  const Tokens tokens("@extschema@.f(a @> b, @extschema:cube@.cube)", 1);
  EXPECT_EQ(tokens[0].text, "@extschema@");
  EXPECT_TRUE(tokens[0].is_name());
  EXPECT_EQ(tokens[5].kind, TokenKind::kOperator);
  EXPECT_EQ(tokens[8].text, "@extschema:cube@");
}

TEST(LintTokens, CountsLinesAndParentheses) {
  const Tokens tokens("a\n( 'b\nc' (d) )\ne", 7);
  EXPECT_EQ(tokens[0].line, 7U);
  EXPECT_EQ(tokens[2].line, 8U);
  EXPECT_EQ(tokens[4].depth, 2U);
  EXPECT_EQ(tokens[4].line, 9U);
  EXPECT_EQ(tokens[7].line, 10U);
  EXPECT_EQ(tokens[7].depth, 0U);
}

TEST(LintTokens, EndsWhereTheTextBreaksOff) {
  for (const char *text :
       {"'a", "\"a", "$x$a", "/* a", "E'a\\", "a $x", "@ext", "1..", "(((", "))"}) {
    EXPECT_LE(Tokens(text, 1).size(), 3U) << text;
  }
}

TEST(LintTokens, FindsWordsOutsideOfParentheses) {
  const Tokens tokens("create (if not exists) x if not exists", 1);
  EXPECT_EQ(tokens.find(0, {"if", "not", "exists"}), 7U);
  EXPECT_EQ(tokens.find(0, {"absent"}), tokens.size());
  EXPECT_EQ(Tokens("alter a.b.c set", 1).behind_name(1), 6U);
}

}  // namespace
