// How psql would cut a text into statements, as far as the server is concerned.
#pragma once

#include "script/splitting.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace extman::psqlscan {

struct PsqlCuts {
  // The pieces that the splitter should find, with their text, offset and line.
  std::vector<script::Split> splits;
  // A command of psql stands in the middle of a statement there, such as \gset.
  // What is before it was cut; the end of the text if there is none.
  std::size_t end;
  // The last statement is COPY FROM stdin with another one on its line, which psql
  // executes when it has read the data, and the splitter refuses.
  bool refused;
};

// The text must not hold a NUL, nor "\;" or "\:", by which psql keeps a character
// from having a meaning.
PsqlCuts psql_cuts(std::string_view text, bool standard_strings);

}  // namespace extman::psqlscan
