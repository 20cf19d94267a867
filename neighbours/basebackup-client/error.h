// The one kind of exception that this program throws on purpose.
#pragma once

#include <stdexcept>
#include <string>

namespace basebackup {

// A message as PostgreSQL words them: lower case, no full stop; the hint is a sentence.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string &message, std::string hint = {}, std::string state = {})
      : std::runtime_error(message), hint_(std::move(hint)), state_(std::move(state)) {}

  const std::string &hint() const { return hint_; }
  // The SQLSTATE of an error of the server, else empty.
  const std::string &state() const { return state_; }

 private:
  std::string hint_;
  std::string state_;
};

// Wrong arguments: main() shows where the help is.
class UsageError : public Error {
 public:
  using Error::Error;
};

// What a call of the operating system has just failed with, behind the message.
Error system_error(const std::string &message);

}  // namespace basebackup
