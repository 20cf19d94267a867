// SHA-256 (FIPS 180-4), for the checksum of the manifest.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace basebackup {

class Sha256 {
 public:
  void update(std::string_view data);

  // The 32 bytes.  Called once, at the end.
  std::string finish();

 private:
  static constexpr size_t kBlock = 64;

  void process(const unsigned char *block);

  std::array<uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, kBlock> rest_{};
  size_t rest_length_ = 0;
  uint64_t length_ = 0;
};

}  // namespace basebackup
