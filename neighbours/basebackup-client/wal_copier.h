// Copies the WAL that a backup needs, while it runs: without a replication slot, the server
// keeps it no longer than it needs it itself.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "connection.h"
#include "server.h"
#include "target.h"

namespace basebackup {

class WalCopier {
 public:
  WalCopier(Connection &connection, const Server &server, const Target &target, uint64_t start_lsn);

  // The segments that are complete by now.
  void catch_up();

  // All up to the end of the backup, and the histories of timelines.  Throws Error if a
  // segment is gone.
  void finish(uint64_t end_lsn);

  uint64_t bytes() const { return bytes_; }

 private:
  // Those in [first_, end), without those that were copied.
  void copy_before(uint64_t end);
  void copy_segment(const std::string &name);
  std::vector<std::string> list();
  Error missing(const std::string &name) const;

  Connection &connection_;
  const Server &server_;
  const Target &target_;
  uint64_t first_;
  std::unordered_set<std::string> copied_;
  std::unordered_set<uint64_t> segments_;
  uint64_t bytes_ = 0;
};

// The contents of a file of the server, which must be there; in one piece.
std::string read_small_file(Connection &connection, const std::string &path);

}  // namespace basebackup
