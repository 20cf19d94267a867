// The spellings nearest to a wrong one, for hints.
#pragma once

#include "support/no_postgres.h"

#include <string>
#include <string_view>
#include <vector>

namespace extman::support {

// How many insertions, deletions, replacements and swaps of neighbouring
// characters lead from a to b (optimal string alignment); more than limit is
// reported as limit + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

// At most count of the known words within a third of the length of the wrong
// one, nearest first, then in byte order.
std::vector<std::string> nearest(std::string_view wrong, const std::vector<std::string> &known,
                                 std::size_t count);

}  // namespace extman::support
