// The conf file of a package: settings that it brings.
#pragma once

#include "support/no_postgres.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace extman::control {

// class.setting = value, in the lines of a control file (see entries.h).  What a
// value may be, units included, is for the server to say.
struct ConfEntry {
  std::string name;   // "foo.limit", as it is written
  std::string value;  // perhaps empty, if it was quoted
  std::size_t line;   // where it stands, from 1
};

// classes: the custom_variable_classes of the package, of which each setting's must
// be one.  As the server does, upper and lower case are not told apart.  Throws
// support::BadInput with line, column and what to do.
std::vector<ConfEntry> parse_conf(std::string_view text, const std::vector<std::string> &classes);

}  // namespace extman::control
