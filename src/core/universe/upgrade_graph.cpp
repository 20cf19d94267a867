#include "universe/upgrade_graph.h"

#include "version/version.h"

#include <algorithm>

namespace extman::universe {

std::optional<std::size_t> UpgradeGraph::find(std::string_view version) const {
  for (std::size_t i = 0; i < versions_.size(); ++i) {
    if (version::compare(versions_[i], version) == 0) return i;
  }
  return std::nullopt;
}

std::size_t UpgradeGraph::intern(std::string_view version) {
  if (auto found = find(version)) return *found;
  versions_.emplace_back(version);
  return versions_.size() - 1;
}

void UpgradeGraph::add(std::string_view from, std::string_view to, std::uint32_t tag) {
  Edge edge{intern(from), intern(to), tag};
  for (const Edge &known : edges_) {
    if (known.from == edge.from && known.to == edge.to) return;
  }
  edges_.push_back(edge);
  // Newest target first, so that the search below meets newer versions first.
  std::stable_sort(edges_.begin(), edges_.end(), [this](const Edge &a, const Edge &b) {
    return version::compare(versions_[a.to], versions_[b.to]) > 0;
  });
}

std::optional<std::vector<std::uint32_t>> UpgradeGraph::path(std::string_view from,
                                                             std::string_view to) const {
  if (version::compare(from, to) == 0) return std::vector<std::uint32_t>();
  auto source = find(from);
  auto target = find(to);
  if (!source || !target) return std::nullopt;

  // Breadth first: the first way found has the fewest scripts.
  std::vector<const Edge *> came_by(versions_.size(), nullptr);
  std::vector<std::size_t> queue{*source};
  for (std::size_t head = 0; head < queue.size() && came_by[*target] == nullptr; ++head) {
    for (const Edge &edge : edges_) {
      if (edge.from != queue[head] || edge.to == *source || came_by[edge.to] != nullptr) continue;
      came_by[edge.to] = &edge;
      queue.push_back(edge.to);
    }
  }
  if (came_by[*target] == nullptr) return std::nullopt;

  std::vector<std::uint32_t> tags;
  for (std::size_t at = *target; at != *source; at = came_by[at]->from) {
    tags.push_back(came_by[at]->tag);
  }
  std::reverse(tags.begin(), tags.end());
  return tags;
}

}  // namespace extman::universe
