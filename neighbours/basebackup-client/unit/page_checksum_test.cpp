#include "page_checksum.h"

#include <gtest/gtest.h>

#include <string>

namespace basebackup {
namespace {

constexpr uint64_t kLsn = (uint64_t{1} << 32) + 0x100;
constexpr uint32_t kBlock = 7;

void put(std::string &page, size_t offset, uint64_t value, size_t length) {
  for (size_t i = 0; i < length; ++i) page[offset + i] = static_cast<char>(value >> (8 * i) & 0xff);
}

// A page whose bytes count up, with a header and a checksum.
std::string make_page(size_t size) {
  std::string page(size, '\0');
  for (size_t i = 0; i < size; ++i) page[i] = static_cast<char>(i % 251);
  put(page, 0, kLsn >> 32, 4);
  put(page, 4, kLsn, 4);
  put(page, 8, page_checksum(page, kBlock), 2);
  return page;
}

TEST(PageChecksum, IsThatOfPostgresql) {
  // Computed by pg_checksum_page() of PostgreSQL 15.
  std::string page(8192, '\0');
  for (size_t i = 0; i < page.size(); ++i) page[i] = static_cast<char>(i % 251);
  EXPECT_EQ(page_checksum(page, 0), 7648);
  EXPECT_EQ(page_checksum(page, 131073), 7645);
}

TEST(PageChecksum, FindsEachChange) {
  for (const size_t size : {1024U, 8192U, 32768U}) {
    std::string page = make_page(size);
    EXPECT_FALSE(is_page_bad(page, kBlock, kLsn + 1));
    EXPECT_TRUE(is_page_bad(page, kBlock + 1, kLsn + 1)) << "in another place";
    page[size - 1] ^= 1;
    EXPECT_TRUE(is_page_bad(page, kBlock, kLsn + 1));
  }
}

TEST(PageChecksum, LeavesPagesThatWereChangedSince) {
  std::string page = make_page(8192);
  page[100] ^= 1;
  EXPECT_EQ(page_lsn(page), kLsn);
  EXPECT_TRUE(is_page_bad(page, kBlock, kLsn + 1));
  EXPECT_FALSE(is_page_bad(page, kBlock, kLsn));
}

TEST(PageChecksum, NewPagesHaveNone) {
  EXPECT_FALSE(is_page_bad(std::string(8192, '\0'), 0, kLsn));
}

}  // namespace
}  // namespace basebackup
