// What the core throws.  The guard of capi.cpp turns each into an ExtmanCode.
#pragma once

#include "support/no_postgres.h"

#include <cstddef>
#include <stdexcept>
#include <string>

namespace extman::support {

// Text that does not follow its grammar.  Line and column count from 1, the
// column in characters of UTF-8; both are 0 when the text has no lines to
// speak of (a name, a version).
class BadInput : public std::runtime_error {
 public:
  explicit BadInput(const std::string &message, std::string hint = {}, std::size_t line = 0,
                    std::size_t column = 0)
      : std::runtime_error(message), hint_(std::move(hint)), line_(line), column_(column) {}

  const std::string &hint() const { return hint_; }
  std::size_t line() const { return line_; }
  std::size_t column() const { return column_; }

 private:
  std::string hint_;
  std::size_t line_;
  std::size_t column_;
};

// The poll callback asked to stop.
class Cancelled : public std::exception {
 public:
  const char *what() const noexcept override { return "cancelled"; }
};

// A limit on steps or memory was reached.
class LimitReached : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A caller broke a rule of core.h.
class Misuse : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

}  // namespace extman::support
