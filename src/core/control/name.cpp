#include "control/name.h"

#include "support/error.h"
#include "support/quote.h"
#include "support/translate.h"

namespace extman::control {

namespace {

// What is wrong with the name, as a sentence; NULL when nothing is.  The first
// five are core's own rules (check_valid_extension_name in extension.c).
const char *fault_of(std::string_view name) {
  if (name.empty()) return tr_noop("Extension names must not be empty.");
  if (name.size() > kMaxNameLength)
    return tr_noop("Extension names must be shorter than 64 bytes.");
  if (name.find("--") != std::string_view::npos)
    return tr_noop("Extension names must not contain \"--\".");
  if (name.front() == '-' || name.back() == '-') {
    return tr_noop("Extension names must not begin or end with \"-\".");
  }
  if (name.find_first_of("/\\") != std::string_view::npos) {
    return tr_noop("Extension names must not contain directory separator characters.");
  }
  // "." and ".." hold no separator, and are folders other than the package's.
  if (name == "." || name == "..")
    return tr_noop("Extension names must not be the name of a folder.");
  if (name.find_first_of("'\"`$") != std::string_view::npos) {
    return tr_noop("Extension names must not contain quotes or \"$\".");
  }
  for (std::size_t offset = 0; offset < name.size();) {
    const std::size_t length = support::utf8_length(name, offset);
    if (length == 0) return tr_noop("Extension names must be valid UTF-8.");
    if (support::is_control(name, offset)) {
      return tr_noop("Extension names must not contain control characters.");
    }
    // At the start of a text it is none of it.
    if (name.substr(offset, length) == "\xef\xbb\xbf") {
      return tr_noop("Extension names must not contain byte order marks.");
    }
    offset += length;
  }
  return nullptr;
}

}  // namespace

void check_name(std::string_view name) {
  const char *fault = fault_of(name);
  if (fault == nullptr) return;
  throw support::BadInput(tr("invalid extension name: %s", support::quoted(name)), tr(fault));
}

}  // namespace extman::control
