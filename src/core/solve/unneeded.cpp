#include "solve/unneeded.h"

#include <unordered_set>

namespace extman::solve {

std::vector<PackageId> unneeded(const Problem &problem) {
  const Universe &universe = problem.universe;
  std::unordered_set<PackageId> needed;
  std::vector<PackageId> queue;
  auto keep = [&](PackageId id) {
    if (needed.insert(id).second) queue.push_back(id);
  };
  for (const Installed &entry : problem.installed) {
    if (!entry.automatic || entry.held) keep(entry.package);
  }
  while (!queue.empty()) {
    PackageId id = queue.back();
    queue.pop_back();
    for (DependencyId dependency : universe.depends(id)) {
      for (PackageId candidate : universe.candidates(dependency)) {
        if (problem.is_installed(candidate)) keep(candidate);
      }
    }
  }
  std::vector<PackageId> result;
  for (const Installed &entry : problem.installed) {
    if (needed.count(entry.package) == 0) result.push_back(entry.package);
  }
  return result;
}

}  // namespace extman::solve
