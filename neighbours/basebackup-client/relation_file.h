// What the name of a file tells about relations (src/common/relpath.c and reinit.c of
// PostgreSQL): "16384", "16384_fsm", "16384.1", "16384_init", and "t3_16384" of a
// temporary one.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace basebackup {

struct RelationFile {
  std::string_view number;
  std::string_view fork;  // empty: the main fork
  uint32_t segment = 0;
};

// Of a file name without folders; none if it is no file of a permanent relation.
std::optional<RelationFile> parse_relation_file(std::string_view name);

bool is_temporary_relation_file(std::string_view name);

// Whether a folder holds the relations of one database: base/5, or
// pg_tblspc/16385/PG_15_202209061/5.
bool is_database_folder(std::string_view folder);

// Whether a file consists of pages with checksums: relations of databases and in global.
std::optional<RelationFile> parse_paged_file(std::string_view path);

}  // namespace basebackup
