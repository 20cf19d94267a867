// Pieces: where they are, psql's lines, COPY data, the limits of memory.
#include "script/splitter.h"

#include "script/splitting.h"
#include "support/error.h"

#include <gtest/gtest.h>

namespace extman::script {
namespace {

using Texts = std::vector<std::string>;

TEST(Splitter, PieceSaysWhereItsFirstTokenIs) {
  const std::vector<Split> expected{{PieceKind::kStatement, "a\n b", 12, 3},
                                    {PieceKind::kStatement, "c", 18, 4},
                                    {PieceKind::kStatement, "d -- e\n", 27, 6}};
  EXPECT_EQ(expected, split("-- x;\n/*\n*/ a\n b; c; /*\n*/\nd -- e\n"));
}

TEST(Splitter, CarriageReturnsAreWhiteSpace) {
  const std::vector<Split> expected{{PieceKind::kStatement, "a\r\n b", 0, 1},
                                    {PieceKind::kStatement, "c", 8, 3}};
  EXPECT_EQ(expected, split("a\r\n b;\r\nc;\r\n"));
}

TEST(Splitter, EchoLinesAreSkipped) {
  EXPECT_EQ((Texts{"a"}), texts("-- guard\n\\echo Use \"CREATE EXTENSION x\" it's; \\quit\na;"));
  EXPECT_EQ((Texts{"a", "b"}), texts("a;\r\n\\echo x\r\nb;"));
  EXPECT_EQ((Texts{}), texts("\\echo x"));
  EXPECT_EQ((Texts{}), texts(" \\echo\n"));
}

TEST(Splitter, LinesAroundADumpAreSkipped) {
  EXPECT_EQ((Texts{"a", "b"}), texts("--\n\\restrict aB1\n\na;\r\nb;\n\\unrestrict aB1\r\n"));
  EXPECT_EQ((Texts{}), texts("\\restrict\n\\unrestrict"));
  EXPECT_EQ((Texts{"meta:\\restricted a", "meta:\\unrestrict;"}),
            texts("\\restricted a\n\\unrestrict;"));
}

TEST(Splitter, OtherPsqlLinesAreReported) {
  const std::vector<Split> expected{{PieceKind::kStatement, "a", 0, 1},
                                    {PieceKind::kMeta, "\\set x 'it;", 3, 2},
                                    {PieceKind::kMeta, "\\i b.sql", 16, 3},
                                    {PieceKind::kStatement, "c", 25, 4},
                                    {PieceKind::kMeta, "\\gexec", 28, 4}};
  EXPECT_EQ(expected, split("a;\n\\set x 'it;\r\n\\i b.sql\nc; \\gexec"));
  EXPECT_EQ((Texts{"meta:\\ech o"}), texts("\\ech o"));
  EXPECT_EQ((Texts{"meta:\\"}), texts("\\"));
}

TEST(Splitter, CopyDataEndsAtBackslashDot) {
  const std::vector<Split> expected{{PieceKind::kStatement, "copy t from stdin", 0, 1},
                                    {PieceKind::kCopyData, "1\t;'\n\\.x\n\n", 19, 2},
                                    {PieceKind::kCopyEnd, "\\.", 29, 5},
                                    {PieceKind::kStatement, "a", 32, 6}};
  EXPECT_EQ(expected, split("copy t from stdin;\n1\t;'\n\\.x\n\n\\.\na;"));
}

TEST(Splitter, CopyDataWithCarriageReturns) {
  EXPECT_EQ((Texts{"copy t from stdin", "data:1\r\n", "end:\\.", "a"}),
            texts("copy t from stdin;\r\n1\r\n\\.\r\na;"));
}

TEST(Splitter, CopyDataMayEndWithTheText) {
  EXPECT_EQ((Texts{"copy t from stdin", "data:1\n2", "end:"}), texts("copy t from stdin;\n1\n2"));
  EXPECT_EQ((Texts{"copy t from stdin", "data:1\n", "end:"}), texts("copy t from stdin;\n1\n"));
  EXPECT_EQ((Texts{"copy t from stdin", "end:"}), texts("copy t from stdin;"));
  EXPECT_EQ((Texts{"copy t from stdin", "end:"}), texts("copy t from stdin"));
  EXPECT_EQ((Texts{"copy t from stdin", "end:\\."}), texts("copy t from stdin;\n\\."));
}

TEST(Splitter, LongLineOfCopyDataIsNotWaitedFor) {
  Splitter splitter(true);
  splitter.feed("copy t from stdin;\n1\n\\.2", false);
  EXPECT_EQ(PieceKind::kStatement, splitter.next().kind);
  splitter.expect_copy();
  EXPECT_EQ("1\n", splitter.next().text);  // "\.2" is too short to be sure
  EXPECT_EQ(PieceKind::kMore, splitter.next().kind);
  splitter.feed("3", false);
  EXPECT_EQ("\\.23", splitter.next().text);
  EXPECT_EQ(PieceKind::kMore, splitter.next().kind);
  splitter.feed("\\.", false);  // in the middle of a line
  EXPECT_EQ(PieceKind::kMore, splitter.next().kind);
  splitter.feed("\n\\.\na", true);
  EXPECT_EQ("\\.\n", splitter.next().text);
  const Piece end = splitter.next();
  EXPECT_EQ(PieceKind::kCopyEnd, end.kind);
  EXPECT_EQ(4u, end.line);
  EXPECT_EQ("a", splitter.next().text);
}

TEST(Splitter, CopyAfterCopy) {
  EXPECT_EQ(
      (Texts{"copy a from stdin", "data:1\n", "end:\\.", "copy b from stdin ", "end:\\.", "c"}),
      texts("copy a from stdin; -- x\n1\n\\.\n\ncopy b from stdin ; \n\\.\nc"));
}

TEST(Splitter, StatementBehindCopyOnItsLineIsAnError) {
  Splitter splitter(true);
  splitter.feed("\ncopy t from stdin; select 1;\n\\.\n", true);
  EXPECT_EQ("copy t from stdin", splitter.next().text);
  splitter.expect_copy();
  try {
    splitter.next();
    FAIL() << "no error";
  } catch (const support::BadInput &error) {
    EXPECT_EQ(2u, error.line());
  }
}

TEST(Splitter, CopyDataArrivesBeforeItsEnd) {
  Splitter splitter(true);
  splitter.feed("copy t from stdin;\n1\n2", false);
  EXPECT_EQ(PieceKind::kStatement, splitter.next().kind);
  splitter.expect_copy();
  EXPECT_EQ("1\n", splitter.next().text);
  EXPECT_EQ(PieceKind::kMore, splitter.next().kind);
  splitter.feed("2\n\\.", false);
  EXPECT_EQ("22\n", splitter.next().text);
  EXPECT_EQ(PieceKind::kMore, splitter.next().kind);
  splitter.feed("", true);
  EXPECT_EQ(PieceKind::kCopyEnd, splitter.next().kind);
  EXPECT_EQ(PieceKind::kEnd, splitter.next().kind);
}

TEST(Splitter, MisuseIsRefused) {
  Splitter splitter(true);
  EXPECT_THROW(splitter.expect_copy(), support::Misuse);
  splitter.feed("a;", true);
  EXPECT_THROW(splitter.expect_copy(), support::Misuse);
  EXPECT_THROW(splitter.feed("b", true), support::Misuse);
  EXPECT_EQ("a", splitter.next().text);
  EXPECT_EQ(PieceKind::kEnd, splitter.next().kind);
  EXPECT_THROW(splitter.expect_copy(), support::Misuse);
}

TEST(Splitter, WithoutTextThereIsOnlyAnEnd) {
  Splitter splitter(true);
  EXPECT_EQ(PieceKind::kMore, splitter.next().kind);
  splitter.feed("", false);
  EXPECT_EQ(PieceKind::kMore, splitter.next().kind);
  splitter.feed("", true);
  EXPECT_EQ(PieceKind::kEnd, splitter.next().kind);
  EXPECT_EQ(PieceKind::kEnd, splitter.next().kind);
}

TEST(Splitter, StatementIsReportedAsSoonAsItsSemicolonIsThere) {
  Splitter splitter(true);
  splitter.feed("select 1", false);
  EXPECT_EQ(PieceKind::kMore, splitter.next().kind);
  splitter.feed(";", false);
  EXPECT_EQ("select 1", splitter.next().text);
}

// Nested or unclosed to any depth: no recursion, no quadratic time.  A slow
// splitter would need minutes here.
TEST(Splitter, HugeTextsInSmallPieces) {
  const std::size_t size = 8 * 1024 * 1024;
  const std::string long_text(size, 'x');
  const std::string parts[] = {
      "select '" + long_text + "'",
      "select $tag$" + std::string(size, '$') + "$tag$",
      "select " + std::string(size, '(') + ";",
      "/*" + std::string(size, '/') + "*",
      "a" + std::string(size, '\n'),
      "select \"" + std::string(size, '"'),
      long_text,
      "$" + long_text + "-",
      "\\" + long_text,
      "copy t from stdin;\n" + long_text,
  };
  for (const std::string &part : parts) {
    std::vector<std::size_t> cuts;
    for (std::size_t cut = 4096; cut < part.size(); cut += 4096) cuts.push_back(cut);
    EXPECT_TRUE(split(part) == split(part, cuts)) << part.substr(0, 20);
  }
}

TEST(Splitter, ManySmallStatements) {
  std::string text;
  for (int i = 0; i < 100000; ++i) {
    text +=
        "create function f" + std::to_string(i) + "() returns int language sql as 'select 1';\n";
  }
  const std::vector<Split> splits = split(text);
  ASSERT_EQ(100000u, splits.size());
  EXPECT_EQ(100000u, splits.back().line);
  EXPECT_EQ(0u, splits.back().text.find("create function f99999("));
}

}  // namespace
}  // namespace extman::script
