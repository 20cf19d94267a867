// The file backup_manifest, by which pg_verifybackup checks a backup (src/backend/backup/
// backup_manifest.c of PostgreSQL).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "digest.h"
#include "timelines.h"

namespace basebackup {

struct ManifestFile {
  std::string path;
  uint64_t size = 0;
  int64_t modified = 0;  // seconds since 1970
  std::string digest;    // as Digest::finish() gives it
};

struct ManifestHead {
  int version = 1;  // 2, with the identifier of the system, from PostgreSQL 17 on
  std::string system_identifier;
  DigestKind digest = DigestKind::kCrc32c;
};

// All of the text, with its own checksum at the end.  The files are sorted by path.
std::string make_manifest(const ManifestHead &head, std::vector<ManifestFile> files,
                          const std::vector<WalRange> &ranges);

// The member for a path: "Path", or "Encoded-Path" if it is not valid UTF-8.
std::string manifest_path(const std::string &path);

}  // namespace basebackup
