// What is asked, of which universe, on top of what is installed.
#pragma once

#include "control/relation.h"
#include "support/no_postgres.h"
#include "universe/universe.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace extman::solve {

using universe::DependencyId;
using universe::NameId;
using universe::PackageId;
using universe::RelationId;
using universe::Universe;

struct Installed {
  PackageId package;
  bool automatic = false;
  bool held = false;
};

struct Request {
  std::vector<DependencyId> install;
  std::vector<RelationId> uninstall;
  std::vector<RelationId> upgrade;
  bool upgrade_all = false;
  bool cascade = false;
  bool autoremove = false;  // what is uninstalled is what nothing needs

  bool only_uninstalls() const {
    return !uninstall.empty() && install.empty() && upgrade.empty() && !upgrade_all;
  }
};

struct Problem {
  Problem(const Universe &packages, std::vector<Installed> installed_packages, Request asked)
      : universe(packages), installed(std::move(installed_packages)), request(std::move(asked)) {
    std::sort(installed.begin(), installed.end(), [this](const Installed &a, const Installed &b) {
      return universe.before(a.package, b.package);
    });
    for (std::size_t i = 0; i < installed.size(); ++i) {
      by_name.emplace(universe.name(installed[i].package), i);
    }
  }

  const Universe &universe;
  std::vector<Installed> installed;  // at most one of a name; sorted by name
  Request request;
  bool allow_cycles = false;
  std::unordered_map<NameId, std::size_t> by_name;  // index into installed

  const Installed *installed_of(NameId name) const {
    auto found = by_name.find(name);
    return found == by_name.end() ? nullptr : &installed[found->second];
  }
  bool is_installed(PackageId id) const {
    const Installed *entry = installed_of(universe.name(id));
    return entry != nullptr && entry->package == id;
  }
  // Whether something installed meets one of the alternatives.
  bool met_by_installed(DependencyId dependency) const;
};

// What takes part when the packages in gone are uninstalled: they, and again
// and again whatever needs what is gone.  With each, the dependency that pulled
// it in.  No new package is looked for to save one.
struct Removal {
  PackageId package;
  PackageId because_of;        // none: it was in the list
  std::size_t dependency = 0;  // of package, that is met no more
};
std::vector<Removal> cascade(const Problem &problem, const std::vector<PackageId> &gone);

}  // namespace extman::solve
