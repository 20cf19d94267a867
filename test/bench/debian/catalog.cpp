#include "debian/catalog.h"

#include "debian/input.h"
#include "debian/policy_version.h"
#include "debian/stanza.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace extman::bench {

namespace {

std::string trimmed(const std::string &text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

std::vector<std::string> split(const std::string &text, char separator) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (std::size_t at; (at = text.find(separator, from)) != std::string::npos; from = at + 1) {
    parts.push_back(trimmed(text.substr(from, at - from)));
  }
  parts.push_back(trimmed(text.substr(from)));
  return parts;
}

Wanted read_wanted(const std::string &text) {
  Wanted wanted;
  const std::size_t open = text.find('(');
  wanted.name = trimmed(text.substr(0, open));
  const std::size_t colon = wanted.name.find(':');
  if (colon != std::string::npos) {
    const std::string qualifier = wanted.name.substr(colon);
    if (qualifier == ":any" || qualifier == ":amd64") wanted.name.erase(colon);
  }
  if (open == std::string::npos) return wanted;
  const std::string inner = trimmed(text.substr(open + 1, text.find(')') - open - 1));
  const std::size_t end_of_op = inner.find_first_not_of("<>=");
  wanted.op = inner.substr(0, end_of_op);
  wanted.version = trimmed(inner.substr(end_of_op));
  if (wanted.op == "<") wanted.op = "<=";
  if (wanted.op == ">") wanted.op = ">=";
  return wanted;
}

void append(std::vector<Wanted> &list, const std::string &text) {
  for (const std::vector<Wanted> &clause : read_relations_by_policy(text)) {
    if (clause.size() != 1) throw std::runtime_error("alternatives where none may be: " + text);
    list.push_back(clause.front());
  }
}

}  // namespace

std::vector<std::vector<Wanted>> read_relations_by_policy(const std::string &text) {
  std::vector<std::vector<Wanted>> clauses;
  for (const std::string &clause : split(text, ',')) {
    if (clause.empty()) continue;
    clauses.emplace_back();
    for (const std::string &part : split(clause, '|')) clauses.back().push_back(read_wanted(part));
  }
  return clauses;
}

void Catalog::read(const std::string &path) {
  Input input(path);
  StanzaReader reader(input.fd());
  Stanza stanza;
  while (reader.next(stanza)) {
    Entry entry;
    entry.name = stanza.package;
    entry.version = stanza.version;
    entry.depends = read_relations_by_policy(std::string(stanza.pre_depends));
    for (auto &clause : read_relations_by_policy(std::string(stanza.depends))) {
      entry.depends.push_back(std::move(clause));
    }
    append(entry.conflicts, std::string(stanza.conflicts));
    append(entry.conflicts, std::string(stanza.breaks));
    append(entry.provides, std::string(stanza.provides));
    add(std::move(entry));
  }
  input.finish();
}

void Catalog::add(Entry entry) {
  std::vector<std::size_t> &same_name = by_name_[entry.name];
  for (std::size_t known : same_name) {
    if (compare_by_policy(entries_[known].version, entry.version) == 0) return;
  }
  const std::size_t index = entries_.size();
  same_name.push_back(index);
  for (const Wanted &provided : entry.provides) {
    std::vector<std::size_t> &providers = by_provided_name_[provided.name];
    if (providers.empty() || providers.back() != index) providers.push_back(index);
  }
  entries_.push_back(std::move(entry));
}

std::string Catalog::describe(std::size_t index) const {
  return entries_[index].name + " " + entries_[index].version;
}

// A name without a version is met by what provides it; with one, only by what
// provides it at a version (Debian Policy, section 7.5).
bool Catalog::meets(std::size_t index, const Wanted &wanted) const {
  const Entry &entry = entries_[index];
  if (entry.name == wanted.name &&
      (wanted.op.empty() || holds_by_policy(entry.version, wanted.op, wanted.version))) {
    return true;
  }
  return std::any_of(entry.provides.begin(), entry.provides.end(), [&](const Wanted &provided) {
    if (provided.name != wanted.name) return false;
    if (wanted.op.empty()) return true;
    return !provided.op.empty() && holds_by_policy(provided.version, wanted.op, wanted.version);
  });
}

std::vector<std::size_t> Catalog::candidates(const Wanted &wanted) const {
  std::vector<std::size_t> found;
  for (const auto *index : {&by_name_, &by_provided_name_}) {
    const auto list = index->find(wanted.name);
    if (list == index->end()) continue;
    for (std::size_t candidate : list->second) {
      const bool known = std::find(found.begin(), found.end(), candidate) != found.end();
      if (!known && meets(candidate, wanted)) found.push_back(candidate);
    }
  }
  return found;
}

std::size_t Catalog::find(const std::string &name, const std::string &version) const {
  for (std::size_t index : versions(name)) {
    if (entries_[index].version == version) return index;
  }
  return kNone;
}

const std::vector<std::size_t> &Catalog::versions(const std::string &name) const {
  static const std::vector<std::size_t> kNoVersions;
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? kNoVersions : found->second;
}

}  // namespace extman::bench
