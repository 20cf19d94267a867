// The control file of a package, parsed.
#pragma once

#include "control/relation.h"
#include "support/no_postgres.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace extman::control {

struct ControlFile {
  std::string name;
  std::optional<std::string> version;  // an overlay may leave it out
  std::optional<std::string> comment;
  std::vector<Alternatives> depends;
  std::vector<Relation> conflicts;
  std::vector<Provision> provides;
  std::vector<std::string> classes;  // custom_variable_classes
  std::optional<std::string> schema;
  std::optional<std::string> module_pathname;
  std::optional<std::string> encoding;
  bool relocatable = false;
  bool superuser = true;
  bool trusted = false;
};

// Throws support::BadInput with line, column, what was expected, and the
// nearest known key in the hint.  The text is UTF-8; a byte order mark, CRLF
// and a missing last newline are fine.
ControlFile parse_control(std::string_view text);

}  // namespace extman::control
