// Which WAL a backup needs, timeline by timeline: one that was taken from a standby can
// begin on one timeline and end on another.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace basebackup {

struct WalRange {
  uint32_t timeline = 0;
  uint64_t begin = 0;
  uint64_t end = 0;
};

// The newest timeline first, as in PostgreSQL's own manifests.  The history is the
// contents of the end timeline's history file, which is empty for timeline 1.  Throws
// Error if the one timeline does not descend from the other.
std::vector<WalRange> wal_ranges(const WalRange &whole, uint32_t end_timeline,
                                 std::string_view history);

}  // namespace basebackup
