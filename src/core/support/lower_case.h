// Words that are compared without regard to case.
#pragma once

#include "support/no_postgres.h"

#include <string>
#include <string_view>

namespace extman::support {

// The text with its ASCII letters in lower case, whatever the locale is.
std::string lower_case(std::string_view text);

}  // namespace extman::support
