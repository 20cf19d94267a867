#include "graph/text.h"

#include "support/quote.h"

namespace extman::graph {

namespace {

std::uint32_t decode(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return byte(0);
  // The first byte says by as many bits how long it is.
  std::uint32_t value = byte(0) & (0xFFu >> (character.size() + 1));
  for (std::size_t i = 1; i < character.size(); ++i) value = value << 6 | (byte(i) & 0x3Fu);
  return value;
}

}  // namespace

std::vector<std::uint32_t> characters_of(std::string_view text) {
  std::vector<std::uint32_t> characters;
  characters.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t length = support::utf8_length(text, offset);
    const bool shown = length != 0 && !support::is_control(text, offset);
    characters.push_back(shown ? decode(text.substr(offset, length)) : '?');
    offset += length == 0 ? 1 : length;
  }
  return characters;
}

}  // namespace extman::graph
