// Versions as a control file or a request may spell them.
#pragma once

#include "support/no_postgres.h"

#include <string_view>

namespace extman::control {

// Throws support::BadInput unless version::check() takes the text, it keeps
// core's rules for version names (they become parts of file names), and it can
// stand between the parentheses of a relation: the manifest in a dump names
// each installed package as in "foo (= 1.0)".
void check_version_name(std::string_view version);

}  // namespace extman::control
