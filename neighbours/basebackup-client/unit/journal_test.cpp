#include "journal.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "error.h"
#include "progress.h"

namespace basebackup {
namespace {

Entry entry(const std::string &path, uint64_t size, int64_t modified, int64_t changed) {
  Entry made;
  made.path = path;
  made.size = size;
  made.modified = modified;
  made.changed = changed;
  return made;
}

TEST(Journal, AFileThatLayStillIsUnchanged) {
  const JournalEntry copied = {entry("a", 5, 100, 100), 102, 1};
  EXPECT_TRUE(is_unchanged(copied, entry("a", 5, 100, 100)));
  EXPECT_FALSE(is_unchanged(copied, entry("a", 6, 100, 100)));
  EXPECT_FALSE(is_unchanged(copied, entry("a", 5, 101, 100)));
  EXPECT_FALSE(is_unchanged(copied, entry("a", 5, 100, 101)));
}

TEST(Journal, AFileThatMayHaveChangedAfterItWasReadIsNot) {
  EXPECT_FALSE(is_unchanged({entry("a", 5, 100, 100), 101, 1}, entry("a", 5, 100, 100)));
  EXPECT_FALSE(is_unchanged({entry("a", 5, 99, 100), 101, 1}, entry("a", 5, 99, 100)));
  EXPECT_FALSE(is_unchanged({entry("a", 5, 100, 99), 101, 1}, entry("a", 5, 100, 99)));
}

TEST(Journal, ReadsBackItsLines) {
  JournalEntry read;
  ASSERT_TRUE(parse_journal_line(format_journal_line({entry("a b/c", 7, -8, 9), 10, 11}), read));
  EXPECT_EQ(read.entry.path, "a b/c");
  EXPECT_EQ(read.entry.size, 7U);
  EXPECT_EQ(read.entry.modified, -8);
  EXPECT_EQ(read.entry.changed, 9);
  EXPECT_EQ(read.listed_at, 10);
  EXPECT_EQ(read.crc, 11U);
  for (const char *line : {"", "1", "1 2 3 4 5", "1 2 3 4 5 ", "x 2 3 4 5 a"}) {
    EXPECT_FALSE(parse_journal_line(line, read)) << line;
  }
}

class JournalFile : public ::testing::Test {
 protected:
  JournalFile() {
    folder_ =
        (std::filesystem::temp_directory_path() / ("journal" + std::to_string(getpid()))).string();
    std::filesystem::create_directory(folder_);
  }
  ~JournalFile() override { std::filesystem::remove_all(folder_); }

  std::string folder_;
};

TEST_F(JournalFile, KeepsWhatWasWrittenBeforeAKill) {
  {
    Journal journal(folder_, "1 2", false);
    journal.add({entry("a", 1, 2, 3), 4, 5});
    journal.add({entry("with\nline feed", 1, 2, 3), 4, 5});
  }
  // A line that was cut.
  std::ofstream(folder_ + "/basebackup.journal", std::ios::app) << "5 4 3 2 1 cu";
  {
    Journal journal(folder_, "1 2", true);
    EXPECT_EQ(journal.copied().size(), 1U);
    EXPECT_EQ(journal.copied().count("a"), 1U);
    journal.add({entry("b", 1, 2, 3), 4, 5});
  }
  Journal journal(folder_, "1 2", true);
  EXPECT_EQ(journal.copied().count("a"), 1U);
  EXPECT_EQ(journal.copied().count("b"), 1U);
}

TEST_F(JournalFile, IsOfOneDataDirectory) {
  { Journal journal(folder_, "1 2", false); }
  EXPECT_THROW(Journal(folder_, "1 3", true), Error);
}

TEST_F(JournalFile, IsOfOneRunAtATime) {
  Journal journal(folder_, "1 2", false);
  EXPECT_THROW(Journal(folder_, "1 2", true), Error);
  EXPECT_THROW(Journal(folder_, "1 2", false), Error);
}

TEST_F(JournalFile, IsNotMadeAnewWhereABackupHasBeenCompletedMeanwhile) {
  { std::ofstream(folder_ + "/PG_VERSION") << "15\n"; }
  EXPECT_THROW(Journal(folder_, "1 2", true), Error);
  EXPECT_THROW(Journal(folder_, "1 2", false), Error);
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/basebackup.journal"));
}

TEST_F(JournalFile, IsNoLink) {
  std::filesystem::create_symlink(folder_ + "/elsewhere", folder_ + "/basebackup.journal");
  EXPECT_THROW(Journal(folder_, "1 2", false), Error);
  { std::ofstream(folder_ + "/elsewhere") << "basebackup journal 1 1 2\n"; }
  EXPECT_THROW(Journal(folder_, "1 2", true), Error);
}

TEST_F(JournalFile, WithoutAHeadIsBegunAnew) {
  { std::ofstream(folder_ + "/basebackup.journal") << "basebackup jour"; }
  {
    Journal journal(folder_, "1 2", true);
    journal.add({entry("a", 1, 2, 3), 4, 5});
  }
  const Journal journal(folder_, "1 2", true);
  EXPECT_EQ(journal.copied().count("a"), 1U);
}

TEST(Progress, TellsRateAndTimeLeft) {
  EXPECT_EQ(format_progress({512U << 20, 1024U << 20, 5}),
            "[###############               ]  50%  512 of 1024 MB, 102.4 MB/s, 0:05 left");
  EXPECT_EQ(format_progress({0, 1024U << 20, 0}),
            "[                              ]   0%  0 of 1024 MB");
  EXPECT_EQ(format_progress({1024U << 20, 1024U << 20, 3723}),
            "[##############################] 100%  1024 of 1024 MB, 0.3 MB/s, took 1:02:03");
}

}  // namespace
}  // namespace basebackup
