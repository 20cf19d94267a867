// Names of extensions.
#pragma once

#include "support/no_postgres.h"

#include <string_view>

namespace extman::control {

// NAMEDATALEN - 1 of a server that was built with its defaults.
constexpr std::size_t kMaxNameLength = 63;

// Throws support::BadInput unless the text may be an extension's name: core's
// rules (not empty, shorter than NAMEDATALEN, no "--", no "-" at either end, no
// directory separator), and no control characters, quotes, "$" or backslash.
void check_name(std::string_view name);

// Which names a text may hold: those of extensions, or any that the grammar of
// relations can tell from its punctuation (another archive's packages).
enum class NameRule { kExtension, kAny };

}  // namespace extman::control
