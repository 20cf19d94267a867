// The keys of a control file.
#pragma once

#include "support/no_postgres.h"

#include <optional>
#include <string>
#include <string_view>

namespace extman::control {

enum class Key {
  kName,
  kVersion,
  kComment,
  kDepends,
  kConflicts,
  kProvides,
  kClasses,
  kSchema,
  kRelocatable,
  kSuperuser,
  kTrusted,
  kModulePathname,
  kEncoding
};

std::optional<Key> find_key(std::string_view text);

// Keys that begin with "x_" are for whoever wants to add something.
bool is_private_key(std::string_view text);

// A sentence for the hint of an error about an unknown key: the key that was
// probably meant, or else all that there are.
std::string suggest_key(std::string_view unknown);

}  // namespace extman::control
