// Labels of pictures: any bytes become ASCII that cannot leave its quotes, and that
// says the same characters.
#include "check.h"
#include "graph/text.h"
#include "graph/write.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using extman::fuzz::check;
namespace graph = extman::graph;

namespace {

// The characters of a label, which writes some by number between begin and ";".
// escape: a backslash is written twice.
std::vector<std::uint32_t> read(const std::string &text, std::string_view begin, bool escape) {
  std::vector<std::uint32_t> characters;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    check(c >= ' ' && c <= '~' && c != '"', "a label is ASCII without quotes", text);
    if (text.compare(i, begin.size(), begin) == 0) {
      const std::size_t end = text.find(';', i);
      check(end != std::string::npos, "a number ends", text);
      characters.push_back(static_cast<std::uint32_t>(
          std::stoul(text.substr(i + begin.size(), end - i - begin.size()))));
      i = end;
    } else {
      check(c != begin[0], "what begins a number begins nothing else", text);
      if (escape && c == '\\') check(++i < text.size() && text[i] == '\\', "escaped", text);
      characters.push_back(static_cast<unsigned char>(c));
    }
  }
  return characters;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char *>(data), size);
  const std::vector<std::uint32_t> characters = graph::characters_of(text);
  check(characters.size() <= text.size(), "no character without a byte");
  for (std::uint32_t character : characters) {
    check(character >= ' ' && character != 0x7F && !(character >= 0x80 && character < 0xA0) &&
              character <= 0x10FFFF,
          "a character that can be shown");
  }
  check(read(graph::dot_text(text), "&#", true) == characters, "DOT says the same");
  check(read(graph::mermaid_text(text), "#", false) == characters, "Mermaid says the same");
  return 0;
}
