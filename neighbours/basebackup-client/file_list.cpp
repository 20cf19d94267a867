#include "file_list.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

#include "error.h"
#include "journal.h"
#include "paths.h"
#include "relation_file.h"

namespace basebackup {

namespace {

constexpr std::string_view kTemporaryPrefix = "pgsql_tmp";

// Wherever they are.
constexpr std::array<std::string_view, 10> kExcludedNames = {
    "postgresql.auto.conf.tmp",
    "current_logfiles.tmp",
    // Of another backup, from which this server was started, or which is no backup at all.
    "backup_label",
    "backup_label.old",
    "tablespace_map",
    "tablespace_map.old",
    "backup_manifest",
    "postmaster.pid",
    "postmaster.opts",
    kJournalName,
};

// These are rebuilt when a server starts; there are temporary ones with a suffix.
constexpr std::string_view kRelationCachePrefix = "pg_internal.init";

// Sums of sizes don't overflow, and a negative number is none.
constexpr uint64_t kLargestFile = uint64_t{1} << 50;

// A socket in the data directory.
constexpr std::string_view kSocketPrefix = ".s.PGSQL.";

bool is_excluded_name(std::string_view name) {
  return std::find(kExcludedNames.begin(), kExcludedNames.end(), name) != kExcludedNames.end() ||
         starts_with(name, kTemporaryPrefix) || starts_with(name, kRelationCachePrefix) ||
         starts_with(name, kSocketPrefix);
}

bool has_no_contents(std::string_view folder) {
  const auto &list = folders_without_contents();
  return std::find(list.begin(), list.end(), file_name(folder)) != list.end();
}

// Whether one of the folders that a path goes through is left out, or stays empty.
bool is_inside_of_excluded(std::string_view path) {
  for (std::string_view folder = parent(path); !folder.empty(); folder = parent(folder)) {
    if (is_excluded_name(file_name(folder)) || has_no_contents(folder)) return true;
  }
  return false;
}

// "base/5/16384" for each unlogged relation: only its init fork counts.
std::unordered_set<std::string> find_unlogged(const std::vector<Entry> &entries) {
  std::unordered_set<std::string> unlogged;
  for (const Entry &entry : entries) {
    const std::string_view folder = parent(entry.path);
    const auto file = parse_relation_file(file_name(entry.path));
    if (file && file->fork == "init" && is_database_folder(folder)) {
      unlogged.insert(std::string(folder) + "/" + std::string(file->number));
    }
  }
  return unlogged;
}

bool is_excluded_relation(std::string_view path, const std::unordered_set<std::string> &unlogged) {
  const std::string_view folder = parent(path);
  if (!is_database_folder(folder)) return false;
  const std::string_view name = file_name(path);
  if (is_temporary_relation_file(name)) return true;
  const auto file = parse_relation_file(name);
  return file && file->fork != "init" &&
         unlogged.count(std::string(folder) + "/" + std::string(file->number)) > 0;
}

// A server must not choose what is written elsewhere, either: of the folder of a tablespace,
// which it names, only those of PostgreSQL count.
bool is_placed_safely(std::string_view path) {
  static constexpr std::string_view kTablespaces = "pg_tblspc/";
  if (!is_safe(path)) return false;
  if (!starts_with(path, kTablespaces)) return true;
  const size_t inside = path.find('/', kTablespaces.size());
  return inside == std::string_view::npos || starts_with(path.substr(inside + 1), "PG_");
}

}  // namespace

const std::vector<std::string> &folders_without_contents() {
  static const std::vector<std::string> folders = {
      "pg_wal",  // copied apart, and only what the backup needs
      "pg_stat_tmp", "pg_replslot",  "pg_dynshmem", "pg_notify",
      "pg_serial",   "pg_snapshots", "pg_subtrans",
  };
  return folders;
}

FileList select_for_backup(std::vector<Entry> entries) {
  FileList list;
  const std::unordered_set<std::string> unlogged = find_unlogged(entries);
  for (Entry &entry : entries) {
    if (!is_placed_safely(entry.path)) {
      throw Error("the server names a file \"" + entry.path + "\", which is no path in a backup");
    }
    if (entry.size > kLargestFile) {
      throw Error("the server tells an impossible size of file \"" + entry.path + "\"");
    }
    if (is_excluded_name(file_name(entry.path)) || is_inside_of_excluded(entry.path) ||
        entry.path == "global/pg_control") {
      continue;
    }
    if (entry.is_directory) {
      list.directories.push_back(std::move(entry.path));
    } else if (!is_excluded_relation(entry.path, unlogged)) {
      list.files.push_back(std::move(entry));
    }
  }
  std::sort(list.directories.begin(), list.directories.end());
  std::sort(list.files.begin(), list.files.end(),
            [](const Entry &a, const Entry &b) { return a.path < b.path; });
  return list;
}

}  // namespace basebackup
