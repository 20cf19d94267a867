// However the text is cut before it is fed, the pieces are the same.
#include "script/splitting.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
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

// Nothing is lost: between the pieces there is only what may be skipped.
TEST(SplitterChunking, ScriptsOfTheInstalledServer) {
  const std::filesystem::path folder = "/usr/share/postgresql/15/extension";
  std::error_code missing;
  if (!std::filesystem::is_directory(folder, missing)) {
    GTEST_SKIP() << folder << " is not there";
  }
  std::vector<std::filesystem::path> paths;
  for (const auto &entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".sql") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  ASSERT_FALSE(paths.empty());

  std::size_t statements = 0;
  for (const auto &path : paths) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const std::vector<Split> whole = split(text);
    statements += whole.size();
    for (const std::size_t step : {1, 7, 4096}) {
      std::vector<std::size_t> cuts;
      for (std::size_t cut = step; cut < text.size(); cut += step) cuts.push_back(cut);
      ASSERT_EQ(whole, split(text, cuts)) << path << " in pieces of " << step;
    }
    for (const Split &piece : whole) {
      EXPECT_EQ(PieceKind::kStatement, piece.kind) << path << ' ' << piece;
      EXPECT_EQ(text.substr(piece.offset, piece.text.size()), piece.text) << path;
      EXPECT_EQ(1 + std::count(text.begin(),
                               text.begin() + static_cast<std::ptrdiff_t>(piece.offset), '\n'),
                static_cast<std::ptrdiff_t>(piece.line))
          << path;
    }
  }
  RecordProperty("scripts", static_cast<int>(paths.size()));
  RecordProperty("statements", static_cast<int>(statements));
}

}  // namespace
}  // namespace extman::script
