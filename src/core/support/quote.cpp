#include "support/quote.h"

namespace extman::support {

namespace {

// Enough to recognise a name (63 bytes at most) or a version by.
constexpr std::size_t kMaxQuoted = 80;

bool is_continuation(std::string_view text, std::size_t offset) noexcept {
  return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80;
}

}  // namespace

std::size_t utf8_length(std::string_view text, std::size_t offset) noexcept {
  if (offset >= text.size()) return 0;
  const unsigned char first = static_cast<unsigned char>(text[offset]);
  if (first < 0x80) return 1;
  // The Unicode Standard, table 3-7: the second byte decides what is overlong,
  // a surrogate or too large.
  if (!is_continuation(text, offset + 1)) return 0;
  const unsigned char second = static_cast<unsigned char>(text[offset + 1]);
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (!is_continuation(text, offset + 2)) return 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (first == 0xE0 && second < 0xA0) return 0;
    if (first == 0xED && second > 0x9F) return 0;
    return 3;
  }
  if (!is_continuation(text, offset + 3)) return 0;
  if (first >= 0xF0 && first <= 0xF4) {
    if (first == 0xF0 && second < 0x90) return 0;
    if (first == 0xF4 && second > 0x8F) return 0;
    return 4;
  }
  return 0;
}

bool is_control(std::string_view text, std::size_t offset) noexcept {
  const unsigned char first = static_cast<unsigned char>(text[offset]);
  if (first < 0x20 || first == 0x7F) return true;
  if (first != 0xC2 || offset + 1 >= text.size()) return false;
  const unsigned char second = static_cast<unsigned char>(text[offset + 1]);
  return second >= 0x80 && second <= 0x9F;
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  std::size_t offset = 0;
  while (offset < text.size()) {
    if (offset >= kMaxQuoted) {
      result += "...";
      break;
    }
    const std::size_t length = utf8_length(text, offset);
    if (length == 0 || is_control(text, offset)) {
      result += '?';
    } else {
      result += text.substr(offset, length);
    }
    offset += length == 0 ? 1 : length;
  }
  result += '"';
  return result;
}

}  // namespace extman::support
