#include "solve/order.h"

#include <algorithm>
#include <queue>
#include <tuple>
#include <unordered_map>

namespace extman::solve {

using universe::DependencyId;
using universe::PackageId;
using universe::Universe;

namespace {

// Kahn's algorithm, with dependencies that any one of several packages meets.
class Sorter {
 public:
  Sorter(const Universe &universe, const std::vector<PackageId> &changing,
         const std::function<bool(PackageId)> &stays)
      : universe_(universe), stays_(stays) {
    nodes_.reserve(changing.size());
    for (PackageId id : changing) {
      if (index_.emplace(id, nodes_.size()).second)
        nodes_.push_back({id, {}, {}, {}, 0, 0, 0, false});
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) connect(i);
    rank_nodes();
  }

  void prefer(const Preference &preference) {
    auto first = index_.find(preference.first);
    auto second = index_.find(preference.second);
    if (first == index_.end() || second == index_.end()) return;
    nodes_[first->second].preferred_before.push_back(second->second);
    ++nodes_[second->second].preferably_waiting;
  }

  Order run(bool allow_cycles) {
    for (std::size_t i = 0; i < nodes_.size(); ++i) push_if_ready(i);
    Order order;
    for (;;) {
      while (!ready_.empty()) {
        std::size_t at = ready_.top().node;
        ready_.pop();
        if (nodes_[at].done) continue;
        place(at, order);
      }
      if (order.packages.size() == nodes_.size()) return order;
      if (!allow_cycles) {
        order.cycle = find_cycle();
        return order;
      }
      place(first_left(), order);
    }
  }

 private:
  struct Need {
    std::size_t dependency;
    std::vector<std::size_t> met_by;  // nodes, by preference; the dependency waits for any
    bool met = false;
  };
  struct Node {
    PackageId package;
    std::vector<Need> needs;
    std::vector<std::pair<std::size_t, std::size_t>> needed_by;  // node and its need
    std::vector<std::size_t> preferred_before;                   // nodes better placed behind it
    std::size_t waiting;                                         // needs that are not met yet
    std::size_t preferably_waiting;                              // for nodes better placed before
    std::size_t rank;
    bool done;
  };

  void connect(std::size_t at) {
    support::Span<DependencyId> depends = universe_.depends(nodes_[at].package);
    for (std::size_t i = 0; i < depends.size(); ++i) {
      Need need{i, {}, false};
      if (met_at_once(at, depends[i], need.met_by)) continue;
      std::size_t number = nodes_[at].needs.size();
      for (std::size_t other : need.met_by) nodes_[other].needed_by.emplace_back(at, number);
      nodes_[at].needs.push_back(std::move(need));
    }
    nodes_[at].waiting = nodes_[at].needs.size();
  }

  bool met_at_once(std::size_t at, DependencyId dependency, std::vector<std::size_t> &met_by) {
    for (PackageId candidate : universe_.candidates(dependency)) {
      auto found = index_.find(candidate);
      if (found == index_.end()) {
        if (stays_(candidate)) return true;
      } else if (found->second == at) {
        return true;  // a package may meet its own dependency
      } else {
        met_by.push_back(found->second);
      }
    }
    return met_by.empty();  // broken before, and no matter of the order
  }

  // Depth first, after what is needed: without cycles and choices this is the
  // order already.
  void rank_nodes() {
    std::vector<char> entered(nodes_.size(), 0);
    std::vector<std::pair<std::size_t, std::size_t>> stack;  // node, its next need
    std::size_t next_rank = 0;
    for (std::size_t root = 0; root < nodes_.size(); ++root) {
      if (entered[root]) continue;
      entered[root] = 1;
      stack.emplace_back(root, 0);
      while (!stack.empty()) {
        auto &[at, need] = stack.back();
        if (need == nodes_[at].needs.size()) {
          nodes_[at].rank = next_rank++;
          stack.pop_back();
          continue;
        }
        std::size_t first = nodes_[at].needs[need++].met_by.front();
        if (!entered[first]) {
          entered[first] = 1;
          stack.emplace_back(first, 0);
        }
      }
    }
  }

