// CRC-32C (Castagnoli), as PostgreSQL computes it for manifests: by the processor's
// instruction where there is one.
#pragma once

#include <cstdint>
#include <string_view>

namespace basebackup {

class Crc32c {
 public:
  void update(std::string_view data);
  uint32_t value() const { return ~state_; }

 private:
  uint32_t state_ = 0xffffffffU;
};

// The way for every processor, here for its test.
uint32_t crc32c_by_table(uint32_t state, std::string_view data);

}  // namespace basebackup
