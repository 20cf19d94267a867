// What a problem says before anything is decided.
#include "explain/theory.h"

#include <algorithm>
#include <utility>

namespace extman::explain {

using solve::Installed;
using solve::ReasonKind;

void Theory::set_up() {
  const solve::Request &request = problem_.request;
  set_up_uninstalls();
  if (request.upgrade_all) {
    for (std::uint32_t i = 0; i < problem_.installed.size(); ++i) {
      set_up_upgrade(i, universe_.name(problem_.installed[i].package), RelationId::none());
    }
  } else {
    for (std::uint32_t i = 0; i < request.upgrade.size(); ++i) {
      set_up_upgrade(i, universe_.name(request.upgrade[i]), request.upgrade[i]);
    }
  }
  for (const Installed &entry : problem_.installed) set_up_installed(entry);
  for (std::uint32_t i = 0; i < request.install.size(); ++i) {
    if (is_met_by_supposed(request.install[i])) continue;
    support::Span<PackageId> candidates = universe_.candidates(request.install[i]);
    auto number = add({ReasonKind::kRequested, PackageId::none(), PackageId::none(), i}, {},
                      {candidates.begin(), candidates.end()});
    if (number) active_.push_back(*number);
  }
  for (PackageId id : changes_.wanted) {
    add({ReasonKind::kBound, PackageId::none(), id, 1}, {}, {id});
  }
}

void Theory::set_up_uninstalls() {
  std::vector<PackageId> gone;
  for (RelationId relation : problem_.request.uninstall) {
    const Installed *installed = problem_.installed_of(universe_.name(relation));
    if (installed != nullptr) gone.push_back(installed->package);
  }
  for (PackageId id : gone) going_.emplace(universe_.name(id), id);
  if (!problem_.request.cascade) return;
  for (const solve::Removal &removal : solve::cascade(problem_, gone)) {
    going_.emplace(universe_.name(removal.package), removal.package);
  }
}

void Theory::set_up_upgrade(std::uint32_t number, NameId name, RelationId relation) {
  const Installed *installed = problem_.installed_of(name);
  if (installed == nullptr || going_.count(name) != 0) return;
  const bool constrained = !relation.is_none() && !universe_.constraints(relation).empty();
  if (const Supposed *supposed = supposed_of(name)) {
    bool fits = constrained ? universe_.satisfies(supposed->version, relation)
                            : version::compare(supposed->version,
                                               universe_.version(installed->package)) >= 0;
    if (fits) return;
  }
  std::vector<PackageId> candidates;
  for (PackageId id : universe_.versions(name)) {
    bool fits = constrained ? universe_.satisfies(universe_.version(id), relation)
                            : !universe_.before(installed->package, id);
    if (fits) candidates.push_back(id);
  }
  universe_.prefer_recommended(candidates);
  auto fact = add({ReasonKind::kUpgradeWanted, installed->package, PackageId::none(), number}, {},
                  std::move(candidates));
  if (fact) active_.push_back(*fact);
}

void Theory::set_up_installed(const Installed &entry) {
  NameId name = universe_.name(entry.package);
  if (going_.count(name) != 0 || supposed_of(name) != nullptr) return;
  if (entry.held)
    add({ReasonKind::kHeld, entry.package, PackageId::none(), 0}, {}, {entry.package});
  // Where it must change: to a newer version if that will do, the newest first.
  std::vector<PackageId> newer, older;
  std::vector<PackageId> others = universe_.upgrades_of(entry.package);
  if (!changes_.waived.empty()) {
    // A script that is missing may be supposed, too.
    for (PackageId id : universe_.versions(name)) {
      if (is_waived({ReasonKind::kNoUpgradePath, entry.package, id, 0})) others.push_back(id);
    }
    std::sort(others.begin(), others.end(),
              [this](PackageId a, PackageId b) { return universe_.before(a, b); });
  }
  for (PackageId id : others) {
    (universe_.before(id, entry.package) ? newer : older).push_back(id);
  }
  universe_.prefer_recommended(newer);
  std::vector<PackageId> candidates{entry.package};
  candidates.insert(candidates.end(), newer.begin(), newer.end());
  candidates.insert(candidates.end(), older.begin(), older.end());
  auto number =
      add({ReasonKind::kInstalled, entry.package, PackageId::none(), 0}, {}, std::move(candidates));
  if (number) active_.push_back(*number);
}

}  // namespace extman::explain
