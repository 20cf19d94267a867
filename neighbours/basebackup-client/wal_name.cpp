#include "wal_name.h"

#include <charconv>
#include <cstdio>

#include "error.h"
#include "paths.h"

namespace basebackup {

namespace {

constexpr size_t kPartLength = 8;

bool parse_hex(std::string_view text, uint32_t &value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return error == std::errc() && end == text.data() + text.size();
}

bool is_upper_hex(std::string_view text) {
  return text.find_first_not_of("0123456789ABCDEF") == std::string_view::npos;
}

}  // namespace

uint64_t parse_lsn(std::string_view text) {
  const size_t slash = text.find('/');
  uint32_t high = 0;
  uint32_t low = 0;
  if (slash == std::string_view::npos || !parse_hex(text.substr(0, slash), high) ||
      !parse_hex(text.substr(slash + 1), low)) {
    throw Error("\"" + std::string(text) + "\" is no position in WAL");
  }
  return static_cast<uint64_t>(high) << 32 | low;
}

std::string format_lsn(uint64_t lsn) {
  char text[20];
  std::snprintf(text, sizeof(text), "%X/%X", static_cast<uint32_t>(lsn >> 32),
                static_cast<uint32_t>(lsn));
  return text;
}

std::optional<WalFile> parse_wal_file(std::string_view name, uint32_t segment_size) {
  WalFile file;
  uint32_t high = 0;
  uint32_t low = 0;
  if (name.size() != 3 * kPartLength || !is_upper_hex(name) ||
      !parse_hex(name.substr(0, kPartLength), file.timeline) ||
      !parse_hex(name.substr(kPartLength, kPartLength), high) ||
      !parse_hex(name.substr(2 * kPartLength), low)) {
    return std::nullopt;
  }
  file.segment = high * ((uint64_t{1} << 32) / segment_size) + low;
  return file;
}

std::string format_wal_file(const WalFile &file, uint32_t segment_size) {
  const uint64_t per_part = (uint64_t{1} << 32) / segment_size;
  char text[3 * kPartLength + 1];
  std::snprintf(text, sizeof(text), "%08X%08X%08X", file.timeline,
                static_cast<uint32_t>(file.segment / per_part),
                static_cast<uint32_t>(file.segment % per_part));
  return text;
}

bool is_history_file(std::string_view name) {
  return name.size() > kPartLength && is_upper_hex(name.substr(0, kPartLength)) &&
         name.substr(kPartLength) == ".history";
}

std::string history_file(uint32_t timeline) {
  char text[kPartLength + 1];
  std::snprintf(text, sizeof(text), "%08X", timeline);
  return std::string(text) + ".history";
}

}  // namespace basebackup
