// Paths as the server names them: relative to its data directory, parts split by "/".
#pragma once

#include <string>
#include <string_view>

namespace basebackup {

// Whether a path that the server names stays below the directory of the backup: not
// absolute, no part empty, "." or "..", no NUL.  A server must not choose what is
// written elsewhere.
bool is_safe(std::string_view path);

// "b" of "a/b"; "a" of "a".
std::string_view file_name(std::string_view path);

// "a" of "a/b"; empty of "a".
std::string_view parent(std::string_view path);

bool is_number(std::string_view text);

bool starts_with(std::string_view text, std::string_view prefix);

std::string without_trailing_slashes(std::string_view path);

}  // namespace basebackup
