// Text, character by character, for what has its own way of writing them.
#pragma once

#include "support/no_postgres.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace extman::graph {

// The characters of UTF-8; "?" for control characters and for each byte that is
// part of none.
std::vector<std::uint32_t> characters_of(std::string_view text);

}  // namespace extman::graph
