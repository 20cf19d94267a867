#include "solve/problem.h"

#include <unordered_set>

namespace extman::solve {

bool Problem::met_by_installed(DependencyId dependency) const {
  for (PackageId candidate : universe.candidates(dependency)) {
    if (is_installed(candidate)) return true;
  }
  return false;
}

std::vector<Removal> cascade(const Problem &problem, const std::vector<PackageId> &gone) {
  const Universe &universe = problem.universe;
  std::vector<Removal> removals;
  std::unordered_set<PackageId> removed;
  for (PackageId package : gone) {
    if (removed.insert(package).second) removals.push_back({package, PackageId::none(), 0});
  }

  auto met = [&](DependencyId dependency, PackageId *last_removed) {
    bool ever = false;
    for (PackageId candidate : universe.candidates(dependency)) {
      if (!problem.is_installed(candidate)) continue;
      if (removed.count(candidate) == 0) return true;
      *last_removed = candidate;
      ever = true;
    }
    return !ever;  // what was broken before is no reason now
  };

  for (bool changed = true; changed;) {
    changed = false;
    for (const Installed &entry : problem.installed) {
      if (removed.count(entry.package) != 0) continue;
      support::Span<DependencyId> depends = universe.depends(entry.package);
      for (std::size_t i = 0; i < depends.size(); ++i) {
        PackageId because_of;
        if (met(depends[i], &because_of)) continue;
        removed.insert(entry.package);
        removals.push_back({entry.package, because_of, i});
        changed = true;
        break;
      }
    }
  }
  return removals;
}

}  // namespace extman::solve
