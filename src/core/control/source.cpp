#include "control/source.h"

#include "support/error.h"
#include "support/quote.h"
#include "support/translate.h"

#include <algorithm>

namespace extman::control {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

Source::Source(std::string_view text) : text_(text) {
  if (text_.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    text_.remove_prefix(kByteOrderMark.size());
  }
  for (std::size_t offset = 0; offset < text_.size();) {
    // Nearly all of it is ASCII.
    const auto byte = static_cast<unsigned char>(text_[offset]);
    if (byte != 0 && byte < 0x80) {
      ++offset;
      continue;
    }
    const std::size_t length = support::utf8_length(text_, offset);
    if (length == 0) fail(offset, tr("invalid UTF-8"), tr("Save the text in UTF-8."));
    if (text_[offset] == '\0')
      fail(offset, tr("NUL byte"), tr("Save the text in UTF-8, not in UTF-16."));
    offset += length;
  }
}

std::size_t Source::line_of(std::size_t offset) const {
  const std::string_view before = text_.substr(0, offset);
  return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

void Source::fail(std::size_t offset, const std::string &message, const std::string &hint) const {
  const std::string_view before = text_.substr(0, offset);
  const std::size_t newline = before.rfind('\n');
  const std::size_t start = newline == std::string_view::npos ? 0 : newline + 1;
  // Characters, not bytes: what lies before an error is valid UTF-8.
  std::size_t column = 1;
  for (std::size_t at = start; at < before.size(); ++column) {
    at += support::utf8_length(text_, at);
  }
  throw support::BadInput(message, hint, line_of(offset), column);
}

}  // namespace extman::control
