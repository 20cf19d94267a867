#include "debian/archive.h"

#include "control/relation.h"
#include "debian/input.h"
#include "support/texts.h"

#include <algorithm>
#include <utility>

namespace extman::bench {

namespace {

using control::NameRule;
using universe::DependencyId;
using universe::RelationId;

constexpr std::string_view kWhite = " \t\r\n";

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// What each text of one kind of relation was read into.
template <class Read>
class Memo {
 public:
  template <class Reader>
  const Read &find_or_read(std::string_view text, Reader reader) {
    const TextId id = texts_.intern(text);
    if (id.index() == values_.size()) values_.push_back(reader(text));
    return values_[id.index()];
  }

 private:
  using TextId = support::Id<Memo>;

  support::Texts<TextId> texts_;
  std::vector<Read> values_;
};

// Calls the function for what stands between the commas.  None stands within
// parentheses, as a relation of Debian's has one constraint at most.
template <class Each>
void for_each_clause(std::string_view list, Each each) {
  const char *at = list.data();
  const char *const end = at + list.size();
  while (at < end) {
    while (at < end && is_white(*at)) ++at;
    const char *const first = at;
    while (at < end && *at != ',') ++at;
    const char *last = at;
    while (last > first && is_white(last[-1])) --last;
    if (last > first) each(std::string_view(first, static_cast<std::size_t>(last - first)));
    ++at;
  }
}

// In Debian's archives "<" and ">" alone, where they still occur, mean "<=" and
// ">=" (Debian Policy, section 7.1); the core reads them strictly.
std::string in_our_spelling(std::string_view text) {
  std::string ours;
  for (std::size_t i = 0; i < text.size(); ++i) {
    ours += text[i];
    const bool angle = text[i] == '<' || text[i] == '>';
    if (!angle) continue;
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (next == text[i] || next == '=') {
      ours += next;
      ++i;
    } else {
      ours += '=';
    }
  }
  return ours;
}

void drop_qualifier(std::string &name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string::npos) return;
  const std::string_view qualifier = std::string_view(name).substr(colon);
  if (qualifier == ":any" || qualifier == ":amd64") name.erase(colon);
}

}  // namespace

class ArchiveReader::Memory {
 public:
  Memo<DependencyId> dependencies;
  Memo<RelationId> conflicts;
  Memo<universe::Provision> provisions;
};

ArchiveReader::ArchiveReader(universe::Universe &universe)
    : universe_(universe), memory_(std::make_unique<Memory>()) {}

ArchiveReader::~ArchiveReader() = default;

void ArchiveReader::read(const std::string &path) {
  Input input(path);
  StanzaReader reader(input.fd());
  Stanza stanza;
  while (reader.next(stanza)) add(stanza);
  input.finish();
}

void ArchiveReader::add(const Stanza &stanza) {
  const auto read_dependency = [this](std::string_view text) {
    std::vector<control::Alternatives> depends =
        control::parse_depends(in_our_spelling(text), NameRule::kAny);
    for (control::Relation &relation : depends.front()) drop_qualifier(relation.name);
    return universe_.intern(depends.front());
  };
  const auto read_conflict = [this](std::string_view text) {
    std::vector<control::Relation> conflicts =
        control::parse_conflicts(in_our_spelling(text), NameRule::kAny);
    drop_qualifier(conflicts.front().name);
    return universe_.intern(conflicts.front());
  };
  const auto read_provision = [this](std::string_view text) {
    const std::vector<control::Provision> provides = control::parse_provides(text, NameRule::kAny);
    universe::Provision provision;
    provision.name = universe_.intern_name(provides.front().name);
    if (provides.front().version) {
      provision.version = universe_.intern_version(*provides.front().version);
    }
    return provision;
  };

  draft_.name = universe_.intern_name(stanza.package);
  draft_.version = universe_.intern_version(stanza.version);
  draft_.depends.clear();
  for (std::string_view list : {stanza.pre_depends, stanza.depends}) {
    for_each_clause(list, [&](std::string_view text) {
      draft_.depends.push_back(memory_->dependencies.find_or_read(text, read_dependency));
    });
  }
  draft_.conflicts.clear();
  for (std::string_view list : {stanza.conflicts, stanza.breaks}) {
    for_each_clause(list, [&](std::string_view text) {
      draft_.conflicts.push_back(memory_->conflicts.find_or_read(text, read_conflict));
    });
  }
  draft_.provides.clear();
  for_each_clause(stanza.provides, [&](std::string_view text) {
    draft_.provides.push_back(memory_->provisions.find_or_read(text, read_provision));
  });
  universe_.add(draft_);
}

void read_archive(const std::vector<std::string> &paths, universe::Universe &universe) {
  ArchiveReader reader(universe);
  for (const std::string &path : paths) reader.read(path);
}

}  // namespace extman::bench
