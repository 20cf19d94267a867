#include "server.h"

#include <charconv>

#include "wal_name.h"

namespace basebackup {

namespace {

constexpr int kOldestVersion = 150000;
constexpr const char *kPackageVersion = "1.0";

constexpr const char *kInsufficientPrivilege = "42501";
constexpr const char *kConfigurationLimitExceeded = "53400";
constexpr const char *kObjectNotInPrerequisiteState = "55000";

void require_package(Connection &connection) {
  const int version = PQserverVersion(connection.get());
  if (version < kOldestVersion) {
    throw Error("the server is of version " + std::to_string(version / 10000) +
                ", and backups are possible from 15 on");
  }
  const Rows rows =
      connection.query("SELECT extversion FROM pg_extension WHERE extname = 'basebackup'");
  const std::string hint = "In that database, run: SELECT pg_extension_install('basebackup')";
  if (rows.size() == 0) {
    throw Error(std::string("package basebackup is not installed in database \"") +
                    PQdb(connection.get()) + "\"",
                hint);
  }
  if (rows.get(0, 0) != kPackageVersion) {
    throw Error("package basebackup is of version " + std::string(rows.get(0, 0)) +
                ", and this client needs " + kPackageVersion);
  }
}

std::string make_array(const std::vector<std::string> &names) {
  std::string text = "{";
  for (const std::string &name : names) text += (text.size() > 1 ? "," : "") + name;
  return text + "}";
}

}  // namespace

void check_sizes(const Server &server) {
  const auto is_power = [](uint32_t size, uint32_t least, uint32_t most) {
    return size >= least && size <= most && (size & (size - 1)) == 0;
  };
  if (!is_power(server.block_size, 1 << 10, 32 << 10) ||
      !is_power(server.wal_segment_size, 1 << 20, 1 << 30)) {
    throw Error("the server tells an impossible size of its blocks or of its WAL");
  }
}

Server read_server(Connection &connection) {
  require_package(connection);
  const Rows rows = connection.query(
      "SELECT version_num, system_identifier, directory_identifier, in_recovery, checksums,"
      " block_size, segment_blocks, wal_segment_size, directory_mode, checkpoint, max_jobs"
      " FROM basebackup.server()");
  Server server;
  server.version = static_cast<int>(rows.number(0, 0));
  server.system_identifier = rows.get(0, 1);
  server.directory_identifier = rows.number(0, 2);
  server.in_recovery = rows.boolean(0, 3);
  server.checksums = rows.boolean(0, 4);
  server.block_size = static_cast<uint32_t>(rows.number(0, 5));
  server.segment_blocks = static_cast<uint32_t>(rows.number(0, 6));
  server.wal_segment_size = static_cast<uint32_t>(rows.number(0, 7));
  server.group_access = rows.get(0, 8) == "0750";
  server.fast_checkpoint = rows.get(0, 9) == "fast";
  server.max_jobs = static_cast<int>(rows.number(0, 10));
  check_sizes(server);
  return server;
}

int64_t server_time(Connection &connection) {
  return connection.query("SELECT read_at FROM basebackup.server()").number(0, 0);
}

std::vector<Entry> list_files(Connection &connection) {
  const Rows rows = connection.query(
      "SELECT path, is_directory, size, modified, changed FROM basebackup.files($1)",
      {make_array(folders_without_contents())});
  std::vector<Entry> entries(static_cast<size_t>(rows.size()));
  for (int row = 0; row < rows.size(); ++row) {
    Entry &entry = entries[static_cast<size_t>(row)];
    entry.path = rows.get(row, 0);
    entry.is_directory = rows.boolean(row, 1);
    entry.size = static_cast<uint64_t>(rows.number(row, 2));
    entry.modified = rows.number(row, 3);
    entry.changed = rows.is_null(row, 4) ? 0 : rows.number(row, 4);
  }
  return entries;
}

std::vector<Tablespace> list_tablespaces(Connection &connection) {
  const Rows rows = connection.query("SELECT oid, location FROM basebackup.tablespaces()");
  std::vector<Tablespace> tablespaces;
  for (int row = 0; row < rows.size(); ++row) {
    tablespaces.push_back({std::string(rows.get(row, 0)), std::string(rows.get(row, 1))});
  }
  return tablespaces;
}

bool reserve_wal(Connection &connection) {
  try {
    connection.query(
        "SELECT pg_create_physical_replication_slot('basebackup_' || pg_backend_pid(), true, "
        "true)");
    return true;
  } catch (const Error &error) {
    if (error.state() == kInsufficientPrivilege || error.state() == kConfigurationLimitExceeded ||
        error.state() == kObjectNotInPrerequisiteState) {
      return false;
    }
    throw;
  }
}

uint64_t start_backup(Connection &connection, const std::string &label, bool fast_checkpoint) {
  const Rows rows =
      connection.query("SELECT pg_backup_start($1, $2)", {label, fast_checkpoint ? "t" : "f"});
  return parse_lsn(rows.get(0, 0));
}

BackupEnd stop_backup(Connection &connection, bool wait_for_archive) {
  const Rows rows = connection.query("SELECT lsn, labelfile, spcmapfile FROM pg_backup_stop($1)",
                                     {wait_for_archive ? "t" : "f"});
  BackupEnd end;
  end.lsn = parse_lsn(rows.get(0, 0));
  end.label = rows.get(0, 1);
  end.tablespace_map = rows.get(0, 2);
  const Rows timeline =
      connection.query("SELECT basebackup.wal_timeline($1)", {std::string(rows.get(0, 0))});
  end.timeline = static_cast<uint32_t>(timeline.number(0, 0));
  return end;
}

uint32_t start_timeline(const std::string &label) {
  static const std::string kKey = "START TIMELINE: ";
  const size_t at = label.find("\n" + kKey);
  uint32_t timeline = 0;
  if (at != std::string::npos) {
    const char *begin = label.data() + at + 1 + kKey.size();
    std::from_chars(begin, label.data() + label.size(), timeline);
  }
  if (timeline == 0) throw Error("the backup label names no timeline");
  return timeline;
}

}  // namespace basebackup
