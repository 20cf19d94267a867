// However the text is cut before it is fed, the pieces are the same.  The same of real
// scripts is in test/psqlscan.
#include "script/splitting.h"

#include <gtest/gtest.h>

#include <random>

namespace extman::script {
namespace {

const char *const kTricky[] = {
    "a;b;;c",
    "'a'';b';e'a\\'';\\\\';b'\\';c'",
    "e'a' -- x;'\n '\\';' ;u&'a\\';U&\"b;\"\"\";u&-1;x'1;';n'2;';fe'\\';'",
    "select $$a;$$, $tag$;$ta$tag;$tagg$;$$tag$tag$, $1$b$;$b$, a$b$;$b$c;",
    "$a;$a+b$$;c$$;$1;$;$$;$$;",
    "-- a;\r/* b;/*c*/;**/ d - - -- e;\n/ f //* ; */;*/*;*/;/",
    "create rule r as do (a;(b;);c);d);",
    ("create or replace function f() returns int begin /**/ atomic select case a.end end; "
     "select 1 as end; end; select 1;"),
    "\xc3\xa4$\xc3\xa4$;\xc3\xa4$;$\xc3\xa4$;$\xc3\xa4$;",
    "\\echo it's;\n  \\echo /*\r\na;\\set b ;'\n\\\nc\\d;\n\\echo e",
    "copy t from stdin; -- x\n1;'\n\\.2\n\r\n\\.\r\n;a;\ncopy u from stdin\n;\n\\.\nb",
    "copy t from stdin;\n1\n2",
    "a /* b",
    "a 'b",
    "a $b$ c $b",
};

// Cut once, at every byte; then at every byte at once.
void expect_invariant(const std::string &text) {
  for (const bool standard_strings : {true, false}) {
    const std::vector<Split> whole = split(text, {}, standard_strings);
    std::vector<std::size_t> all;
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
      ASSERT_EQ(whole, split(text, {cut}, standard_strings)) << text << "\ncut at " << cut;
      all.push_back(cut);
    }
    EXPECT_EQ(whole, split(text, all, standard_strings)) << text << "\ncut everywhere";
  }
}

TEST(SplitterChunking, AnyCutOfTrickyTexts) {
  for (const char *text : kTricky) expect_invariant(text);
}

TEST(SplitterChunking, AnyCutOfRandomTexts) {
  // Bytes and words that mean something to the lexer.
  const std::vector<std::string> parts{";",
                                       ";",
                                       "'",
                                       "'",
                                       "\"",
                                       "$",
                                       "$$",
                                       "$a$",
                                       "\\",
                                       "\\echo",
                                       "\\.",
                                       "-",
                                       "--",
                                       "/",
                                       "/*",
                                       "*/",
                                       "*",
                                       "(",
                                       ")",
                                       "\n",
                                       "\n",
                                       "\r",
                                       " ",
                                       "a",
                                       "e'",
                                       "u&",
                                       "x'",
                                       "\xc3\xa4",
                                       "1",
                                       ".",
                                       "create",
                                       "or",
                                       "replace",
                                       " function ",
                                       " begin atomic ",
                                       " case ",
                                       " end ",
                                       " as ",
                                       ";\ncopy t from stdin;\n"};
  std::mt19937 random(20100519);
  for (int round = 0; round < 1500; ++round) {
    std::string text;
    for (unsigned count = random() % 20; count > 0; --count) text += parts[random() % parts.size()];
    std::vector<Split> whole;
    try {
      whole = split(text);
    } catch (const std::exception &) {
      continue;  // a statement on the line of COPY
    }
    std::vector<std::size_t> all;
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
      all.push_back(cut);
      ASSERT_EQ(whole, split(text, {cut})) << text << "\ncut at " << cut;
    }
    ASSERT_EQ(whole, split(text, all)) << text;
  }
}

}  // namespace
}  // namespace extman::script
