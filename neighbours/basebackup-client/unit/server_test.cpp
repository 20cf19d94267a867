#include "server.h"

#include <gtest/gtest.h>

#include "error.h"

namespace basebackup {
namespace {

Server with_sizes(uint32_t block, uint32_t wal_segment) {
  Server server;
  server.block_size = block;
  server.wal_segment_size = wal_segment;
  return server;
}

TEST(Server, HasSizesThatPostgresqlMayHave) {
  check_sizes(with_sizes(8192, 16 << 20));
  check_sizes(with_sizes(1024, 1 << 20));
  check_sizes(with_sizes(32768, 1 << 30));
  for (const uint32_t size : {0U, 512U, 1100U, 8191U, 65536U, 0xffffffffU}) {
    EXPECT_THROW(check_sizes(with_sizes(size, 16 << 20)), Error) << size;
  }
  for (const uint32_t size : {0U, 1U << 19, 3U << 20, 1U << 31, 0xffffffffU}) {
    EXPECT_THROW(check_sizes(with_sizes(8192, size)), Error) << size;
  }
}

TEST(Server, SaysInItsLabelWhereTheBackupBegan) {
  const std::string label =
      "START WAL LOCATION: 0/2000028 (file 000000010000000000000002)\n"
      "LABEL: START TIMELINE: 7\nSTART TIMELINE: 3\n";
  EXPECT_EQ(start_timeline(label), 3U);
  EXPECT_THROW(start_timeline(""), Error);
  EXPECT_THROW(start_timeline("x\nSTART TIMELINE: y\n"), Error);
}

}  // namespace
}  // namespace basebackup
