#include "control/version_name.h"

#include "support/error.h"
#include "support/quote.h"
#include "support/translate.h"
#include "version/version.h"

namespace extman::control {

namespace {

// What is wrong with the version, as a sentence; NULL when nothing is.  The
// first three are core's (check_valid_version_name in extension.c).
const char *fault_of(std::string_view version) {
  if (version.find("--") != std::string_view::npos) {
    return tr_noop("Version names must not contain \"--\".");
  }
  if (version.front() == '-') return tr_noop("Version names must not begin with \"-\".");
  if (version.find_first_of("/\\") != std::string_view::npos) {
    return tr_noop("Version names must not contain directory separator characters.");
  }
  if (version.find_first_of("'\"") != std::string_view::npos) {
    return tr_noop("Version names must not contain quotes; a value may stand in single quotes.");
  }
  for (std::size_t offset = 0; offset < version.size();) {
    const std::size_t length = support::utf8_length(version, offset);
    if (length == 0) return tr_noop("Version names must be valid UTF-8.");
    if (support::is_control(version, offset)) {
      return tr_noop("Version names must not contain control characters.");
    }
    offset += length;
  }
  if (version.find_first_of(" (),|<>=") != std::string_view::npos) {
    return tr_noop("Version names must not contain white space or any of ( ) , | < > =.");
  }
  return nullptr;
}

}  // namespace

void check_version_name(std::string_view version) {
  version::check(version);
  const char *fault = fault_of(version);
  if (fault == nullptr) return;
  throw support::BadInput(tr("invalid extension version name: %s", support::quoted(version)),
                          tr(fault));
}

}  // namespace extman::control
