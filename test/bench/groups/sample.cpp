#include "groups/sample.h"

#include <algorithm>

namespace extman::bench {

std::vector<std::size_t> evenly_spread(std::size_t total, std::size_t count) {
  if (count == 0 || count > total) count = total;
  std::vector<std::size_t> sample;
  sample.reserve(count);
  for (std::size_t i = 0; i < count; ++i) sample.push_back(i * total / count);
  return sample;
}

std::vector<std::vector<std::size_t>> joint_requests(std::size_t total, std::size_t count) {
  Random random(1);
  std::vector<std::vector<std::size_t>> requests(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t size = std::min(total, 2 + i % 5);
    while (requests[i].size() < size) {
      const std::size_t number = random.below(total);
      const bool known = std::count(requests[i].begin(), requests[i].end(), number) != 0;
      if (!known) requests[i].push_back(number);
    }
  }
  return requests;
}

}  // namespace extman::bench