  // Again when nothing is preferred before it any more; run() skips what is done.
  void push_if_ready(std::size_t at) {
    const Node &node = nodes_[at];
    if (!node.done && node.waiting == 0) {
      ready_.push({node.preferably_waiting > 0, node.rank, at});
    }
  }

  void place(std::size_t at, Order &order) {
    nodes_[at].done = true;
    order.packages.push_back(nodes_[at].package);
    for (auto [dependent, number] : nodes_[at].needed_by) {
      Need &need = nodes_[dependent].needs[number];
      if (need.met) continue;
      need.met = true;
      --nodes_[dependent].waiting;
      push_if_ready(dependent);
    }
    for (std::size_t other : nodes_[at].preferred_before) {
      --nodes_[other].preferably_waiting;
      push_if_ready(other);
    }
  }

  std::size_t first_left() const {
    std::size_t best = nodes_.size();
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!nodes_[i].done && (best == nodes_.size() || nodes_[i].rank < nodes_[best].rank))
        best = i;
    }
    return best;
  }

  const Need &open_need(std::size_t at) const {
    return *std::find_if(nodes_[at].needs.begin(), nodes_[at].needs.end(),
                         [](const Need &need) { return !need.met; });
  }

  // Everything that the package waits for by its first open need, and so on.
  // All that could meet such a need is left over too.
  std::vector<std::size_t> waits_for(std::size_t start) const {
    std::vector<char> reached(nodes_.size(), 0);
    std::vector<std::size_t> list;
    auto reach = [&](std::size_t at) {
      if (!reached[at]) list.push_back(at);
      reached[at] = 1;
    };
    for (std::size_t next : open_need(start).met_by) reach(next);
    for (std::size_t head = 0; head < list.size(); ++head) {
      for (std::size_t next : open_need(list[head]).met_by) reach(next);
    }
    return list;
  }

  // The smallest set of packages left over that wait only for each other: in
  // nearly every case a simple cycle, and in its order.
  Cycle find_cycle() const {
    std::vector<std::size_t> smallest = waits_for(first_left());
    for (std::size_t at : std::vector<std::size_t>(smallest)) {
      std::vector<std::size_t> list = waits_for(at);
      if (list.size() < smallest.size()) smallest = std::move(list);
    }
    // Begin with the package that comes first in the order of preference.
    smallest = waits_for(*std::min_element(smallest.begin(), smallest.end()));
    // waits_for() lists a simple cycle from the second package to the first.
    std::rotate(smallest.begin(), smallest.end() - 1, smallest.end());

    Cycle cycle;
    for (std::size_t at : smallest) {
      cycle.members.push_back({nodes_[at].package, open_need(at).dependency});
    }
    return cycle;
  }

  struct Ready {
    bool better_later;
    std::size_t rank;
    std::size_t node;

    friend bool operator>(const Ready &a, const Ready &b) {
      return std::tie(a.better_later, a.rank) > std::tie(b.better_later, b.rank);
    }
  };

  const Universe &universe_;
  const std::function<bool(PackageId)> &stays_;
  std::vector<Node> nodes_;
  std::unordered_map<PackageId, std::size_t> index_;
  std::priority_queue<Ready, std::vector<Ready>, std::greater<Ready>> ready_;
};

}  // namespace

Order order_installs(const Universe &universe, const std::vector<PackageId> &changing,
                     const std::function<bool(PackageId)> &stays, bool allow_cycles,
                     const std::vector<Preference> &preferences) {
  Sorter sorter(universe, changing, stays);
  for (const Preference &preference : preferences) sorter.prefer(preference);
  return sorter.run(allow_cycles);
}

}  // namespace extman::solve
