#include "relation_file.h"

#include <charconv>

#include "paths.h"

namespace basebackup {

namespace {

bool is_fork(std::string_view name) { return name == "fsm" || name == "vm" || name == "init"; }

}  // namespace

std::optional<RelationFile> parse_relation_file(std::string_view name) {
  RelationFile file;
  if (const size_t dot = name.find('.'); dot != std::string_view::npos) {
    const std::string_view segment = name.substr(dot + 1);
    const auto [end, error] =
        std::from_chars(segment.data(), segment.data() + segment.size(), file.segment);
    if (!is_number(segment) || error != std::errc() || file.segment == 0) return std::nullopt;
    name = name.substr(0, dot);
  }
  if (const size_t underscore = name.find('_'); underscore != std::string_view::npos) {
    file.fork = name.substr(underscore + 1);
    if (!is_fork(file.fork)) return std::nullopt;
    name = name.substr(0, underscore);
  }
  // An OID, or from PostgreSQL 16 on up to 56 bits, without a zero in front.
  if (!is_number(name) || name.front() == '0' || name.size() > 17) return std::nullopt;
  file.number = name;
  return file;
}

bool is_temporary_relation_file(std::string_view name) {
  if (name.empty() || name.front() != 't') return false;
  const size_t underscore = name.find('_');
  return underscore != std::string_view::npos && is_number(name.substr(1, underscore - 1)) &&
         parse_relation_file(name.substr(underscore + 1)).has_value();
}

bool is_database_folder(std::string_view folder) {
  if (!is_number(file_name(folder))) return false;
  const std::string_view above = parent(folder);
  return above == "base" ||
         (starts_with(above, "pg_tblspc/") && starts_with(file_name(above), "PG_") &&
          parent(parent(above)) == "pg_tblspc");
}

std::optional<RelationFile> parse_paged_file(std::string_view path) {
  const std::string_view folder = parent(path);
  if (folder != "global" && !is_database_folder(folder)) return std::nullopt;
  return parse_relation_file(file_name(path));
}

}  // namespace basebackup
