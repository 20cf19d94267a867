#include "debian/archive.h"

#include "control/relation.h"
#include "debian/input.h"

#include <cstring>
#include <functional>
#include <utility>

namespace extman::bench {

namespace {

using control::NameRule;
using universe::DependencyId;
using universe::RelationId;

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

struct Clause {
  std::string_view text;
  std::uint32_t hash;
};

// What each text of one kind of relation was read into: open addressing with
// linear probing at half the room at most, so that a text that is known costs a
// look at one slot and one at the text.
template <class Read>
class Memo {
 public:
  Memo() : slots_(1 << 15) {}

  // Asks the processor for the slot, long before it is looked at: waiting for
  // memory is what looking up costs.
  void prefetch(const Clause &clause) const { __builtin_prefetch(&slots_[place_of(clause.hash)]); }

  template <class Reader>
  Read find_or_read(const Clause &clause, Reader reader) {
    std::size_t at = place_of(clause.hash);
    for (; slots_[at].hash != 0; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].hash == clause.hash && is_at(slots_[at], clause.text)) return slots_[at].value;
    }
    const Read value = reader(clause.text);
    slots_[at] = {clause.hash, static_cast<std::uint32_t>(texts_.size()), value};
    texts_.insert(texts_.end(), clause.text.begin(), clause.text.end());
    texts_.push_back('\0');
    if (2 * ++count_ > slots_.size()) grow();
    return value;
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;  // 0: empty
    std::uint32_t text = 0;  // where it begins; it ends in NUL
    Read value;
  };

  std::size_t place_of(std::uint32_t hash) const { return hash & (slots_.size() - 1); }

  bool is_at(const Slot &slot, std::string_view text) const {
    return texts_.size() - slot.text > text.size() && texts_[slot.text + text.size()] == '\0' &&
           std::memcmp(texts_.data() + slot.text, text.data(), text.size()) == 0;
  }

  void grow() {
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    for (const Slot &slot : old) {
      if (slot.hash == 0) continue;
      std::size_t at = place_of(slot.hash);
      while (slots_[at].hash != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = slot;
    }
  }

  std::vector<Slot> slots_;  // a power of two of them
  std::vector<char> texts_;
  std::size_t count_ = 0;
};

// Eight bytes a step (after wyhash's mixing of a product's two halves); never 0.
std::uint32_t hash_of(std::string_view text) {
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15ull;
  std::uint64_t hash = text.size() * kFactor;
  const auto mix = [&hash](std::uint64_t part) {
    const auto product = static_cast<unsigned __int128>(hash ^ part) * kFactor;
    hash = static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  };
  const char *at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t part;
    std::memcpy(&part, at, 8);
    mix(part);
  }
  std::uint64_t part = 0;
  std::memcpy(&part, at, left);
  mix(part);
  mix(hash >> 32);
  return static_cast<std::uint32_t>(hash) | 1u << 31;
}

// What stands between the commas.  None stands within parentheses, as a relation
// of Debian's has one constraint at most.
template <class Read>
void cut(std::string_view list, const Memo<Read> &memo, std::vector<Clause> &clauses) {
  for (std::size_t from = 0; from < list.size();) {
    std::size_t comma = list.find(',', from);
    if (comma == std::string_view::npos) comma = list.size();
    std::size_t last = comma;
    while (from < last && is_white(list[from])) ++from;
    while (last > from && is_white(list[last - 1])) --last;
    if (last > from) {
      const std::string_view text = list.substr(from, last - from);
      clauses.push_back({text, hash_of(text)});
      memo.prefetch(clauses.back());
    }
    from = comma + 1;
  }
}

// Where an operator "<" or ">" stands alone, from there on; the end if nowhere.
std::size_t find_bare_angle(std::string_view text, std::size_t from) {
  for (std::size_t at = from; (at = text.find_first_of("<>", at)) != std::string_view::npos;) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (next != text[at] && next != '=') return at;
    at += 2;
  }
  return text.size();
}

// In Debian's archives "<" and ">" alone, where they still occur, mean "<=" and
// ">=" (Debian Policy, section 7.1); the core reads them strictly.
std::string in_our_spelling(std::string_view text) {
  std::string ours;
  std::size_t from = 0;
  for (std::size_t at; (at = find_bare_angle(text, from)) < text.size(); from = at + 1) {
    ours.append(text, from, at + 1 - from);
    ours += '=';
  }
  return ours.append(text, from);
}

// The relation of a clause, read by the core's grammar.
template <class Parse>
auto parse(std::string_view text, Parse parse_text) {
  if (find_bare_angle(text, 0) == text.size()) return parse_text(text, NameRule::kAny);
  return parse_text(in_our_spelling(text), NameRule::kAny);
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
  // Of the stanza at hand.
  std::vector<Clause> depends;
  std::vector<Clause> conflicting;
  std::vector<Clause> provided;
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
    std::vector<control::Alternatives> depends = parse(text, control::parse_depends);
    for (control::Relation &relation : depends.front()) drop_qualifier(relation.name);
    return universe_.intern(depends.front());
  };
  const auto read_conflict = [this](std::string_view text) {
    std::vector<control::Relation> conflicts = parse(text, control::parse_conflicts);
    drop_qualifier(conflicts.front().name);
    return universe_.intern(conflicts.front());
  };
  const auto read_provision = [this](std::string_view text) {
    const std::vector<control::Provision> provides = parse(text, control::parse_provides);
    universe::Provision provision;
    provision.name = universe_.intern_name(provides.front().name);
    if (provides.front().version) {
      provision.version = universe_.intern_version(*provides.front().version);
    }
    return provision;
  };

  Memory &memory = *memory_;
  memory.depends.clear();
  cut(stanza.pre_depends, memory.dependencies, memory.depends);
  cut(stanza.depends, memory.dependencies, memory.depends);
  memory.conflicting.clear();
  cut(stanza.conflicts, memory.conflicts, memory.conflicting);
  cut(stanza.breaks, memory.conflicts, memory.conflicting);
  memory.provided.clear();
  cut(stanza.provides, memory.provisions, memory.provided);

  draft_.name = universe_.intern_name(stanza.package);
  draft_.version = universe_.intern_version(stanza.version);
  draft_.depends.clear();
  for (const Clause &clause : memory.depends) {
    draft_.depends.push_back(memory.dependencies.find_or_read(clause, read_dependency));
  }
  draft_.conflicts.clear();
  for (const Clause &clause : memory.conflicting) {
    draft_.conflicts.push_back(memory.conflicts.find_or_read(clause, read_conflict));
  }
  draft_.provides.clear();
  for (const Clause &clause : memory.provided) {
    draft_.provides.push_back(memory.provisions.find_or_read(clause, read_provision));
  }
  universe_.add(draft_);
}

void read_archive(const std::vector<std::string> &paths, universe::Universe &universe) {
  ArchiveReader reader(universe);
  for (const std::string &path : paths) reader.read(path);
}

}  // namespace extman::bench
