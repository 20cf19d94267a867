// Looks again at pages whose checksums were wrong, when all has been copied.
#pragma once

#include <cstddef>
#include <vector>

#include "connection.h"
#include "file_copy.h"
#include "manifest.h"
#include "target.h"

namespace basebackup {

// A page may just have been written when it was read, and so be half old and half new.  If
// it is right now, or was changed since the backup began, so that it comes again from WAL,
// it is taken as it is now.  Returns how many pages are wrong, and says which.  The
// manifest's entries of files that change are brought up to date.
size_t check_suspects(Connection &connection, const Target &target, const PageRules &rules,
                      DigestKind digest, const std::vector<SuspectPage> &suspects,
                      std::vector<ManifestFile> &files);

}  // namespace basebackup
