// Text of unknown origin, made fit for a message.
#pragma once

#include "support/no_postgres.h"

#include <string>
#include <string_view>

namespace extman::support {

// The text between double quotes.  Control characters and bytes that are no
// UTF-8 become "?"; a long text is cut at a character and ends in "...".
std::string quoted(std::string_view text);

// The length in bytes of the UTF-8 character that begins at offset, or 0 when
// there is none (overlong forms, surrogates and values above U+10FFFF are none).
std::size_t utf8_length(std::string_view text, std::size_t offset) noexcept;

// Whether the character that begins at offset is a control character (C0, DEL,
// C1), any of which would let text in a dump or a log pass for something else.
bool is_control(std::string_view text, std::size_t offset) noexcept;

}  // namespace extman::support
