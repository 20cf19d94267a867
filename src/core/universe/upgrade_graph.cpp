#include "universe/upgrade_graph.h"

#include <algorithm>

namespace extman::universe {

void UpgradeGraph::add(std::string_view from, std::string_view to, std::uint32_t tag) {
  ways_[std::string(from)].emplace(to, tag);
}

std::optional<std::vector<std::uint32_t>> UpgradeGraph::path(std::string_view from,
                                                             std::string_view to) const {
  if (version::compare(from, to) == 0) return std::vector<std::uint32_t>();

  // Breadth first: the first way found has the fewest scripts.
  struct Step {
    std::string_view version;
    std::size_t before;  // index into steps
    std::uint32_t tag;
  };
  std::vector<Step> steps{{from, 0, 0}};
  Versions reached{from};
  for (std::size_t head = 0; head < steps.size(); ++head) {
    auto ways = ways_.find(steps[head].version);
    if (ways == ways_.end()) continue;
    for (const auto &[target, tag] : ways->second) {
      if (!reached.insert(target).second) continue;
      steps.push_back({target, head, tag});
      if (version::compare(target, to) != 0) continue;

      std::vector<std::uint32_t> tags;
      for (std::size_t at = steps.size() - 1; at != 0; at = steps[at].before) {
        tags.push_back(steps[at].tag);
      }
      std::reverse(tags.begin(), tags.end());
      return tags;
    }
  }
  return std::nullopt;
}

UpgradeGraph::Versions UpgradeGraph::reachable(std::string_view from) const {
  Versions reached{from};
  std::vector<std::string_view> queue{from};
  for (std::size_t head = 0; head < queue.size(); ++head) {
    auto ways = ways_.find(queue[head]);
    if (ways == ways_.end()) continue;
    for (const auto &[target, tag] : ways->second) {
      if (reached.insert(target).second) queue.push_back(target);
    }
  }
  return reached;
}

}  // namespace extman::universe
