#include "universe/universe.h"

#include "support/error.h"
#include "support/nearest.h"
#include "support/translate.h"
#include "version/version.h"

#include <algorithm>

namespace extman::universe {

namespace {

std::string to_lower(std::string text) {
  for (char &c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

template <class T>
void append(std::vector<T> &all, const std::vector<T> &more) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

bool Universe::before(PackageId a, PackageId b) const {
  if (name(a) != name(b)) return name_of(a) < name_of(b);
  return version::compare(version(a), version(b)) > 0;
}

support::Span<PackageId> Universe::versions(NameId name) const {
  if (name.index() >= versions_.size()) return {};
  const Versions &entry = versions_[name.index()];
  if (entry.several != UINT32_MAX) return many_versions_[entry.several];
  if (entry.only.is_none()) return {};
  return {&entry.only, 1};
}

// Returns the package of an equal version when there is one.
PackageId Universe::insert_version(NameId name, VersionId version, PackageId id) {
  if (versions_.size() <= name.index()) versions_.resize(name.index() + 1);
  Versions &entry = versions_[name.index()];
  support::Span<PackageId> known = versions(name);
  std::string_view added = text(version);
  const PackageId *place = std::lower_bound(
      known.begin(), known.end(), added, [this](PackageId older, std::string_view newer) {
        return version::compare(this->version(older), newer) > 0;
      });
  if (place != known.end() && version::compare(this->version(*place), added) == 0) return *place;
  if (known.empty()) {
    entry.only = id;
    return PackageId::none();
  }
  std::ptrdiff_t offset = place - known.begin();
  if (entry.several == UINT32_MAX) {
    many_versions_.push_back({entry.only});
    entry.several = static_cast<std::uint32_t>(many_versions_.size() - 1);
    entry.only = PackageId::none();
  }
  std::vector<PackageId> &list = many_versions_[entry.several];
  list.insert(list.begin() + offset, id);
  return PackageId::none();
}

Universe::Added Universe::add(const Draft &draft) {
  PackageId id(packages_.size());
  // Room first, so that nothing fails once the version is in its list.
  auto make_room = [](auto &list, std::size_t more) {
    if (list.capacity() - list.size() < more) list.reserve(2 * list.size() + more + 16);
  };
  make_room(packages_, 1);
  make_room(depends_, draft.depends.size());
  make_room(conflicts_, draft.conflicts.size());
  make_room(provides_, draft.provides.size());
  make_room(classes_, draft.classes.size());
  make_room(plain_, 1);
  make_room(ahead_, 1);
  lists_.forget();
  PackageId same = insert_version(draft.name, draft.version, id);
  if (!same.is_none()) return {PackageId::none(), same};

  auto end_of = [](const auto &list) { return static_cast<std::uint32_t>(list.size()); };
  packages_.push_back({draft.name, draft.version, draft.tag, end_of(depends_), end_of(conflicts_),
                       end_of(provides_), end_of(classes_)});
  append(depends_, draft.depends);
  append(conflicts_, draft.conflicts);
  append(provides_, draft.provides);
  append(classes_, draft.classes);
  if (draft.plain) plain_.push_back(id);
  if (draft.ahead) ahead_.push_back(id);
  return {id, PackageId::none()};
}

// What a control file declares joins what is declared already.
void Universe::declare(const control::ControlFile &control, Draft &draft) {
  for (const control::Alternatives &part : control.depends) draft.depends.push_back(intern(part));
  for (const control::Relation &part : control.conflicts) draft.conflicts.push_back(intern(part));
  for (const control::Provision &provision : control.provides) {
    draft.provides.push_back({intern_name(provision.name), provision.version
                                                               ? intern_version(*provision.version)
                                                               : VersionId::none()});
  }
  for (const std::string &custom_class : control.classes) {
    // Custom variables are found whatever their case.
    NameId name = intern_name(to_lower(custom_class));
    if (std::find(draft.classes.begin(), draft.classes.end(), name) == draft.classes.end()) {
      draft.classes.push_back(name);
    }
  }
}

Universe::Added Universe::add(const control::ControlFile &control, std::uint32_t tag) {
  if (!control.version) {
    throw support::BadInput(tr("the control file of \"%s\" names no version", control.name),
                            tr("Add a line such as: version = 1.0."));
  }
  Draft draft;
  draft.name = intern_name(control.name);
  draft.version = intern_version(*control.version);
  draft.tag = tag;
  declare(control, draft);
  return add(draft);
}

Universe::Added Universe::add_plain(const Plain &plain, std::uint32_t tag) {
  Draft draft;
  draft.name = intern_name(plain.name);
  draft.version = intern_version(plain.version);
  draft.tag = tag;
  draft.plain = true;
  draft.ahead = plain.ahead;
  for (std::string_view required : plain.requires_names) {
    draft.depends.push_back(
        intern(control::Alternatives{control::Relation{std::string(required), {}}}));
  }
  for (const control::ControlFile *overlay : plain.overlays) {
    if (!overlay->version || version::compare(*overlay->version, plain.version) == 0) {
      declare(*overlay, draft);
    }
  }
  return add(draft);
}

void Universe::add_upgrade(std::string_view name, std::string_view from, std::string_view to,
                           std::uint32_t tag) {
  version::check(from);
  version::check(to);
  upgrades_[intern_name(name)].add(from, to, tag);
}

void Universe::prefer_recommended(std::vector<PackageId> &packages) const {
  if (ahead_.empty()) return;
  std::stable_partition(packages.begin(), packages.end(),
                        [this](PackageId id) { return !is_ahead(id); });
}

PackageId Universe::owner_of_dependency(std::uint32_t number) const {
  auto behind = std::upper_bound(
      packages_.begin(), packages_.end(), number,
      [](std::uint32_t wanted, const Row &package) { return wanted < package.depends; });
  return PackageId(static_cast<std::size_t>(behind - packages_.begin()) - 1);
}

bool Universe::meets(PackageId id, RelationId relation) const {
  NameId wanted = name(relation);
  if (name(id) == wanted && satisfies(version(id), relation)) return true;
  for (const Provision &provision : provides(id)) {
    if (provision.name != wanted) continue;
    if (constraints(relation).empty()) return true;
    if (!provision.version.is_none() && satisfies(text(provision.version), relation)) return true;
  }
  return false;
}

bool Universe::is_known(NameId name) const {
  return !name.is_none() && !(versions(name).empty() && providers(name).empty());
}

std::optional<std::vector<std::uint32_t>> Universe::upgrade_path(NameId name, std::string_view from,
                                                                 std::string_view to) const {
  auto graph = upgrades_.find(name);
  if (graph != upgrades_.end()) return graph->second.path(from, to);
  if (version::compare(from, to) == 0) return std::vector<std::uint32_t>();
  return std::nullopt;
}

std::vector<PackageId> Universe::upgrades_of(PackageId id) const {
  std::vector<PackageId> result;
  auto graph = upgrades_.find(name(id));
  if (graph == upgrades_.end()) return result;
  const UpgradeGraph::Versions reached = graph->second.reachable(version(id));
  for (PackageId other : versions(name(id))) {
    if (other != id && reached.count(version(other)) != 0) result.push_back(other);
  }
  return result;
}

std::vector<std::string> Universe::nearest_names(std::string_view wrong) const {
  std::vector<std::string> known;
  for (std::size_t i = 0; i < name_count(); ++i) {
    if (is_known(NameId(i))) known.emplace_back(text(NameId(i)));
  }
  return support::nearest(wrong, known, 3);
}

std::string Universe::describe(PackageId id) const {
  std::string description(name_of(id));
  description += ' ';
  description += version(id);
  return description;
}

}  // namespace extman::universe
