// The lexical rules: which semicolon ends a statement.
#include "script/splitting.h"

#include <gtest/gtest.h>

namespace extman::script {
namespace {

using Texts = std::vector<std::string>;

TEST(SplitterLexical, SemicolonsEndStatements) {
  EXPECT_EQ((Texts{"a", "b"}), texts("a;b;"));
  EXPECT_EQ((Texts{"a", "b"}), texts(" a;\n;; \n b"));
  EXPECT_EQ((Texts{}), texts(""));
  EXPECT_EQ((Texts{}), texts(" ;\t;\r\n\f"));
}

TEST(SplitterLexical, PlainString) {
  EXPECT_EQ((Texts{"'a;b'", "c"}), texts("'a;b';c"));
  EXPECT_EQ((Texts{"'a'';b'", "c"}), texts("'a'';b';c"));
  EXPECT_EQ((Texts{"''", "''''", "c"}), texts("'';'''';c"));
  EXPECT_EQ((Texts{"'a\"b$$c--d/*'", "e"}), texts("'a\"b$$c--d/*';e"));
}

TEST(SplitterLexical, BackslashInPlainStringDependsOnTheSetting) {
  EXPECT_EQ((Texts{"'a\\'", "b'"}), texts("'a\\';b'"));
  EXPECT_EQ((Texts{"'a\\';b'", "c"}), texts("'a\\';b';c", false));
  EXPECT_EQ((Texts{"'a\\\\'", "b"}), texts("'a\\\\';b", false));
}

TEST(SplitterLexical, SettingChangesBetweenStatements) {
  Splitter splitter(true);
  splitter.feed("select '\\'; select '\\';'; select '\\';", true);
  EXPECT_EQ("select '\\'", splitter.next().text);
  splitter.set_standard_strings(false);
  EXPECT_EQ("select '\\';'", splitter.next().text);
  splitter.set_standard_strings(true);
  EXPECT_EQ("select '\\'", splitter.next().text);
  EXPECT_EQ(PieceKind::kEnd, splitter.next().kind);
}

TEST(SplitterLexical, EscapeString) {
  EXPECT_EQ((Texts{"E'a\\';b'", "c"}), texts("E'a\\';b';c"));
  EXPECT_EQ((Texts{"e'a\\\\'", "b"}), texts("e'a\\\\';b"));
  EXPECT_EQ((Texts{"e'a'';\\'b'", "c"}), texts("e'a'';\\'b';c"));
  EXPECT_EQ((Texts{"e'\\\n;'", "c"}), texts("e'\\\n;';c"));
  // Only a word of one letter is a prefix.
  EXPECT_EQ((Texts{"fine'a\\'", "b'"}), texts("fine'a\\';b'"));
  EXPECT_EQ((Texts{"_e'a\\'", "b'"}), texts("_e'a\\';b'"));
  EXPECT_EQ((Texts{"e 'a\\'", "b'"}), texts("e 'a\\';b'"));
}

TEST(SplitterLexical, BitAndHexStringsKnowNoBackslash) {
  EXPECT_EQ((Texts{"B'1\\'", "b"}), texts("B'1\\';b", false));
  EXPECT_EQ((Texts{"x'1;f'", "b"}), texts("x'1;f';b"));
  // A quote right behind starts another string, by the setting.
  EXPECT_EQ((Texts{"b'1''\\';b'", "c"}), texts("b'1''\\';b';c", false));
  EXPECT_EQ((Texts{"b'1''\\'", "c"}), texts("b'1''\\';c"));
}

TEST(SplitterLexical, NationalStringFollowsTheSetting) {
  EXPECT_EQ((Texts{"N'a\\'", "b"}), texts("N'a\\';b"));
  EXPECT_EQ((Texts{"n'a\\';b'", "c"}), texts("n'a\\';b';c", false));
}

TEST(SplitterLexical, UnicodeStringAndName) {
  EXPECT_EQ((Texts{"U&'a\\'", "b"}), texts("U&'a\\';b", false));
  EXPECT_EQ((Texts{"u&'a'';b'", "c"}), texts("u&'a'';b';c"));
  EXPECT_EQ((Texts{"u&\"a;\"\"b\"", "c"}), texts("u&\"a;\"\"b\";c"));
  EXPECT_EQ((Texts{"u& 'a\\';b'", "c"}), texts("u& 'a\\';b';c", false));
  EXPECT_EQ((Texts{"u&/*;*/b", "c"}), texts("u&/*;*/b;c"));
}

TEST(SplitterLexical, StringGoesOnAfterALineBreak) {
  EXPECT_EQ((Texts{"e'a' \n '\\';b'", "c"}), texts("e'a' \n '\\';b';c"));
  EXPECT_EQ((Texts{"e'a' -- ';\n'\\';b'", "c"}), texts("e'a' -- ';\n'\\';b';c"));
  EXPECT_EQ((Texts{"e'a'-- ';\r-- x\n'\\';b'", "c"}), texts("e'a'-- ';\r-- x\n'\\';b';c"));
  EXPECT_EQ((Texts{"b'1'\n'\\'", "c"}), texts("b'1'\n'\\';c", false));
  // Not without a line break, nor behind anything else.
  EXPECT_EQ((Texts{"e'a' '\\'", "b"}), texts("e'a' '\\';b"));
  EXPECT_EQ((Texts{"e'a'\n/**/'\\'", "b"}), texts("e'a'\n/**/'\\';b"));
  EXPECT_EQ((Texts{"e'a'\n- '\\'", "b"}), texts("e'a'\n- '\\';b"));
  EXPECT_EQ((Texts{"e'a'", "'\\'", "b"}), texts("e'a';\n'\\';b"));
}

TEST(SplitterLexical, QuotedName) {
  EXPECT_EQ((Texts{"\"a;'\"", "b"}), texts("\"a;'\";b"));
  EXPECT_EQ((Texts{"\"a\"\";b\"", "c"}), texts("\"a\"\";b\";c"));
  EXPECT_EQ((Texts{"\"a\\\"", "b"}), texts("\"a\\\";b"));
}

TEST(SplitterLexical, DollarString) {
  EXPECT_EQ((Texts{"$$a;'\"b$$", "c"}), texts("$$a;'\"b$$;c"));
  EXPECT_EQ((Texts{"$x$a;$$;$y$;$x$", "c"}), texts("$x$a;$$;$y$;$x$;c"));
  EXPECT_EQ((Texts{"$_1$;$_1;$_1$", "c"}), texts("$_1$;$_1;$_1$;c"));
  EXPECT_EQ((Texts{"$\xc3\xa4$;$\xc3\xa4$", "c"}), texts("$\xc3\xa4$;$\xc3\xa4$;c"));
  // A "$" that closes nothing may open the delimiter.
  EXPECT_EQ((Texts{"$x$;$a$x$", "c"}), texts("$x$;$a$x$;c"));
  EXPECT_EQ((Texts{"$x$;$x;$$x$", "c"}), texts("$x$;$x;$$x$;c"));
  EXPECT_EQ((Texts{"$x$;$xx$;$X$;$1$x$", "c"}), texts("$x$;$xx$;$X$;$1$x$;c"));
}

TEST(SplitterLexical, DollarThatStartsNoString) {
  EXPECT_EQ((Texts{"a$$b", "c$$"}), texts("a$$b;c$$"));
  EXPECT_EQ((Texts{"\xc3\xa4$x$b", "c$x$"}), texts("\xc3\xa4$x$b;c$x$"));
  EXPECT_EQ((Texts{"$1", "$2"}), texts("$1;$2"));
  EXPECT_EQ((Texts{"$a", "b$"}), texts("$a;b$"));
  EXPECT_EQ((Texts{"$1a$", "b$1a$"}), texts("$1a$;b$1a$"));
  // The word behind a "$" goes on with dollars in it.
  EXPECT_EQ((Texts{"$a+b$$", "c$$"}), texts("$a+b$$;c$$"));
  // But behind a number and a parameter a string may start.
  EXPECT_EQ((Texts{"1$$;$$", "c"}), texts("1$$;$$;c"));
  EXPECT_EQ((Texts{"1.5e10$a$;$a$", "c"}), texts("1.5e10$a$;$a$;c"));
  EXPECT_EQ((Texts{"$1$$;$$", "c"}), texts("$1$$;$$;c"));
}

TEST(SplitterLexical, LineComment) {
  EXPECT_EQ((Texts{"a -- b;'\n", "d"}), texts("a -- b;'\n;d"));
  EXPECT_EQ((Texts{"a -- b;\r", "d"}), texts("a -- b;\r;d"));
  EXPECT_EQ((Texts{"a+--;\nb", "c"}), texts("a+--;\nb;c"));
  EXPECT_EQ((Texts{"a - -b", "c"}), texts("a - -b;c"));
  EXPECT_EQ((Texts{"-1", "-", "c"}), texts("-1;-;c"));
}

TEST(SplitterLexical, BlockComment) {
  EXPECT_EQ((Texts{"a/*;*/b", "c"}), texts("a/*;*/b;c"));
  EXPECT_EQ((Texts{"a/*/*;*/;*/b", "c"}), texts("a/*/*;*/;*/b;c"));
  EXPECT_EQ((Texts{"a/*/;*/b", "c"}), texts("a/*/;*/b;c"));
  EXPECT_EQ((Texts{"a/*;**/b", "c"}), texts("a/*;**/b;c"));
  EXPECT_EQ((Texts{"a/*;//*;*/;*/b", "c"}), texts("a/*;//*;*/;*/b;c"));
  EXPECT_EQ((Texts{"a/*;*/*b", "c"}), texts("a/*;*/*b;c"));
  EXPECT_EQ((Texts{"a/*'*/b", "c'"}), texts("a/*'*/b;c'"));
  EXPECT_EQ((Texts{"a*/*;*/b", "c"}), texts("a*/*;*/b;c"));
  EXPECT_EQ((Texts{"a//*;*/b", "c"}), texts("a//*;*/b;c"));
  EXPECT_EQ((Texts{"a / *b", "c"}), texts("a / *b;c"));
  EXPECT_EQ((Texts{"a/b", "/", "c"}), texts("a/b;/;c"));
}

TEST(SplitterLexical, CommentsAloneAreNoStatement) {
  EXPECT_EQ((Texts{}), texts("-- a;b"));
  EXPECT_EQ((Texts{}), texts("/* a; */ -- b\n;/* c */;"));
  EXPECT_EQ((Texts{"a"}), texts("/* x;\n*/ ; -- y;\n; a;-- z"));
}

TEST(SplitterLexical, Parentheses) {
  EXPECT_EQ((Texts{"create rule r as on a to b do (c;d)", "e"}),
            texts("create rule r as on a to b do (c;d);e"));
  EXPECT_EQ((Texts{"(a;(b;)c;)", "d"}), texts("(a;(b;)c;);d"));
  EXPECT_EQ((Texts{")", "(a;b"}), texts(");(a;b"));
  EXPECT_EQ((Texts{"(';)';a)", "b"}), texts("(';)';a);b"));
  EXPECT_EQ((Texts{"[a", "b]", "{c", "d}"}), texts("[a;b];{c;d}"));
}

TEST(SplitterLexical, BackslashWithinAStatementIsLeftToTheServer) {
  EXPECT_EQ((Texts{"a \\g\n\\x", "b"}), texts("a \\g\n\\x;b"));
}

TEST(SplitterLexical, OtherBytesAreTokens) {
  EXPECT_EQ((Texts{std::string("\0", 1), "b"}), texts(std::string_view("\0;b", 3)));
  EXPECT_EQ((Texts{"\v", "\x01"}), texts("\v;\x01"));
}

TEST(SplitterLexical, WhatIsNotClosedIsAStatement) {
  EXPECT_EQ((Texts{"a", "'b;c"}), texts("a;'b;c"));
  EXPECT_EQ((Texts{"a", "e'b\\"}), texts("a;e'b\\"));
  EXPECT_EQ((Texts{"a", "\"b;c"}), texts("a;\"b;c"));
  EXPECT_EQ((Texts{"a", "$x$b;$x"}), texts("a;$x$b;$x"));
  EXPECT_EQ((Texts{"a", "/*b;c"}), texts("a; /*b;c"));
  EXPECT_EQ((Texts{"a", "/*b;/*c*/"}), texts("a; /*b;/*c*/"));
  EXPECT_EQ((Texts{"-", "/", "u&"}), texts("-;/;u&"));
  EXPECT_EQ((Texts{"(;-"}), texts("(;-"));
}

}  // namespace
}  // namespace extman::script
