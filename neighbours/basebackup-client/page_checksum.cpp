#include "page_checksum.h"

#include <array>
#include <cstring>

// Twice as fast where the processor has wider registers.  What chooses between the two
// runs before AddressSanitizer is ready.
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__x86_64__) && defined(__ELF__) && !defined(SANITIZED)
#define EVERY_PROCESSOR __attribute__((target_clones("avx2", "default")))
#else
#define EVERY_PROCESSOR
#endif

namespace basebackup {

namespace {

// Offsets in the header of a page (PageHeaderData).
constexpr size_t kLsnOffset = 0;
constexpr size_t kChecksumOffset = 8;
constexpr size_t kUpperOffset = 14;

constexpr size_t kColumns = 32;
constexpr size_t kRow = kColumns * sizeof(uint32_t);
constexpr uint32_t kPrime = 16777619;

constexpr std::array<uint32_t, kColumns> kBase = {
    0x5b1f36e9, 0xb8525960, 0x02ab50aa, 0x1de66d2a, 0x79ff467a, 0x9bb9f8a3, 0x217e7cd2, 0x83e13d2c,
    0xf8d4474f, 0xe39eb970, 0x42c6ae16, 0x993216fa, 0x7b093b5d, 0x98daff3c, 0xf718902a, 0x0b1c9cdb,
    0xe58f764b, 0x187636bc, 0x5d7b3bb1, 0xe73de7de, 0x92bec979, 0xcca6c0b2, 0x304a0979, 0x85aa43d4,
    0x783125bb, 0x6ca8eaa2, 0xe407eac6, 0x4b5cfc3e, 0x9fbf8c76, 0x15ca20be, 0xf2ca9fd3, 0x959bd756};

template <typename T>
T load(std::string_view page, size_t offset) {
  T value;
  std::memcpy(&value, page.data() + offset, sizeof(value));
  return value;
}

// The sum of the rows, of which the first is given apart.
EVERY_PROCESSOR uint32_t sum_rows(const char *first, const char *page, size_t length) {
  uint32_t sums[kColumns];
  uint32_t values[kColumns];
  std::memcpy(sums, kBase.data(), sizeof(sums));
  std::memcpy(values, first, sizeof(values));
  for (size_t row = kRow;; row += kRow) {
    for (size_t i = 0; i < kColumns; ++i) {
      const uint32_t mixed = sums[i] ^ values[i];
      sums[i] = mixed * kPrime ^ mixed >> 17;
    }
    if (row == length) break;
    std::memcpy(values, page + row, sizeof(values));
  }
  for (int round = 0; round < 2; ++round) {
    for (uint32_t &sum : sums) sum = sum * kPrime ^ sum >> 17;
  }
  uint32_t result = 0;
  for (const uint32_t sum : sums) result ^= sum;
  return result;
}

}  // namespace

uint16_t page_checksum(std::string_view page, uint32_t block) {
  // The checksum counts as zero in itself.
  std::array<char, kRow> first{};
  std::memcpy(first.data(), page.data(), kRow);
  std::memset(first.data() + kChecksumOffset, 0, sizeof(uint16_t));
  const uint32_t sum = sum_rows(first.data(), page.data(), page.size()) ^ block;
  return static_cast<uint16_t>(sum % 65535 + 1);
}

uint64_t page_lsn(std::string_view page) {
  // Two halves, the high one first, each as the processor stores it.
  return static_cast<uint64_t>(load<uint32_t>(page, kLsnOffset)) << 32 |
         load<uint32_t>(page, kLsnOffset + sizeof(uint32_t));
}

uint16_t stored_checksum(std::string_view page) { return load<uint16_t>(page, kChecksumOffset); }

bool is_new_page(std::string_view page) { return load<uint16_t>(page, kUpperOffset) == 0; }

bool is_page_bad(std::string_view page, uint32_t block, uint64_t backup_start) {
  return !is_new_page(page) && page_lsn(page) < backup_start &&
         page_checksum(page, block) != stored_checksum(page);
}

}  // namespace basebackup
