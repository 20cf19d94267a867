#include "target.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "error.h"
#include "file_copy.h"
#include "files.h"

namespace basebackup {
namespace {

namespace fs = std::filesystem;

class TargetFolder : public ::testing::Test {
 protected:
  TargetFolder() {
    root_ = (fs::temp_directory_path() / ("target" + std::to_string(getpid()))).string();
    fs::create_directory(root_);
    folder_ = root_ + "/backup";
    mask_ = umask(022);
  }
  ~TargetFolder() override {
    umask(mask_);
    fs::remove_all(root_);
  }

  void write(const std::string &name, const std::string &content = "x") const {
    fs::create_directories(fs::path(name).parent_path());
    std::ofstream(name) << content;
  }

  mode_t mode(const std::string &name) const {
    struct stat status {};
    EXPECT_EQ(stat(name.c_str(), &status), 0) << name;
    return status.st_mode & 07777U;
  }

  // A backup that was interrupted when it had two files, one of them in a tablespace.
  void interrupt(Target &target, const std::vector<Tablespace> &tablespaces) const {
    target.check(true);
    target.check_tablespaces(tablespaces);
    target.make_directory(false);
    write(folder_ + "/basebackup.journal");
    target.make_tree({{"base", "base/5"}, {}}, false);
  }

  std::string root_;
  std::string folder_;
  mode_t mask_;
};

TEST_F(TargetFolder, IsForItsOwnerAlone) {
  Target target(folder_, {});
  target.check(false);
  target.make_directory(false);
  target.make_tree({{"base"}, {}}, false);
  write_file(target.path("base/file"), "x");
  EXPECT_EQ(mode(folder_), 0700U);
  EXPECT_EQ(mode(target.path("base")), 0700U);
  EXPECT_EQ(mode(target.path("base/file")), 0600U);
}

TEST_F(TargetFolder, IsForTheGroupWhereTheServersIs) {
  Target target(folder_, {});
  target.make_directory(true);
  target.make_tree({{"base"}, {}}, true);
  write_file(target.path("base/file"), "x");
  EXPECT_EQ(mode(folder_), 0750U);
  EXPECT_EQ(mode(target.path("base")), 0750U);
  EXPECT_EQ(mode(target.path("base/file")), 0640U);
  EXPECT_TRUE(fs::is_directory(target.path("pg_wal/summaries")));
}

TEST_F(TargetFolder, MustBeEmpty) {
  write(folder_ + "/mine");
  EXPECT_THROW(Target(folder_, {}).check(false), Error);
  EXPECT_THROW(Target(folder_, {}).check(true), Error);
  EXPECT_THROW(Target(folder_ + "/mine", {}).check(false), Error);
  write(folder_ + "/basebackup.journal");
  EXPECT_THROW(Target(folder_, {}).check(false), Error);
  Target(folder_, {}).check(true);
}

TEST_F(TargetFolder, AndItsTablespacesAreApart) {
  const auto check = [&](const std::string &one, const std::string &other) {
    Target target(folder_, {{"/one", one}, {"/other", other}});
    target.check_tablespaces({{"16384", "/one"}, {"16385", "/other"}});
  };
  check(root_ + "/a", root_ + "/ab");
  EXPECT_THROW(check(root_ + "/a", root_ + "/a"), Error);
  EXPECT_THROW(check(root_ + "/a", root_ + "/a/b"), Error);
  EXPECT_THROW(check(root_ + "/a/b", root_ + "/x/../a"), Error);
  EXPECT_THROW(check(folder_ + "/a", root_ + "/b"), Error);
  EXPECT_THROW(check(root_, root_ + "-b"), Error);
  fs::create_directory_symlink(root_, root_ + "/link");
  EXPECT_THROW(check(root_ + "/a", root_ + "/link/a"), Error);
}

TEST_F(TargetFolder, TablespacesThatTheServerMadeUpAreRefused) {
  Target target(folder_, {});
  EXPECT_THROW(target.check_tablespaces({{"../../x", root_ + "/a"}}), Error);
  write(root_ + "/.ssh/known_hosts");
  EXPECT_THROW(target.check_tablespaces({{"16384", root_ + "/.ssh"}}), Error);
}

TEST_F(TargetFolder, OfATablespaceIsStillEmptyWhenItIsTaken) {
  Target target(folder_, {});
  target.check_tablespaces({{"16384", root_ + "/a"}});
  write(root_ + "/a/PG_15/1");
  target.make_directory(false);
  EXPECT_THROW(target.make_tree({{}, {}}, false), Error);
}

TEST_F(TargetFolder, WritesThroughNoLink) {
  write(root_ + "/precious");
  fs::create_directory(folder_);
  fs::create_symlink(root_ + "/precious", folder_ + "/file");
  Target target(folder_, {});
  EXPECT_THROW(write_file(target.path("file"), "y"), Error);
  EXPECT_THROW(patch_file(target.path("file"), 0, "y"), Error);
  Entry entry;
  entry.path = "file";
  FileCopy copy(entry, target.path("file"), DigestKind::kNone, {});
  EXPECT_THROW(copy.accept(0, "y"), Error);
  EXPECT_EQ(read_file(root_ + "/precious"), "x");
}

TEST_F(TargetFolder, WhatIsResumedKeepsNoLinkButThoseToTablespaces) {
  const std::vector<Tablespace> tablespaces = {{"16384", root_ + "/tablespace"}};
  {
    Target target(folder_, {});
    interrupt(target, tablespaces);
  }
  write(root_ + "/elsewhere/5/1");
  write(root_ + "/tablespace/PG_15/1");
  write(root_ + "/tablespace/PG_15/2");
  write(folder_ + "/base/5/2");
  write(folder_ + "/base/5/3");
  fs::create_directory_symlink(root_ + "/elsewhere", folder_ + "/global");
  fs::create_symlink(root_ + "/elsewhere/5/1", folder_ + "/base/5/1");
  fs::create_symlink(root_ + "/elsewhere/5/1", root_ + "/tablespace/PG_15/3");

  Target target(folder_, {});
  target.check(true);
  EXPECT_TRUE(target.interrupted());
  target.check_tablespaces(tablespaces);
  target.remove_links();
  EXPECT_FALSE(fs::exists(fs::symlink_status(folder_ + "/global")));
  EXPECT_FALSE(fs::exists(fs::symlink_status(folder_ + "/base/5/1")));
  EXPECT_FALSE(fs::exists(fs::symlink_status(root_ + "/tablespace/PG_15/3")));
  EXPECT_TRUE(fs::is_symlink(folder_ + "/pg_tblspc/16384"));
  EXPECT_TRUE(fs::exists(root_ + "/elsewhere/5/1"));

  target.remove_all_but({"base/5/2", "pg_tblspc/16384/PG_15/1"});
  EXPECT_TRUE(fs::exists(folder_ + "/base/5/2"));
  EXPECT_FALSE(fs::exists(folder_ + "/base/5/3"));
  EXPECT_TRUE(fs::exists(root_ + "/tablespace/PG_15/1"));
  EXPECT_FALSE(fs::exists(root_ + "/tablespace/PG_15/2"));
  EXPECT_TRUE(fs::is_symlink(folder_ + "/pg_tblspc/16384"));
  EXPECT_TRUE(fs::exists(folder_ + "/basebackup.journal"));
}

}  // namespace
}  // namespace basebackup
