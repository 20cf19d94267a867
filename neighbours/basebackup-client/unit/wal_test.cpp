#include <gtest/gtest.h>

#include "error.h"
#include "timelines.h"
#include "wal_name.h"

namespace basebackup {
namespace {

constexpr uint32_t kSegment = 16 << 20;

TEST(WalName, Positions) {
  EXPECT_EQ(parse_lsn("16/B374D848"), 0x16B374D848U);
  EXPECT_EQ(format_lsn(0x16B374D848U), "16/B374D848");
  EXPECT_EQ(format_lsn(0), "0/0");
  for (const char *text : {"", "1", "/", "1/", "x/1", "1/100000000"}) {
    EXPECT_THROW(parse_lsn(text), Error) << text;
  }
}

TEST(WalName, Files) {
  const auto file = parse_wal_file("0000000200000016000000B3", kSegment);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->timeline, 2U);
  EXPECT_EQ(file->segment, 0x16B3U);
  EXPECT_EQ(format_wal_file(*file, kSegment), "0000000200000016000000B3");
  EXPECT_EQ(parse_wal_file("0000000200000016000000B3", 64 << 20)->segment, 0x16 * 64 + 0xB3U);
  for (const char *name : {"", "archive_status", "0000000200000016000000B3.partial",
                           "0000000200000016000000b3", "00000002.history"}) {
    EXPECT_FALSE(parse_wal_file(name, kSegment).has_value()) << name;
  }
}

TEST(WalName, Histories) {
  EXPECT_TRUE(is_history_file("0000000A.history"));
  EXPECT_FALSE(is_history_file("0000000A.history.x"));
  EXPECT_FALSE(is_history_file(".history"));
  EXPECT_EQ(history_file(10), "0000000A.history");
}

std::string ranges(const WalRange &whole, uint32_t end, std::string_view history) {
  std::string text;
  for (const WalRange &range : wal_ranges(whole, end, history)) {
    text += std::to_string(range.timeline) + ": " + format_lsn(range.begin) + " to " +
            format_lsn(range.end) + "; ";
  }
  return text;
}

constexpr std::string_view kHistory =
    "1\t0/5000000\tno recovery target specified\n"
    "\n# a comment\n"
    "2\t0/7000000\tno recovery target specified\n";

TEST(Timelines, OneIsOneRange) {
  EXPECT_EQ(ranges({1, 0x100, 0x200}, 1, ""), "1: 0/100 to 0/200; ");
  EXPECT_EQ(ranges({3, 0x8000000, 0x9000000}, 3, kHistory), "3: 0/8000000 to 0/9000000; ");
}

TEST(Timelines, EachOneThatTheBackupCrosses) {
  EXPECT_EQ(ranges({2, 0x6000000, 0x9000000}, 3, kHistory),
            "3: 0/7000000 to 0/9000000; 2: 0/6000000 to 0/7000000; ");
  EXPECT_EQ(ranges({1, 0x4000000, 0x9000000}, 3, kHistory),
            "3: 0/7000000 to 0/9000000; 2: 0/5000000 to 0/7000000; 1: 0/4000000 to 0/5000000; ");
}

TEST(Timelines, OneMustDescendFromTheOther) {
  EXPECT_THROW(ranges({4, 0x100, 0x200}, 3, kHistory), Error);
  EXPECT_THROW(ranges({1, 0x6000000, 0x9000000}, 3, kHistory), Error);
  EXPECT_THROW(ranges({1, 0x100, 0x200}, 2, "1 nowhere\n"), Error);
}

}  // namespace
}  // namespace basebackup
