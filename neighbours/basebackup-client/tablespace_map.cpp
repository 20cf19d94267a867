#include "tablespace_map.h"

#include "error.h"
#include "paths.h"

namespace basebackup {

TablespaceMapping parse_mapping(std::string_view text) {
  TablespaceMapping mapping;
  std::string *part = &mapping.from;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '=') {
      *part += '=';
      ++i;
    } else if (text[i] == '=') {
      if (part == &mapping.to) {
        throw UsageError("multiple \"=\" signs in tablespace mapping \"" + std::string(text) +
                         "\"");
      }
      part = &mapping.to;
    } else {
      *part += text[i];
    }
  }
  if (part == &mapping.from || mapping.from.empty() || mapping.to.empty()) {
    throw UsageError("invalid tablespace mapping \"" + std::string(text) +
                     "\", must be \"OLDDIR=NEWDIR\"");
  }
  for (std::string *path : {&mapping.from, &mapping.to}) {
    if (path->front() != '/') {
      throw UsageError("\"" + *path + "\" in a tablespace mapping is not an absolute path");
    }
    *path = without_trailing_slashes(*path);
  }
  return mapping;
}

std::string map_location(const std::vector<TablespaceMapping> &mappings, const std::string &from) {
  for (const TablespaceMapping &mapping : mappings) {
    if (mapping.from == from) return mapping.to;
  }
  return from;
}

namespace {

std::string escape(std::string_view path) {
  std::string text;
  for (const char c : path) {
    if (c == '\\' || c == '\n' || c == '\r') text += '\\';
    text += c;
  }
  return text;
}

}  // namespace

std::string map_file(std::string_view content, const std::vector<TablespaceMapping> &mappings) {
  std::string result;
  size_t at = 0;
  while (at < content.size()) {
    const size_t begin = at;
    std::string path;
    size_t blank = std::string_view::npos;
    for (; at < content.size() && content[at] != '\n'; ++at) {
      if (blank == std::string_view::npos) {
        if (content[at] == ' ') blank = at;
        continue;
      }
      if (content[at] == '\\' && at + 1 < content.size()) ++at;
      path += content[at];
    }
    if (at < content.size()) ++at;
    const std::string mapped = map_location(mappings, path);
    if (blank == std::string_view::npos || mapped == path) {
      result += content.substr(begin, at - begin);
    } else {
      result += content.substr(begin, blank + 1 - begin);
      result += escape(mapped) + "\n";
    }
  }
  return result;
}

}  // namespace basebackup
