// The lines of a control or conf file, before their keys mean anything.
#pragma once

#include "control/source.h"
#include "support/no_postgres.h"

#include <string>
#include <string_view>
#include <vector>

namespace extman::control {

// key = value.  A line that starts with white space continues the one above:
// the line break and the white space around it become one space.  Lines that
// hold only a comment may stand in between; a blank line ends the value, and an
// indented line after it is an error, so that it is never taken for something
// that its writer did not mean.
//
// A bare value ends at the end of its line or at a "#", wherever that stands
// ("bar#x" is "bar", as in core's control files).  A quoted value begins with
// "'", may be continued like any other, and holds "#" as it is.
struct Entry {
  // One physical line's share of a value.
  struct Piece {
    std::size_t value_begin;   // its first byte in value
    std::size_t source_begin;  // that byte in the source
  };

  std::string_view key;    // part of the source's text
  std::size_t key_offset;  // of the key, in the source
  std::string value;       // without quotes and comments, on one line
  bool quoted = false;
  std::vector<Piece> pieces;  // never empty, in order

  // Where a byte of the value (or its end) stands in the source.
  std::size_t source_offset(std::size_t value_offset, const Source &source) const;
};

// Throws SyntaxError with an offset into the source.  example: a line as it should be,
// for hints.
std::vector<Entry> read_entries(const Source &source, const char *example);

}  // namespace extman::control
