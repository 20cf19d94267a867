#include "solve/lean.h"

#include "solve/order.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace extman::solve {

namespace {

class Leaner {
 public:
  Leaner(const Problem &problem, const Rules &rules, Workspace &workspace,
         const std::vector<PackageId> &taken, support::Budget &budget)
      : problem_(problem),
        universe_(problem.universe),
        rules_(rules),
        places_(workspace.places),
        taken_(taken),
        budget_(budget),
        kept_(taken.size(), 1) {
    if (places_.size() < universe_.size()) places_.resize(universe_.size(), 0);
    for (std::size_t i = 0; i < taken.size(); ++i) {
      places_[taken[i].index()] = static_cast<std::uint32_t>(i + 1);
    }
  }
  ~Leaner() {
    for (PackageId id : taken_) places_[id.index()] = 0;
  }
  Leaner(const Leaner &) = delete;
  Leaner &operator=(const Leaner &) = delete;

  std::vector<PackageId> run() {
    count();
    while (!choices_.empty()) {
      bool changed = false;
      for (std::size_t i = taken_.size(); i-- > 0;) changed |= try_without(i);
      if (changed) continue;
      // Only packages that need each other cannot go one by one.
      if (!problem_.allow_cycles || !drop_rings()) break;
      count();
    }
    std::vector<PackageId> result;
    for (std::size_t i = 0; i < taken_.size(); ++i) {
      if (kept_[i] != 0) result.push_back(taken_[i]);
    }
    return result;
  }

 private:
  // A demand that more than one package meets, or did at first.
  struct Choice {
    PackageId owner;  // none: a root
    Demand candidates;
    std::uint32_t count;
  };

  bool is_kept(PackageId id) const {
    std::uint32_t place = places_[id.index()];
    return place != 0 && kept_[place - 1] != 0;
  }
  std::size_t place_of(PackageId id) const { return places_[id.index()] - 1; }

  // Calls look_at(candidates) for each demand of a package but those that it
  // meets itself.
  template <class LookAt>
  void each_demand(PackageId id, LookAt look_at) const {
    for (DependencyId dependency : universe_.depends(id)) {
      Demand candidates = universe_.candidates(dependency);
      if (std::find(candidates.begin(), candidates.end(), id) == candidates.end() &&
          !rules_.is_broken_already(id, dependency)) {
        look_at(candidates);
      }
    }
  }

  // How many packages meet it, and one of them.
  std::pair<std::uint32_t, PackageId> met_by(Demand candidates) const {
    std::uint32_t found = 0;
    PackageId first;
    for (PackageId id : candidates) {
      if (is_kept(id) && found++ == 0) first = id;
    }
    return {found, first};
  }

  void count() {
    sole_.assign(taken_.size(), 0);
    choices_.clear();
    choices_of_.clear();
    for (Demand root : rules_.roots()) look_at(PackageId::none(), root);
    for (PackageId id : taken_) {
      if (!is_kept(id)) continue;
      budget_.step();
      each_demand(id, [&](Demand candidates) { look_at(id, candidates); });
    }
  }

  void look_at(PackageId owner, Demand candidates) {
    auto [found, first] = met_by(candidates);
    if (found == 1) ++sole_[place_of(first)];
    if (found < 2) return;
    for (PackageId id : candidates) {
      if (is_kept(id)) choices_of_.emplace(id, choices_.size());
    }
    choices_.push_back({owner, candidates, found});
  }

  bool try_without(std::size_t at) {
    PackageId id = taken_[at];
    if (kept_[at] == 0 || sole_[at] != 0) return false;
    // What is installed is not for us to remove.
    if (problem_.installed_of(universe_.name(id)) != nullptr) return false;
    kept_[at] = 0;
    if (!can_be_ordered()) {
      kept_[at] = 1;
      return false;
    }
    auto [begin, end] = choices_of_.equal_range(id);
    for (auto choice = begin; choice != end; ++choice) {
      Choice &less = choices_[choice->second];
      bool matters = less.owner.is_none() || is_kept(less.owner);
      if (--less.count == 1 && matters) ++sole_[place_of(met_by(less.candidates).second)];
    }
    each_demand(id, [&](Demand candidates) {
      auto [found, first] = met_by(candidates);
      if (found == 1) --sole_[place_of(first)];
    });
    return true;
  }

  // By place: what a root cannot be without, and what that cannot be without.
  std::vector<char> indispensable() const {
    std::vector<char> needed(taken_.size(), 0);
    std::vector<PackageId> queue;
    auto reach = [&](Demand candidates) {
      auto [found, first] = met_by(candidates);
      if (found != 1 || needed[place_of(first)] != 0) return;
      needed[place_of(first)] = 1;
      queue.push_back(first);
    };
    for (Demand root : rules_.roots()) reach(root);
    for (std::size_t head = 0; head < queue.size(); ++head) each_demand(queue[head], reach);
    return needed;
  }

  // Leaves out a package together with whatever cannot be without it.
  bool drop_rings() {
    const std::vector<char> needed = indispensable();
    bool any = false;
    for (std::size_t i = taken_.size(); i-- > 0;) {
      if (kept_[i] == 0 || needed[i] != 0) continue;
      std::vector<std::size_t> dropped{i};
      kept_[i] = 0;
      drop_dependents(needed, dropped);
      if (all_met(needed)) {
        any = true;
      } else {
        for (std::size_t at : dropped) kept_[at] = 1;
      }
    }
    return any;
  }

  void drop_dependents(const std::vector<char> &needed, std::vector<std::size_t> &dropped) {
    for (std::size_t before = 0; before != dropped.size();) {
      before = dropped.size();
      budget_.step();
      for (std::size_t i = 0; i < taken_.size(); ++i) {
        if (kept_[i] == 0 || needed[i] != 0) continue;
        bool lacks = false;
        each_demand(taken_[i], [&](Demand candidates) { lacks |= met_by(candidates).first == 0; });
        if (!lacks) continue;
        kept_[i] = 0;
        dropped.push_back(i);
      }
    }
  }

  // Whether nothing that is needed lacks anything.
  bool all_met(const std::vector<char> &needed) const {
    return std::all_of(choices_.begin(), choices_.end(), [&](const Choice &choice) {
      bool matters = choice.owner.is_none() || needed[place_of(choice.owner)] != 0;
      return !matters || met_by(choice.candidates).first > 0;
    });
  }

  bool can_be_ordered() const {
    budget_.step();
    if (problem_.allow_cycles) return true;
    std::vector<PackageId> changing;
    for (std::size_t i = 0; i < taken_.size(); ++i) {
      if (kept_[i] != 0 && !problem_.is_installed(taken_[i])) changing.push_back(taken_[i]);
    }
    auto stays = [&](PackageId id) { return problem_.is_installed(id) && is_kept(id); };
    return order_installs(universe_, changing, stays, false).cycle.members.empty();
  }

  const Problem &problem_;
  const Universe &universe_;
  const Rules &rules_;
  std::vector<std::uint32_t> &places_;
  const std::vector<PackageId> &taken_;
  support::Budget &budget_;
  std::vector<char> kept_;
  std::vector<std::uint32_t> sole_;  // by place: demands that only this package meets
  std::vector<Choice> choices_;
  std::unordered_multimap<PackageId, std::size_t> choices_of_;  // that it meets
};

}  // namespace

std::vector<PackageId> without_superfluous(const Problem &problem, const Rules &rules,
                                           Workspace &workspace,
                                           const std::vector<PackageId> &taken,
                                           support::Budget &budget) {
  return Leaner(problem, rules, workspace, taken, budget).run();
}

}  // namespace extman::solve
