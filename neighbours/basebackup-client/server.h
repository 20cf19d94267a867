// The server that is backed up: what is known of it, and the backup that it holds.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "connection.h"
#include "file_list.h"

namespace basebackup {

struct Server {
  int version = 0;  // as in server_version_num
  std::string system_identifier;
  int64_t directory_identifier = 0;  // of this data directory, as against copies of it
  bool in_recovery = false;
  bool checksums = false;
  uint32_t block_size = 0;
  uint32_t segment_blocks = 0;
  uint32_t wal_segment_size = 0;
  bool group_access = false;
  bool fast_checkpoint = false;  // unless the client says otherwise
  int max_jobs = 1;

  bool same_as(const Server &other) const {
    return system_identifier == other.system_identifier &&
           directory_identifier == other.directory_identifier;
  }
};

// Throws Error if its sizes are none of PostgreSQL's.
void check_sizes(const Server &server);

// Throws Error if the server is too old or lacks the package.
Server read_server(Connection &connection);

// The server's clock, in seconds since 1970.
int64_t server_time(Connection &connection);

std::vector<Entry> list_files(Connection &connection);

struct Tablespace {
  std::string oid;
  std::string location;  // relative if it lies inside of the data directory
};
std::vector<Tablespace> list_tablespaces(Connection &connection);

// How a backup began and ended.
struct BackupEnd {
  uint64_t lsn = 0;
  uint32_t timeline = 0;
  std::string label;           // the contents of backup_label
  std::string tablespace_map;  // and of tablespace_map
};

// Lets the server keep all WAL from now on until the session ends, by a temporary
// replication slot.  False if it doesn't: the role has no REPLICATION, or there is no slot.
bool reserve_wal(Connection &connection);

// Returns the position from which on WAL is needed.  The backup lasts as long as the
// session; where that ends first, the server gives it up.
uint64_t start_backup(Connection &connection, const std::string &label, bool fast_checkpoint);
BackupEnd stop_backup(Connection &connection, bool wait_for_archive);

// From the contents of backup_label.  Throws Error.
uint32_t start_timeline(const std::string &label);

}  // namespace basebackup
