#include "target.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "error.h"
#include "files.h"
#include "journal.h"
#include "paths.h"

namespace basebackup {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTablespaces = "pg_tblspc";

// Makes exceptions of the library into ours.
template <typename Function>
void with_errors(const Function &function) {
  try {
    function();
  } catch (const fs::filesystem_error &error) {
    throw Error("could not access \"" + error.path1().string() + "\": " + error.code().message());
  }
}

// Below a folder, without following links; what is deeper comes first.
std::vector<fs::path> all_below(const std::string &folder) {
  std::vector<fs::path> paths;
  for (const auto &entry : fs::recursive_directory_iterator(folder)) paths.push_back(entry.path());
  std::reverse(paths.begin(), paths.end());
  return paths;
}

void require_empty(const std::string &location) {
  if (is_empty_directory(location)) return;
  throw Error("directory \"" + location + "\" of a tablespace exists but is not empty",
              "Put the tablespace elsewhere by --tablespace-mapping.");
}

bool is_within(const fs::path &path, const fs::path &folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first ==
         folder.end();
}

// "/a/b/c" below "/a" is "b/c".
std::string relative_to(const fs::path &path, const std::string &folder) {
  return path.string().substr(folder.size() + 1);
}

}  // namespace

Target::Target(const std::string &directory, std::vector<TablespaceMapping> mappings)
    : directory_(without_trailing_slashes(directory)), mappings_(std::move(mappings)) {}

void Target::check(bool resume) {
  if (is_empty_directory(directory_)) return;
  interrupted_ = fs::exists(path(kJournalName));
  if (interrupted_ && !resume) {
    throw Error("directory \"" + directory_ + "\" holds an interrupted backup",
                "Complete it with --resume, or remove it.");
  }
  if (!interrupted_) {
    throw Error("directory \"" + directory_ + "\" exists but is not empty",
                resume ? "There is no interrupted backup in it." : "");
  }
}

void Target::check_tablespaces(const std::vector<Tablespace> &tablespaces) {
  for (const TablespaceMapping &mapping : mappings_) {
    if (std::none_of(tablespaces.begin(), tablespaces.end(),
                     [&](const Tablespace &t) { return t.location == mapping.from; })) {
      throw Error("there is no tablespace in \"" + mapping.from + "\"");
    }
  }
  for (const Tablespace &tablespace : tablespaces) {
    if (!is_number(tablespace.oid)) throw Error("the server names a tablespace without a number");
    if (tablespace.location.empty() || tablespace.location.front() != '/') continue;
    const Link link = {tablespace.oid, map_location(mappings_, tablespace.location)};
    std::error_code error;
    const fs::path old = fs::read_symlink(path("pg_tblspc/" + link.oid), error);
    if (interrupted_ && !error) {
      if (old != link.location) {
        throw Error("the tablespace in \"" + tablespace.location + "\" was to go to \"" +
                        old.string() + "\" before, and to \"" + link.location + "\" now",
                    "Give the same --tablespace-mapping, or remove the interrupted backup.");
      }
    } else {
      require_empty(link.location);
    }
    links_.push_back(link);
  }
  with_errors([&] { check_apart(); });
}

// What is in two places at once would be mixed up, and removed by a backup that goes on.
void Target::check_apart() const {
  std::vector<fs::path> places = {fs::weakly_canonical(fs::absolute(directory_))};
  for (const Link &link : links_) {
    fs::path place = fs::weakly_canonical(link.location);
    for (const fs::path &other : places) {
      if (is_within(place, other) || is_within(other, place)) {
        throw Error("directories \"" + other.string() + "\" and \"" + place.string() +
                        "\" of the backup are the same, or one is in the other",
                    "Put the tablespace elsewhere by --tablespace-mapping.");
      }
    }
    places.push_back(std::move(place));
  }
}

void Target::make_directory(bool group_access) {
  // As the server wants it; what is made in it follows.
  umask(group_access ? 027 : 077);
  make_directories(directory_);
  if (chmod(directory_.c_str(), group_access ? 0750 : 0700) != 0) {
    throw system_error("could not set the permissions of directory \"" + directory_ + "\"");
  }
}

void Target::make_tree(const FileList &list, bool with_wal_summaries) {
  with_errors([&] {
    make_directories(path("pg_tblspc"));
    for (const Link &link : links_) {
      const std::string name = path("pg_tblspc/" + link.oid);
      if (!fs::is_symlink(name)) {
        // Another backup may have come there since it was looked at.
        require_empty(link.location);
        fs::create_symlink(link.location, name);
      }
      make_directories(link.location);
    }
    for (const std::string &folder : list.directories) {
      if (!fs::is_directory(path(folder))) make_directories(path(folder));
    }
    make_directories(path("pg_wal/archive_status"));
    if (with_wal_summaries) make_directories(path("pg_wal/summaries"));
  });
}

void Target::remove_links() {
  with_errors([&] {
    for (const fs::path &found : all_below(directory_)) {
      if (fs::is_symlink(found) && parent(relative_to(found, directory_)) != kTablespaces) {
        fs::remove(found);
      }
    }
    for (const Link &link : links_) {
      if (!fs::is_directory(link.location)) continue;
      for (const fs::path &found : all_below(link.location)) {
        if (fs::is_symlink(found)) fs::remove(found);
      }
    }
  });
}

void Target::remove_all_but(const std::unordered_set<std::string> &files) {
  const auto clean = [&](const std::string &folder, const std::string &prefix) {
    for (const fs::path &found : all_below(folder)) {
      const std::string name = prefix + relative_to(found, folder);
      if (fs::is_directory(fs::symlink_status(found))) {
        std::error_code not_empty;
        fs::remove(found, not_empty);
      } else if (name != kJournalName && files.count(name) == 0 && parent(name) != kTablespaces) {
        fs::remove(found);
      }
    }
  };
  with_errors([&] {
    for (const Link &link : links_) {
      if (fs::is_directory(link.location)) clean(link.location, "pg_tblspc/" + link.oid + "/");
    }
    clean(directory_, "");
    // A tablespace that was dropped meanwhile.
    if (!fs::is_directory(path("pg_tblspc"))) return;
    for (const auto &entry : fs::directory_iterator(path("pg_tblspc"))) {
      const std::string oid = entry.path().filename();
      if (!fs::is_symlink(entry.path()) ||
          std::any_of(links_.begin(), links_.end(), [&](const Link &l) { return l.oid == oid; })) {
        continue;
      }
      std::cerr << "basebackup: warning: what was copied of a tablespace that is gone stays in \""
                << fs::read_symlink(entry.path()).string() << "\"\n";
      fs::remove(entry.path());
    }
  });
}

void Target::sync() const {
  const auto sync_below = [](const std::string &folder) {
    for (const fs::path &found : all_below(folder)) {
      if (!fs::is_symlink(found)) sync_path(found);
    }
    sync_path(folder);
    const fs::path above = fs::path(folder).parent_path();
    sync_path(above.empty() ? "." : above.string());
  };
  with_errors([&] {
    for (const Link &link : links_) sync_below(link.location);
    sync_below(directory_);
  });
}

}  // namespace basebackup
