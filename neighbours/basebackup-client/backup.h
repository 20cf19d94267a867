// A whole backup, from the first connection to the last file.
#pragma once

#include "options.h"

namespace basebackup {

// False if it is complete, but pages of the server are damaged.  Throws Error.
bool take_backup(const Options &options);

}  // namespace basebackup
