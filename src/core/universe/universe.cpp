#include "universe/universe.h"

#include "support/error.h"
#include "support/nearest.h"
#include "version/version.h"

#include <algorithm>

namespace extman::universe {

namespace {

bool provision_meets(const Provision &provision, const Relation &relation) {
  if (provision.name != relation.name) return false;
  if (relation.constraints.empty()) return true;
  return provision.version && version::satisfies(*provision.version, relation.constraints);
}

std::string to_lower(std::string text) {
  for (char &c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

Universe::Name &Universe::name_entry(NameId id) {
  if (by_name_.size() <= id.index()) by_name_.resize(id.index() + 1);
  return by_name_[id.index()];
}

const Universe::Name *Universe::find_entry(NameId id) const {
  return id.index() < by_name_.size() ? &by_name_[id.index()] : nullptr;
}

bool Universe::before(PackageId a, PackageId b) const {
  const Package &left = package(a);
  const Package &right = package(b);
  if (left.name != right.name) return names_.text(left.name) < names_.text(right.name);
  return version::compare(left.version, right.version) > 0;
}

void Universe::insert_sorted(std::vector<PackageId> &list, PackageId id) {
  auto place = std::lower_bound(list.begin(), list.end(), id,
                                [this](PackageId a, PackageId b) { return before(a, b); });
  if (place == list.end() || *place != id) list.insert(place, id);
}

Universe::Added Universe::insert(Package package) {
  Name &entry = name_entry(package.name);
  auto place =
      std::lower_bound(entry.versions.begin(), entry.versions.end(), package,
                       [this](PackageId known, const Package &added) {
                         return version::compare(this->package(known).version, added.version) > 0;
                       });
  if (place != entry.versions.end() &&
      version::compare(this->package(*place).version, package.version) == 0) {
    return {PackageId::none(), *place};
  }
  PackageId id(packages_.size());
  entry.versions.insert(place, id);
  packages_.push_back(std::move(package));

  const Package &added = packages_.back();
  for (const Provision &provision : added.provides) {
    insert_sorted(name_entry(provision.name).providers, id);
  }
  for (NameId custom_class : added.classes) {
    insert_sorted(name_entry(custom_class).claimants, id);
  }
  return {id, PackageId::none()};
}

Universe::Added Universe::add(const control::ControlFile &control, std::uint32_t tag) {
  if (!control.version) {
    throw support::BadInput("the control file of \"" + control.name + "\" names no version",
                            "Add a line \"version = 1.0\".");
  }
  Package package;
  package.name = names_.intern(control.name);
  package.version = *control.version;
  package.tag = tag;
  package.depends.reserve(control.depends.size());
  for (const control::Alternatives &alternatives : control.depends) {
    Dependency dependency;
    dependency.reserve(alternatives.size());
    for (const control::Relation &relation : alternatives) dependency.push_back(intern(relation));
    package.depends.push_back(std::move(dependency));
  }
  for (const control::Relation &relation : control.conflicts) {
    package.conflicts.push_back(intern(relation));
  }
  for (const control::Provision &provision : control.provides) {
    package.provides.push_back({names_.intern(provision.name), provision.version});
  }
  for (const std::string &custom_class : control.classes) {
    // Custom variables are found whatever their case.
    package.classes.push_back(names_.intern(to_lower(custom_class)));
  }
  return insert(std::move(package));
}

Universe::Added Universe::add_plain(std::string_view name, std::string_view version,
                                    support::Span<std::string_view> requires_names,
                                    std::uint32_t tag) {
  Package package;
  package.name = names_.intern(name);
  package.version = version;
  package.tag = tag;
  for (std::string_view required : requires_names) {
    package.depends.push_back({intern(control::Relation{std::string(required), {}})});
  }
  return insert(std::move(package));
}

void Universe::add_upgrade(std::string_view name, std::string_view from, std::string_view to,
                           std::uint32_t tag) {
  version::check(from);
  version::check(to);
  name_entry(names_.intern(name)).upgrades.add(from, to, tag);
}

RelationId Universe::intern(const control::Relation &relation) {
  std::string text = control::to_string(relation);
  auto found = relation_ids_.find(text);
  if (found != relation_ids_.end()) return found->second;
  RelationId id(relations_.size());
  Entry entry;
  entry.relation = {names_.intern(relation.name), relation.constraints};
  // Room first, so that nothing fails between the two.
  if (relations_.size() == relations_.capacity()) relations_.reserve(2 * relations_.size() + 16);
  entry.text = &relation_ids_.emplace(std::move(text), id).first->first;
  relations_.push_back(std::move(entry));
  return id;
}

void Universe::forget(std::size_t relations, std::size_t names) noexcept {
  while (relations_.size() > relations) {
    relation_ids_.erase(relation_ids_.find(*relations_.back().text));
    relations_.pop_back();
  }
  names_.shrink(names);
}

support::Span<PackageId> Universe::versions(NameId name) const {
  const Name *entry = find_entry(name);
  return entry == nullptr ? support::Span<PackageId>() : support::Span<PackageId>(entry->versions);
}

support::Span<PackageId> Universe::providers(NameId name) const {
  const Name *entry = find_entry(name);
  return entry == nullptr ? support::Span<PackageId>() : support::Span<PackageId>(entry->providers);
}

support::Span<PackageId> Universe::claimants(NameId custom_class) const {
  const Name *entry = find_entry(custom_class);
  return entry == nullptr ? support::Span<PackageId>() : support::Span<PackageId>(entry->claimants);
}

bool Universe::meets(PackageId id, RelationId relation_id) const {
  const Package &candidate = package(id);
  const Relation &wanted = relation(relation_id);
  if (candidate.name == wanted.name && version::satisfies(candidate.version, wanted.constraints)) {
    return true;
  }
  for (const Provision &provision : candidate.provides) {
    if (provision_meets(provision, wanted)) return true;
  }
  return false;
}

support::Span<PackageId> Universe::candidates(RelationId id) const {
  const Entry &entry = relations_[id.index()];
  if (entry.computed_at == packages_.size()) return entry.candidates;
  entry.candidates.clear();
  if (const Name *name = find_entry(entry.relation.name)) {
    for (PackageId own : name->versions) {
      if (meets(own, id)) entry.candidates.push_back(own);
    }
    for (PackageId provider : name->providers) {
      if (package(provider).name != entry.relation.name && meets(provider, id)) {
        entry.candidates.push_back(provider);
      }
    }
  }
  entry.computed_at = packages_.size();
  return entry.candidates;
}

bool Universe::is_known(NameId name) const {
  const Name *entry = find_entry(name);
  return entry != nullptr && !(entry->versions.empty() && entry->providers.empty());
}

std::optional<std::vector<std::uint32_t>> Universe::upgrade_path(NameId name, std::string_view from,
                                                                 std::string_view to) const {
  const Name *entry = find_entry(name);
  return entry == nullptr ? std::nullopt : entry->upgrades.path(from, to);
}

bool Universe::has_upgrades(NameId name) const {
  const Name *entry = find_entry(name);
  return entry != nullptr && !entry->upgrades.empty();
}

std::vector<std::string> Universe::nearest_names(std::string_view wrong) const {
  std::vector<std::string> known;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (is_known(NameId(i))) known.push_back(names_.text(NameId(i)));
  }
  return support::nearest(wrong, known, 3);
}

std::string Universe::describe(PackageId id) const {
  return name_of(id) + " " + package(id).version;
}

std::string Universe::describe(RelationId id) const {
  const Relation &described = relation(id);
  return control::to_string(control::Relation{names_.text(described.name), described.constraints});
}

std::string Universe::describe(const Dependency &dependency) const {
  std::string text;
  for (RelationId relation : dependency) {
    if (!text.empty()) text += " | ";
    text += describe(relation);
  }
  return text;
}

}  // namespace extman::universe
