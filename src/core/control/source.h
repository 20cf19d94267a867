// The text that a grammar reads, and where in it something went wrong.
#pragma once

#include "support/no_postgres.h"

#include <stdexcept>
#include <string>
#include <string_view>

namespace extman::control {

// An error at a byte offset of the text being read.  The grammars throw it;
// the functions that know where that text came from turn it into BadInput, so
// it never leaves this folder and that of the language.
class SyntaxError : public std::runtime_error {
 public:
  SyntaxError(std::size_t offset, const std::string &message, std::string hint = {})
      : std::runtime_error(message), offset_(offset), hint_(std::move(hint)) {}

  std::size_t offset() const { return offset_; }
  const std::string &hint() const { return hint_; }

 private:
  std::size_t offset_;
  std::string hint_;
};

class Source {
 public:
  // Keeps a view of the text, without its byte order mark if it has one.
  // Throws support::BadInput at a NUL byte or where the text is no UTF-8.
  explicit Source(std::string_view text);

  std::string_view text() const { return text_; }

  std::size_t line_of(std::size_t offset) const;

  // Throws support::BadInput with the line and column of a byte offset.
  [[noreturn]] void fail(std::size_t offset, const std::string &message,
                         const std::string &hint) const;

 private:
  std::string_view text_;
};

}  // namespace extman::control
