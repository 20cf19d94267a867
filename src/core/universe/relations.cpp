#include "universe/relations.h"

#include <algorithm>

namespace extman::universe {

namespace {

std::uint32_t hash_of_relation(NameId name, support::Span<Constraint> constraints) {
  std::uint32_t hash = support::mix(1, name.index());
  for (const Constraint &constraint : constraints) {
    hash = support::mix(hash, constraint.version.index());
    hash = support::mix(hash, static_cast<std::uint32_t>(constraint.op));
  }
  return hash;
}

std::uint32_t hash_of_dependency(support::Span<RelationId> alternatives) {
  std::uint32_t hash = 2;
  for (RelationId relation : alternatives) hash = support::mix(hash, relation.index());
  return hash;
}

template <class T>
bool same(support::Span<T> a, support::Span<T> b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
}

// Doubles, so that a push_back right afterwards does not fail.
template <class T>
void make_room(std::vector<T> &list, std::size_t count) {
  if (list.capacity() - list.size() < count) list.reserve(2 * list.size() + count + 16);
}

}  // namespace

std::uint32_t Relations::hash_of(RelationId id) const {
  return hash_of_relation(name(id), constraints(id));
}

std::uint32_t Relations::hash_of(DependencyId id) const {
  return hash_of_dependency(alternatives(id));
}

RelationId Relations::intern(const control::Relation &relation) {
  NameId name = names_.intern(relation.name);
  make_room(constraints_, relation.constraints.size());
  make_room(relations_, 1);
  // Written behind the others, and taken back when it turns out to be known.
  std::uint32_t start = static_cast<std::uint32_t>(constraints_.size());
  for (const version::Constraint &constraint : relation.constraints) {
    constraints_.push_back({constraint.op, versions_.intern(constraint.version)});
  }
  support::Span<Constraint> wanted(constraints_.data() + start, relation.constraints.size());
  std::uint32_t hash = hash_of_relation(name, wanted);
  std::uint32_t found = relation_index_.find(hash, [&](std::uint32_t number) {
    RelationId known(number);
    return this->name(known) == name && same(constraints(known), wanted);
  });
  if (found != support::HashIndex::kNone) {
    constraints_.resize(start, Constraint{});
    return RelationId(found);
  }
  relation_index_.reserve_one([this](std::uint32_t n) { return hash_of(RelationId(n)); });
  relations_.push_back({name, start, static_cast<std::uint32_t>(wanted.size())});
  relation_index_.insert(hash);
  return RelationId(relations_.size() - 1);
}

DependencyId Relations::intern(const control::Alternatives &alternatives) {
  std::vector<RelationId> relations;
  relations.reserve(alternatives.size());
  for (const control::Relation &relation : alternatives) relations.push_back(intern(relation));
  return intern(relations);
}

DependencyId Relations::intern(support::Span<RelationId> alternatives) {
  std::uint32_t hash = hash_of_dependency(alternatives);
  std::uint32_t found = dependency_index_.find(hash, [&](std::uint32_t number) {
    return same(this->alternatives(DependencyId(number)), alternatives);
  });
  if (found != support::HashIndex::kNone) return DependencyId(found);
  make_room(alternatives_, alternatives.size());
  make_room(dependencies_, 1);
  dependency_index_.reserve_one([this](std::uint32_t n) { return hash_of(DependencyId(n)); });
  dependencies_.push_back({static_cast<std::uint32_t>(alternatives_.size()),
                           static_cast<std::uint32_t>(alternatives.size())});
  alternatives_.insert(alternatives_.end(), alternatives.begin(), alternatives.end());
  dependency_index_.insert(hash);
  return DependencyId(dependencies_.size() - 1);
}

bool Relations::satisfies(std::string_view version, RelationId id) const {
  support::Span<Constraint> all = constraints(id);
  return std::all_of(all.begin(), all.end(), [&](const Constraint &constraint) {
    return version::satisfies(version, constraint.op, text(constraint.version));
  });
}

std::string Relations::describe(RelationId id) const {
  std::string description(text(name(id)));
  const char *separator = " (";
  for (const Constraint &constraint : constraints(id)) {
    description += separator;
    description += version::to_string(constraint.op);
    description += ' ';
    description += text(constraint.version);
    separator = ", ";
  }
  if (!constraints(id).empty()) description += ')';
  return description;
}

std::string Relations::describe(DependencyId id) const {
  std::string description;
  for (RelationId relation : alternatives(id)) {
    if (!description.empty()) description += " | ";
    description += describe(relation);
  }
  return description;
}

Relations::Mark Relations::mark() const {
  return {names_.mark(),       versions_.mark(),     relations_.size(),
          constraints_.size(), dependencies_.size(), alternatives_.size()};
}

void Relations::rewind(const Mark &mark) noexcept {
  while (dependencies_.size() > mark.dependencies) {
    dependency_index_.remove_last(hash_of(DependencyId(dependencies_.size() - 1)));
    dependencies_.pop_back();
  }
  while (relations_.size() > mark.relations) {
    relation_index_.remove_last(hash_of(RelationId(relations_.size() - 1)));
    relations_.pop_back();
  }
  // Shrinks; the values are not used.
  alternatives_.resize(mark.alternatives);
  constraints_.resize(mark.constraints, Constraint{});
  versions_.rewind(mark.versions);
  names_.rewind(mark.names);
}

}  // namespace extman::universe
