// The grammar of commands, before what stands for packages means anything.
#pragma once

#include "support/no_postgres.h"

#include <string_view>
#include <vector>

namespace extman::language {

enum class Verb { kInstall, kUpgrade, kUninstall, kHold, kUnhold, kMark };

// Every view is a part of the plain text.
struct CommandText {
  Verb verb;
  std::string_view request;  // empty: ALL
  std::string_view schema;   // a name, perhaps in quotes; empty when there is none
  std::string_view option;   // cascade, automatic, wanted, or empty
};

//   block   = [ command ] { ";" [ command ] }
//   command = INSTALL EXTENSION request [ SCHEMA name ]
//           | UPGRADE EXTENSION ( ALL | request )
//           | UNINSTALL EXTENSION request [ CASCADE ]
//           | HOLD EXTENSION request | UNHOLD EXTENSION request
//           | MARK EXTENSION request ( AUTOMATIC | WANTED )
//
// A request reaches to the word that ends it, which it cannot hold but in quotes.
// text: what errors quote, byte for byte where plain has it.  Throws
// control::SyntaxError.
std::vector<CommandText> read_commands(std::string_view plain, std::string_view text);

}  // namespace extman::language
