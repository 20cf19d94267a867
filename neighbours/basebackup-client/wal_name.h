// Positions in WAL and the names of its files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace basebackup {

// "16/B374D848".  Throws Error.
uint64_t parse_lsn(std::string_view text);
std::string format_lsn(uint64_t lsn);

struct WalFile {
  uint32_t timeline = 0;
  uint64_t segment = 0;
};

// Of "0000000100000016000000B3"; none for any other name.
std::optional<WalFile> parse_wal_file(std::string_view name, uint32_t segment_size);
std::string format_wal_file(const WalFile &file, uint32_t segment_size);

// "00000002.history"
bool is_history_file(std::string_view name);
std::string history_file(uint32_t timeline);

}  // namespace basebackup
