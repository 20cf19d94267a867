// What identifies the contents of a file: CRC-32C always, for the journal, and SHA-256
// if the manifest wants it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crc32c.h"
#include "sha256.h"

namespace basebackup {

enum class DigestKind { kNone, kCrc32c, kSha256 };

// Throws UsageError.
DigestKind parse_digest_kind(std::string_view name);

class Digest {
 public:
  explicit Digest(DigestKind kind) : kind_(kind) {
    if (kind == DigestKind::kSha256) sha_.emplace();
  }

  void update(std::string_view data);
  void update_zeros(uint64_t count);

  uint32_t crc() const { return crc_.value(); }

  // In hexadecimal digits, as the manifest has it: empty for kNone.  Called once.
  std::string finish();

 private:
  DigestKind kind_;
  Crc32c crc_;
  std::optional<Sha256> sha_;
};

}  // namespace basebackup
