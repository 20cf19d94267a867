#include "language/plain_text.h"

#include "control/source.h"
#include "support/translate.h"

#include <algorithm>

namespace extman::language {

namespace {

// The end of a comment that begins at a place, or the place itself.
std::size_t end_of_comment(std::string_view text, std::size_t start) {
  if (text.substr(start, 2) == "--") {
    return std::min(text.find_first_of("\r\n", start), text.size());
  }
  if (text.substr(start, 2) != "/*") return start;
  std::size_t depth = 0;
  for (std::size_t at = start; at < text.size();) {
    const std::string_view two = text.substr(at, 2);
    if (two == "/*") {
      ++depth;
      at += 2;
    } else if (two == "*/") {
      at += 2;
      if (--depth == 0) return at;
    } else {
      ++at;
    }
  }
  throw control::SyntaxError(start, tr("unterminated comment"), tr("A comment ends in \"*/\"."));
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string plain_text(std::string_view text) {
  std::string plain(text);
  bool in_parentheses = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_comment(text, at);
    if (end != at) {
      std::fill(plain.begin() + static_cast<std::ptrdiff_t>(at),
                plain.begin() + static_cast<std::ptrdiff_t>(end), ' ');
      at = end;
      continue;
    }
    const char c = text[at];
    if (c == '"') {
      const std::size_t closing = text.find('"', at + 1);
      if (closing == std::string_view::npos) {
        throw control::SyntaxError(at, tr("unterminated quoted name"),
                                   tr("A name that begins with a double quote ends in one."));
      }
      at = closing + 1;
      continue;
    }
    if (c == '(') in_parentheses = true;
    if (c == ')' || c == ';') in_parentheses = false;
    if (!in_parentheses) plain[at] = lower(c);
    ++at;
  }
  return plain;
}

}  // namespace extman::language
