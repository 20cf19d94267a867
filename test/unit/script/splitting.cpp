#include "script/splitting.h"

#include <gtest/gtest.h>

namespace extman::script {

namespace {

// Takes what is there; false at kEnd.
bool take(Splitter *splitter, std::vector<Split> *splits) {
  for (;;) {
    const Piece piece = splitter->next();
    if (piece.kind == PieceKind::kMore) return true;
    if (piece.kind == PieceKind::kEnd) return false;
    EXPECT_EQ('\0', piece.text.data()[piece.text.size()]);

    Split split{piece.kind, std::string(piece.text), piece.offset, piece.line};
    const bool expect_copy = split.kind == PieceKind::kStatement && has_copy_data(split.text);
    if (split.kind == PieceKind::kCopyData && !splits->empty() &&
        splits->back().kind == PieceKind::kCopyData) {
      EXPECT_EQ(splits->back().offset + splits->back().text.size(), split.offset);
      splits->back().text += split.text;
    } else {
      splits->push_back(std::move(split));
    }
    if (expect_copy) splitter->expect_copy();
  }
}

}  // namespace

bool has_copy_data(const std::string &statement) {
  return (statement.rfind("copy", 0) == 0 || statement.rfind("COPY", 0) == 0) &&
         statement.find("stdin") != std::string::npos;
}

std::vector<Split> split(std::string_view text, const std::vector<std::size_t> &cuts,
                         bool standard_strings) {
  Splitter splitter(standard_strings);
  std::vector<Split> splits;
  std::size_t done = 0;
  for (const std::size_t cut : cuts) {
    splitter.feed(text.substr(done, cut - done), false);
    EXPECT_TRUE(take(&splitter, &splits));
    done = cut;
  }
  splitter.feed(text.substr(done), true);
  EXPECT_FALSE(take(&splitter, &splits));
  EXPECT_EQ(PieceKind::kEnd, splitter.next().kind);
  return splits;
}

std::vector<std::string> texts(std::string_view text, bool standard_strings) {
  std::vector<std::string> result;
  for (const Split &piece : split(text, {}, standard_strings)) {
    switch (piece.kind) {
      case PieceKind::kCopyData:
        result.push_back("data:" + piece.text);
        break;
      case PieceKind::kCopyEnd:
        result.push_back("end:" + piece.text);
        break;
      case PieceKind::kMeta:
        result.push_back("meta:" + piece.text);
        break;
      default:
        result.push_back(piece.text);
        break;
    }
  }
  return result;
}

}  // namespace extman::script
