// The directory of the backup, and those of its tablespaces.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "file_list.h"
#include "server.h"
#include "tablespace_map.h"

namespace basebackup {

class Target {
 public:
  Target(const std::string &directory, std::vector<TablespaceMapping> mappings);

  // Throws Error unless the directory can take a new backup, or with resume, has one to
  // go on with.  Changes nothing.
  void check(bool resume);
  // Whether it has an interrupted backup.
  bool interrupted() const { return interrupted_; }

  // The same for the tablespaces.  Throws as well if a mapping fits none of them.
  void check_tablespaces(const std::vector<Tablespace> &tablespaces);

  // The directory itself; then all folders and links, without those that exist.
  void make_directory(bool group_access);
  void make_tree(const FileList &list, bool with_wal_summaries);

  // Symbolic links in the directory, but for those to tablespaces: nothing of a backup is
  // behind any.
  void remove_links();

  // What an interrupted backup has left, but for these files and the journal.
  void remove_all_but(const std::unordered_set<std::string> &files);

  // Where a file of the server goes.
  std::string path(std::string_view name) const { return directory_ + "/" + std::string(name); }
  const std::string &directory() const { return directory_; }

  // All files and folders to disk.
  void sync() const;

 private:
  void check_apart() const;

  struct Link {
    std::string oid;
    std::string location;  // on this machine
  };

  std::string directory_;
  std::vector<TablespaceMapping> mappings_;
  std::vector<Link> links_;
  bool interrupted_ = false;
};

}  // namespace basebackup
