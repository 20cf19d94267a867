// What a block of the language extman says, the words of the design of 2010:
//
//   INSTALL EXTENSION foo, bar (>= 1.1) SCHEMA s; UPGRADE EXTENSION ALL;
//   UNINSTALL EXTENSION baz CASCADE; HOLD EXTENSION x; MARK EXTENSION y WANTED
//
// Requests are those of the functions.  As in SQL, capitals and small letters are the
// same but in double quotes, and comments are -- and /* */.  All of a block is one
// request, whatever the order of its commands.
#pragma once

#include "control/relation.h"
#include "support/no_postgres.h"

#include <string>
#include <string_view>
#include <vector>

namespace extman::language {

enum class Policy { kHold, kUnhold, kAutomatic, kWanted };

struct Block {
  std::vector<control::Alternatives> install;
  std::vector<std::string> schemas;  // one for each of install, empty for none
  std::vector<control::Alternatives> uninstall;
  std::vector<control::Alternatives> upgrade;
  bool upgrade_all = false;
  bool cascade = false;

  struct PolicyChange {
    Policy policy;
    std::string name;
  };
  std::vector<PolicyChange> policies;  // as they were written
};

// Throws support::BadInput with line and column.
Block parse_block(std::string_view text);

}  // namespace extman::language
