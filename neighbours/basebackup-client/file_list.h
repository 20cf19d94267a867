// What the server has, and what of it belongs into a backup.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace basebackup {

struct Entry {
  std::string path;
  bool is_directory = false;
  uint64_t size = 0;
  int64_t modified = 0;  // seconds since 1970, by the server's clock
  int64_t changed = 0;
};

struct FileList {
  std::vector<std::string> directories;  // sorted: what contains comes before what it contains
  std::vector<Entry> files;              // sorted by path
};

// Folders that a backup has, but empty: their contents are of no use to another server
// process.  The server needn't look into them.
const std::vector<std::string> &folders_without_contents();

// Leaves out what pg_basebackup leaves out (src/backend/backup/basebackup.c of
// PostgreSQL), and pg_control, which is copied last.  Throws Error on a path that leads
// out of the directory and those of the tablespaces, and on sizes that cannot be.
FileList select_for_backup(std::vector<Entry> entries);

}  // namespace basebackup
