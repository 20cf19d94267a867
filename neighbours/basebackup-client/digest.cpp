#include "digest.h"

#include <algorithm>
#include <array>

#include "error.h"
#include "hex.h"

namespace basebackup {

DigestKind parse_digest_kind(std::string_view name) {
  std::string upper(name);
  for (char &c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  if (upper == "NONE") return DigestKind::kNone;
  if (upper == "CRC32C") return DigestKind::kCrc32c;
  if (upper == "SHA256") return DigestKind::kSha256;
  throw UsageError("unrecognized checksum algorithm \"" + std::string(name) +
                   "\": it must be CRC32C, SHA256 or NONE");
}

void Digest::update(std::string_view data) {
  crc_.update(data);
  if (sha_) sha_->update(data);
}

void Digest::update_zeros(uint64_t count) {
  static const std::array<char, 8192> zeros{};
  while (count > 0) {
    const auto length = std::min<uint64_t>(count, zeros.size());
    update({zeros.data(), static_cast<size_t>(length)});
    count -= length;
  }
}

std::string Digest::finish() {
  if (kind_ == DigestKind::kNone) return {};
  if (sha_) return to_hex(sha_->finish());
  // PostgreSQL writes the bytes of the number as they lie in memory: the low one first.
  const uint32_t value = crc();
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift & 0xff);
  return to_hex(bytes);
}

}  // namespace basebackup
