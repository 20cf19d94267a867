// The splitter's pieces against psql's, and against its own when it is fed in pieces.
#pragma once

#include <cstddef>
#include <string>

namespace extman::psqlscan {

struct Compared {
  std::size_t statements = 0;
  std::size_t psql_commands = 0;  // in the middle of a statement; the text was cut there
  std::string difference;         // empty: none

  bool same() const { return difference.empty(); }
};

// Both read the text from start to end, again behind each psql command in the middle
// of a statement.
Compared compare_with_psql(std::string text, bool standard_strings = true);

// The same pieces when a chunk ends at every byte, and every few bytes.
std::string compare_chunks(const std::string &text);

}  // namespace extman::psqlscan
