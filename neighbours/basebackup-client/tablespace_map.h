// Where tablespaces go: the option -T, and the file tablespace_map, by which a server
// that starts from the backup makes the links in pg_tblspc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace basebackup {

struct TablespaceMapping {
  std::string from;
  std::string to;
};

// OLD=NEW, both absolute; "\=" is a "=" inside of a path.  Throws UsageError.
TablespaceMapping parse_mapping(std::string_view text);

// The place for a tablespace, by the mappings or as it was.
std::string map_location(const std::vector<TablespaceMapping> &mappings, const std::string &from);

// The file with the places replaced; lines whose place stays are kept byte for byte.
// Its format: "OID PATH" and a line feed, with a backslash before each backslash, line
// feed and carriage return of the path (build_backup_content() of PostgreSQL).
std::string map_file(std::string_view content, const std::vector<TablespaceMapping> &mappings);

}  // namespace basebackup
