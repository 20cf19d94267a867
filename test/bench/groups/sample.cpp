#include "groups/sample.h"

#include <algorithm>
#include <utility>

namespace extman::bench {

std::vector<std::size_t> evenly_spread(std::size_t total, std::size_t count) {
  if (count == 0 || count > total) count = total;
  std::vector<std::size_t> sample;
  sample.reserve(count);
  for (std::size_t i = 0; i < count; ++i) sample.push_back(i * total / count);
  return sample;
}

std::vector<std::vector<std::size_t>> joint_requests(const universe::Universe &universe,
                                                     std::size_t count) {
  using universe::PackageId;
  std::vector<std::pair<std::size_t, std::size_t>> clashes;
  for (std::size_t i = 0; i < universe.size(); ++i) {
    for (universe::RelationId relation : universe.conflicts(PackageId(i))) {
      for (PackageId other : universe.candidates(relation)) {
        if (other.index() != i) clashes.emplace_back(i, other.index());
      }
    }
  }

  Random random(1);
  std::vector<std::vector<std::size_t>> requests(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<std::size_t> &request = requests[i];
    if (i % 2 == 1 && !clashes.empty()) {
      const auto [a, b] = clashes[random.below(clashes.size())];
      request = {a, b};
    }
    const std::size_t size = std::min(universe.size(), 2 + i % 5);
    while (request.size() < size) {
      const std::size_t package = random.below(universe.size());
      const bool known = std::count(request.begin(), request.end(), package) != 0;
      if (!known) request.push_back(package);
    }
  }
  return requests;
}

}  // namespace extman::bench
