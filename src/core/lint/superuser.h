// Statements that only a superuser can execute, and what they leave to others.
#pragma once

#include "lint/tokens.h"
#include "support/no_postgres.h"

#include <string>

namespace extman::lint {

enum class Power {
  kNone,
  kSuperuser,  // needs a superuser, and leaves nothing behind that has his rights
  kModule,     // machine code of a module, which any user then calls
  kDangerous   // acts, or lets others act, beyond the database's usual rights
};

struct Privileged {
  Power power;
  std::string what;  // "a function in language c", as the object of "creates" or "does"
};

Privileged privileged(const Tokens &statement);

}  // namespace extman::lint
