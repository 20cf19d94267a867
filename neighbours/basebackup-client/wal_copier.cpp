#include "wal_copier.h"

#include <algorithm>

#include "error.h"
#include "files.h"
#include "wal_name.h"

namespace basebackup {

namespace {

constexpr const char *kFolder = "pg_wal/";
constexpr uint64_t kPiece = 1 << 20;
constexpr uint64_t kSmallFile = 1 << 20;

}  // namespace

std::string read_small_file(Connection &connection, const std::string &path) {
  auto content = connection.read(path, 0, kSmallFile);
  if (!content) throw Error("there is no file \"" + path + "\" on the server");
  return *std::move(content);
}

WalCopier::WalCopier(Connection &connection, const Server &server, const Target &target,
                     uint64_t start_lsn)
    : connection_(connection),
      server_(server),
      target_(target),
      first_(start_lsn / server.wal_segment_size) {}

std::vector<std::string> WalCopier::list() {
  const Rows rows = connection_.query("SELECT pg_ls_dir('pg_wal', false, false)");
  std::vector<std::string> names;
  for (int row = 0; row < rows.size(); ++row) names.emplace_back(rows.get(row, 0));
  // The oldest first, whatever the timeline: it is the next to be removed.
  std::sort(names.begin(), names.end(), [](const std::string &a, const std::string &b) {
    return a.compare(std::min<size_t>(8, a.size()), a.size(), b, std::min<size_t>(8, b.size()),
                     b.size()) < 0;
  });
  return names;
}

Error WalCopier::missing(const std::string &name) const {
  return Error("WAL file \"" + name + "\" is gone from the server, and the backup needs it",
               "Give the role REPLICATION, so that the server keeps WAL for it, or set "
               "wal_keep_size higher.");
}

void WalCopier::copy_segment(const std::string &name) {
  const std::string path = kFolder + name;
  const std::string target = target_.path(path);
  write_file(target, "");
  for (uint64_t at = 0; at < server_.wal_segment_size;) {
    // Each piece opens the file by its name, which is never given to other contents.
    const auto piece = connection_.read(path, at, kPiece);
    if (!piece) throw missing(name);
    if (piece->empty()) throw Error("WAL file \"" + name + "\" is too short");
    patch_file(target, at, *piece);
    at += piece->size();
    bytes_ += piece->size();
  }
}

void WalCopier::copy_before(uint64_t end) {
  for (const std::string &name : list()) {
    const auto file = parse_wal_file(name, server_.wal_segment_size);
    if (!file || file->segment < first_ || file->segment >= end || copied_.count(name) > 0) {
      continue;
    }
    copy_segment(name);
    copied_.insert(name);
    segments_.insert(file->segment);
  }
}

void WalCopier::catch_up() {
  const Rows rows = connection_.query("SELECT basebackup.wal_position()");
  copy_before(parse_lsn(rows.get(0, 0)) / server_.wal_segment_size);
}

void WalCopier::finish(uint64_t end_lsn) {
  // The position is the first behind the backup, so that it may begin a segment.
  const uint64_t end = (end_lsn - 1) / server_.wal_segment_size + 1;
  copy_before(end);
  for (uint64_t segment = first_; segment < end; ++segment) {
    if (segments_.count(segment) == 0) {
      throw missing(format_wal_file({1, segment}, server_.wal_segment_size).replace(0, 8, "*"));
    }
  }
  for (const std::string &name : list()) {
    if (!is_history_file(name)) continue;
    const std::string path = kFolder + name;
    write_file(target_.path(path), read_small_file(connection_, path));
  }
}

}  // namespace basebackup
