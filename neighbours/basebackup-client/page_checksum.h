// Checksums of pages (src/include/storage/checksum_impl.h of PostgreSQL): FNV-1a in 32
// columns, which are folded by XOR.
#pragma once

#include <cstdint>
#include <string_view>

namespace basebackup {

// The checksum that a page should have.  The page is of any block size of PostgreSQL,
// the number of the block counts from the start of the relation.
uint16_t page_checksum(std::string_view page, uint32_t block);

uint64_t page_lsn(std::string_view page);
uint16_t stored_checksum(std::string_view page);

// A page that has been added to a file, and not been filled yet, has no checksum.
bool is_new_page(std::string_view page);

// Whether a page must be right.  One that was changed since the backup began need not be:
// it might be read half old and half new, and comes again from WAL.
bool is_page_bad(std::string_view page, uint32_t block, uint64_t backup_start);

}  // namespace basebackup
