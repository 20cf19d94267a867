// What lint has to say about a file of a package.
#pragma once

#include "support/no_postgres.h"

#include <cstddef>
#include <string>

namespace extman::lint {

enum class Severity {
  kNotice,   // worth knowing
  kWarning,  // works, but is risky
  kError     // does not work, or is unsafe
};

struct Finding {
  std::size_t line;  // from 1; 0: the file as a whole
  Severity severity;
  std::string message;  // lower case, no full stop
  std::string hint;     // a sentence, or empty
};

}  // namespace extman::lint
