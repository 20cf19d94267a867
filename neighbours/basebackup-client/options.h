// The command line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "digest.h"
#include "tablespace_map.h"

namespace basebackup {

struct Options {
  std::string conninfo;
  std::string directory;
  int jobs = 1;
  std::vector<TablespaceMapping> tablespaces;
  std::string label = "basebackup";
  std::optional<bool> fast_checkpoint;  // else the server's settings decide
  bool include_wal = true;
  bool resume = false;
  bool progress = false;
  bool sync = true;
  bool verify_checksums = true;
  bool manifest = true;
  DigestKind digest = DigestKind::kCrc32c;

  bool help = false;
  bool version = false;
};

// Throws UsageError.
Options parse_options(int argc, char **argv);

const char *usage();

}  // namespace basebackup
