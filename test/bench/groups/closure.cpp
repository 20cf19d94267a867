#include "groups/closure.h"

#include <algorithm>
#include <utility>

namespace extman::bench {

std::vector<std::size_t> largest_closures(const universe::Universe &universe, std::size_t count) {
  using universe::PackageId;
  const std::size_t total = universe.size();
  std::vector<std::vector<std::uint32_t>> needs(total);
  for (std::size_t i = 0; i < total; ++i) {
    for (universe::DependencyId dependency : universe.depends(PackageId(i))) {
      const support::Span<PackageId> candidates = universe.candidates(dependency);
      if (!candidates.empty()) needs[i].push_back(candidates.front().index());
    }
  }

  std::vector<std::size_t> seen_by(total, total);
  std::vector<std::pair<std::size_t, std::size_t>> sizes;  // and the package
  std::vector<std::uint32_t> queue;
  for (std::size_t i = 0; i < total; ++i) {
    queue.assign(1, static_cast<std::uint32_t>(i));
    seen_by[i] = i;
    for (std::size_t next = 0; next < queue.size(); ++next) {
      for (std::uint32_t needed : needs[queue[next]]) {
        if (seen_by[needed] == i) continue;
        seen_by[needed] = i;
        queue.push_back(needed);
      }
    }
    sizes.emplace_back(queue.size(), i);
  }
  std::sort(sizes.begin(), sizes.end(), [](const auto &a, const auto &b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<std::size_t> largest;
  for (std::size_t i = 0; i < std::min(count, total); ++i) largest.push_back(sizes[i].second);
  return largest;
}

}  // namespace extman::bench
