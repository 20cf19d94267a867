// What the values of a control file's keys may be, apart from relations.
// Everything here throws SyntaxError with an offset into the value.
#pragma once

#include "support/no_postgres.h"

#include <string>
#include <string_view>
#include <vector>

namespace extman::control {

// Refuses a carriage return inside a line: the file's lines then end in nothing
// else, and all of it would be taken for one value.
void check_one_line(std::string_view value);

// Refuses control characters.
void check_no_control(std::string_view value);

// Refuses control characters and backslashes: such text would reach dumps,
// where it could pass for a command (CVE-2025-8714).
void check_plain_text(std::string_view value);

// As core's parse_bool(): true, false, yes, no, on, off, 1, 0 and unique
// beginnings of them, in any case.
bool read_boolean(std::string_view key, std::string_view value);

// custom_variable_classes: identifiers, split by commas; each once.
std::vector<std::string> read_classes(std::string_view value);

// A schema's name: one that the server can have, without quotes and
// backslashes.
void check_schema(std::string_view value);

// The name of an encoding: letters, digits, "-" and "_".  Whether the server
// knows it is for the server to say.
void check_encoding(std::string_view value);

// What replaces MODULE_PATHNAME, between quotes.
void check_module_pathname(std::string_view value);

}  // namespace extman::control
