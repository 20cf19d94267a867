#include "file_list.h"

#include <gtest/gtest.h>

#include "error.h"
#include "relation_file.h"

namespace basebackup {
namespace {

std::string selected(const std::vector<std::string> &files) {
  std::vector<Entry> entries;
  for (const std::string &path : files) {
    Entry entry;
    entry.path = path;
    entry.is_directory = path.back() == '/';
    if (entry.is_directory) entry.path.pop_back();
    entries.push_back(entry);
  }
  const FileList list = select_for_backup(entries);
  std::string text;
  for (const std::string &folder : list.directories) text += folder + "/ ";
  for (const Entry &file : list.files) text += file.path + " ";
  return text;
}

TEST(FileList, LeavesOutWhatIsOfThisServerProcess) {
  EXPECT_EQ(selected({"postmaster.pid", "postmaster.opts", "PG_VERSION", "backup_label",
                      "backup_label.old", "tablespace_map", "backup_manifest", ".s.PGSQL.5432",
                      "postgresql.auto.conf.tmp", "current_logfiles.tmp", "basebackup.journal",
                      "postgresql.auto.conf", "postmaster.pid2"}),
            "PG_VERSION postgresql.auto.conf postmaster.pid2 ");
  EXPECT_EQ(selected({"base/5/pg_internal.init", "global/pg_internal.init.123", "base/5/1259"}),
            "base/5/1259 ");
}

TEST(FileList, LeavesOutTemporaryFilesAndFolders) {
  EXPECT_EQ(
      selected({"base/pgsql_tmp/", "base/pgsql_tmp/pgsql_tmp1.0", "base/pgsql_tmp1.sharedfileset/",
                "base/pgsql_tmp1.sharedfileset/0", "base/"}),
      "base/ ");
}

TEST(FileList, KeepsFoldersWithoutContents) {
  EXPECT_EQ(selected({"pg_replslot/", "pg_replslot/a/", "pg_replslot/a/state", "pg_wal/",
                      "pg_wal/000000010000000000000001", "pg_stat_tmp/", "pg_stat_tmp/x",
                      "pg_subtrans/", "pg_subtrans/0000"}),
            "pg_replslot/ pg_stat_tmp/ pg_subtrans/ pg_wal/ ");
}

TEST(FileList, OfUnloggedRelationsOnlyTheInitFork) {
  EXPECT_EQ(selected({"base/5/100", "base/5/100.1", "base/5/100_fsm", "base/5/100_init",
                      "base/5/1000", "base/6/100", "pg_tblspc/9/PG_15_1/5/7",
                      "pg_tblspc/9/PG_15_1/5/7_init", "global/100"}),
            "base/5/1000 base/5/100_init base/6/100 global/100 pg_tblspc/9/PG_15_1/5/7_init ");
}

TEST(FileList, LeavesOutTemporaryRelations) {
  EXPECT_EQ(selected({"base/5/t3_100", "base/5/t3_100.1", "base/5/t3_100_fsm", "base/5/t_100",
                      "base/5/table", "t3_100"}),
            "base/5/t_100 base/5/table t3_100 ");
}

TEST(FileList, LeavesPgControlForTheEnd) {
  EXPECT_EQ(selected({"global/pg_control", "global/1260", "pg_control"}),
            "global/1260 pg_control ");
}

TEST(FileList, RefusesToLeaveTheDirectory) {
  EXPECT_THROW(selected({"../outside"}), Error);
  EXPECT_THROW(selected({"base/5", "/etc/passwd"}), Error);
}

TEST(RelationFile, Parses) {
  const auto fork = parse_relation_file("16384_fsm.12");
  ASSERT_TRUE(fork.has_value());
  EXPECT_EQ(fork->fork, "fsm");
  EXPECT_EQ(fork->segment, 12U);
  const auto segment = parse_relation_file("16384.12");
  ASSERT_TRUE(segment.has_value());
  EXPECT_EQ(segment->number, "16384");
  EXPECT_EQ(segment->fork, "");
  EXPECT_EQ(segment->segment, 12U);
  EXPECT_EQ(parse_relation_file("16384_vm")->fork, "vm");
  for (const char *name : {"", "PG_VERSION", "pg_filenode.map", "16384.", "16384.0", "16384.x",
                           "16384_x", "t3_16384", "0", "016"}) {
    EXPECT_FALSE(parse_relation_file(name).has_value()) << name;
  }
}

TEST(RelationFile, WhereThePagesAre) {
  EXPECT_TRUE(parse_paged_file("base/5/1259").has_value());
  EXPECT_TRUE(parse_paged_file("global/1260").has_value());
  EXPECT_TRUE(parse_paged_file("pg_tblspc/16385/PG_15_202209061/5/16386.1").has_value());
  for (const char *path :
       {"base/5/PG_VERSION", "global/pg_control", "pg_xact/0000", "5/1259", "base/1259",
        "pg_multixact/offsets/1234", "pg_tblspc/16385/PG_15_202209061/16386"}) {
    EXPECT_FALSE(parse_paged_file(path).has_value()) << path;
  }
}

TEST(FileList, TakesNothingElseInTheFolderOfATablespace) {
  EXPECT_EQ(selected({"pg_tblspc/16384/", "pg_tblspc/16384/PG_15_202209061/",
                      "pg_tblspc/16384/PG_15_202209061/5/16385"}),
            "pg_tblspc/16384/ pg_tblspc/16384/PG_15_202209061/ "
            "pg_tblspc/16384/PG_15_202209061/5/16385 ");
  EXPECT_THROW(selected({"pg_tblspc/16384/authorized_keys"}), Error);
  EXPECT_THROW(selected({"pg_tblspc/16384/.ssh/PG_15"}), Error);
}

TEST(FileList, RefusesSizesThatCannotBe) {
  Entry entry;
  entry.path = "PG_VERSION";
  entry.size = static_cast<uint64_t>(-1);
  EXPECT_THROW(select_for_backup({entry}), Error);
  entry.size = uint64_t{1} << 40;
  EXPECT_EQ(select_for_backup({entry}).files.size(), 1U);
}

}  // namespace
}  // namespace basebackup
