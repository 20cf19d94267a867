// What the tests of the splitter share: a whole text in, its pieces out.
#pragma once

#include "script/splitter.h"

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace extman::script {

struct Split {
  PieceKind kind;
  std::string text;
  std::uint64_t offset;
  std::uint64_t line;

  friend bool operator==(const Split &a, const Split &b) {
    return a.kind == b.kind && a.text == b.text && a.offset == b.offset && a.line == b.line;
  }
  friend std::ostream &operator<<(std::ostream &out, const Split &split) {
    return out << "{kind " << static_cast<int>(split.kind) << ", \"" << split.text << "\", offset "
               << split.offset << ", line " << split.line << "}";
  }
};

// What the tests take for COPY ... FROM stdin, in place of the server's parser.
bool has_copy_data(const std::string &statement);

// All pieces but kMore and kEnd.  The text is fed in pieces that end at the
// given offsets.  Adjacent pieces of COPY data are joined.
std::vector<Split> split(std::string_view text, const std::vector<std::size_t> &cuts = {},
                         bool standard_strings = true);

// Their texts alone; what is not a statement gets a tag in front.
std::vector<std::string> texts(std::string_view text, bool standard_strings = true);

}  // namespace extman::script
