// The splitter: however the text is cut before it is fed, the pieces are the same,
// and they lie in the text one after the other.
#include "check.h"
#include "script/splitter.h"
#include "script/splitting.h"
#include "support/error.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using extman::fuzz::check;
using extman::script::PieceKind;
using extman::script::Split;

namespace {

// What the shared code of the tests expects, a fuzzer must stop at.
[[maybe_unused]] const bool breaks = [] {
  GTEST_FLAG_SET(break_on_failure, true);
  return true;
}();

// The pieces, or what is wrong with the text and in which line.
struct Outcome {
  std::vector<Split> splits;
  std::string fault;

  bool operator==(const Outcome &other) const {
    return splits == other.splits && fault == other.fault;
  }
};

Outcome split(std::string_view text, const std::vector<std::size_t> &cuts, bool standard_strings) {
  try {
    return {extman::script::split(text, cuts, standard_strings), {}};
  } catch (const extman::support::BadInput &error) {
    return {{}, std::to_string(error.line()) + ": " + error.what()};
  }
}

std::uint64_t line_of(std::string_view text, std::uint64_t offset) {
  return 1 + static_cast<std::uint64_t>(std::count(
                 text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

void check_places(std::string_view text, const std::vector<Split> &splits) {
  std::uint64_t end = 0;
  for (const Split &piece : splits) {
    check(piece.offset >= end, "pieces don't overlap", piece.text);
    check(piece.offset + piece.text.size() <= text.size(), "pieces lie in the text", piece.text);
    check(text.substr(piece.offset, piece.text.size()) == piece.text,
          "a piece is what stands there", piece.text);
    end = piece.offset + piece.text.size();
  }
}

void check_lines(std::string_view text, const std::vector<Split> &splits) {
  // A carriage return ends a line, too, where no line feed follows.
  if (text.find('\r') != std::string_view::npos) return;
  for (const Split &piece : splits) {
    check(piece.line == line_of(text, piece.offset), "the line is right", piece.text);
  }
}

}  // namespace

// The first byte: how strings are read; the second: where the text is cut.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  if (size < 2) return 0;
  const bool standard_strings = (data[0] & 1) == 0;
  const std::size_t length = 1 + data[1];
  const std::string_view text(reinterpret_cast<const char *>(data) + 2, size - 2);

  std::vector<std::size_t> cuts;
  for (std::size_t cut = length; cut < text.size(); cut += length) cuts.push_back(cut);
  std::vector<std::size_t> everywhere;
  for (std::size_t cut = 0; cut <= text.size(); ++cut) everywhere.push_back(cut);

  const Outcome whole = split(text, {}, standard_strings);
  check(split(text, cuts, standard_strings) == whole, "cuts make no difference", whole.fault);
  check(split(text, everywhere, standard_strings) == whole,
        "a cut at every byte makes no difference", whole.fault);
  check_places(text, whole.splits);
  check_lines(text, whole.splits);
  return 0;
}
