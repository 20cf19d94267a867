#include "hard/instance.h"

#include "debian/archive.h"

namespace extman::bench {

namespace {

std::string text_of(const Wanted &wanted) {
  return wanted.op.empty() ? wanted.name
                           : wanted.name + " (" + wanted.op + " " + wanted.version + ")";
}

std::string text_of(const std::vector<Wanted> &list, const char *separator) {
  std::string text;
  for (const Wanted &wanted : list) {
    if (!text.empty()) text += separator;
    text += text_of(wanted);
  }
  return text;
}

}  // namespace

void add_to(universe::Universe &universe, const Catalog &catalog) {
  ArchiveReader reader(universe);
  for (std::size_t i = 0; i < catalog.size(); ++i) {
    const Entry &entry = catalog[i];
    std::string depends;
    for (const std::vector<Wanted> &clause : entry.depends) {
      if (!depends.empty()) depends += ", ";
      depends += text_of(clause, " | ");
    }
    const std::string conflicts = text_of(entry.conflicts, ", ");
    const std::string provides = text_of(entry.provides, ", ");
    Stanza stanza;
    stanza.package = entry.name;
    stanza.version = entry.version;
    stanza.depends = depends;
    stanza.conflicts = conflicts;
    stanza.provides = provides;
    reader.add(stanza);
  }
}

}  // namespace extman::bench
