// A block without what its grammar need not know: comments, upper and lower case.
#pragma once

#include "support/no_postgres.h"

#include <string>
#include <string_view>

namespace extman::language {

// The text with spaces for comments and small letters for capitals, so that every
// byte stays in its place.  Letters within double quotes and within parentheses,
// where versions stand, stay as they are.  Comments are SQL's: "--" to the end of the
// line, and /* */, which may be nested.  Throws control::SyntaxError for what is not
// closed.
std::string plain_text(std::string_view text);

}  // namespace extman::language
