#include "plan/plan.h"

#include "solve/order.h"
#include "support/translate.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace extman::plan {

using solve::Installed;
using solve::Problem;
using universe::DependencyId;
using universe::NameId;
using universe::RelationId;
using universe::Universe;

namespace {

class Planner {
 public:
  Planner(const Problem &problem, const std::vector<PackageId> &chosen)
      : problem_(problem),
        universe_(problem.universe),
        chosen_(chosen),
        after_(chosen.begin(), chosen.end()) {
    for (PackageId id : chosen) after_by_name_.emplace(universe_.name(id), id);
  }

  Plan run() {
    find_requested();
    std::vector<PackageId> changing;
    for (PackageId id : chosen_) {
      if (!problem_.is_installed(id)) changing.push_back(id);
    }
    auto stays = [this](PackageId id) {
      return problem_.is_installed(id) && after_.count(id) != 0;
    };
    std::vector<PackageId> order =
        solve::order_installs(universe_, changing, stays, problem_.allow_cycles,
                              after_conflicts(changing))
            .packages;
    for (std::size_t i = 0; i < order.size(); ++i) place_.emplace(order[i], i);

    find_reasons();
    add_uninstalls();
    for (PackageId id : order) plan_.steps.push_back(change(id));
    add_rewired();
    return std::move(plan_);
  }

 private:
  // Where a new package conflicts with an installed version that is upgraded,
  // the upgrade goes first.
  std::vector<solve::Preference> after_conflicts(const std::vector<PackageId> &changing) const {
    std::vector<solve::Preference> preferences;
    for (PackageId upgraded : changing) {
      const Installed *old = problem_.installed_of(universe_.name(upgraded));
      if (old == nullptr) continue;
      for (PackageId other : changing) {
        if (other != upgraded &&
            (conflicts(other, old->package) || conflicts(old->package, other))) {
          preferences.push_back({upgraded, other});
        }
      }
    }
    return preferences;
  }

  bool conflicts(PackageId declarer, PackageId other) const {
    return universe_.name(declarer) != universe_.name(other) &&
           is_hit(other, universe_.conflicts(declarer));
  }

  // Packages that the request names, as they are afterwards; the first candidate
  // of each part of the request that is there.
  void find_requested() {
    std::unordered_set<PackageId> named;
    auto name_one = [&](PackageId id) {
      if (problem_.is_installed(id)) {
        if (named.insert(id).second) plan_.already.push_back(id);
      } else {
        requested_.insert(id);
      }
    };
    for (std::size_t part = 0; part < problem_.request.install.size(); ++part) {
      PackageId id = first_there(problem_.request.install[part]);
      if (id.is_none()) continue;
      name_one(id);
      parts_.emplace(id, part);
    }
    for (RelationId relation : problem_.request.upgrade) {
      auto there = after_by_name_.find(universe_.name(relation));
      if (there != after_by_name_.end()) name_one(there->second);
    }
    if (problem_.request.upgrade_all) {
      for (const Installed &entry : problem_.installed) {
        auto there = after_by_name_.find(universe_.name(entry.package));
        if (there != after_by_name_.end() && there->second != entry.package) {
          requested_.insert(there->second);
        }
      }
    }
  }

  // Among several, one that was there before; else the first that comes before
  // that place in the order; else any.
  PackageId first_there(DependencyId dependency, std::size_t before = SIZE_MAX) const {
    PackageId first, any;
    for (PackageId candidate : universe_.candidates(dependency)) {
      if (after_.count(candidate) == 0) continue;
      if (problem_.is_installed(candidate)) return candidate;
      auto place = place_.find(candidate);
      if (any.is_none()) any = candidate;
      if (first.is_none() && (place == place_.end() || place->second < before)) first = candidate;
    }
    return first.is_none() ? any : first;
  }

  std::vector<PackageId> needs_of(PackageId id) const {
    auto place = place_.find(id);
    std::size_t before = place == place_.end() ? SIZE_MAX : place->second;
    std::vector<PackageId> needs;
    for (DependencyId dependency : universe_.depends(id)) {
      PackageId met_by = first_there(dependency, before);
      if (met_by.is_none() || met_by == id) continue;
      if (std::find(needs.begin(), needs.end(), met_by) == needs.end()) needs.push_back(met_by);
    }
    return needs;
  }

  std::string depends_sentence(PackageId id, std::size_t dependency) const {
    return tr_plural("%s depends on %s", "%s depend on %s", 1, universe_.describe(id),
                     universe_.describe(universe_.depends(id)[dependency]));
  }

  bool meets(PackageId id, DependencyId dependency) const {
    return is_hit(id, universe_.alternatives(dependency));
  }

  // Whether it meets one of the relations.
  bool is_hit(PackageId id, support::Span<RelationId> relations) const {
    return std::any_of(relations.begin(), relations.end(),
                       [&](RelationId relation) { return universe_.meets(id, relation); });
  }

  // For whose sake packages are there: of each, the first that needs it.
  void find_reasons() {
    for (PackageId other : chosen_) {
      support::Span<DependencyId> depends = universe_.depends(other);
      for (std::size_t i = 0; i < depends.size(); ++i) {
        PackageId met_by = first_there(depends[i]);
        if (met_by.is_none() || met_by == other || problem_.is_installed(met_by)) continue;
        // That the old version would have done for, too, is no reason to change.
        const Installed *old = problem_.installed_of(universe_.name(met_by));
        if (old != nullptr && meets(old->package, depends[i])) continue;
        reasons_.emplace(met_by, std::make_pair(other, i));
      }
    }
  }

  std::string reason_of(PackageId id, PackageId old) const {
    if (requested_.count(id) != 0) return tr("requested");
    auto reason = reasons_.find(id);
    if (reason != reasons_.end()) {
      return depends_sentence(reason->second.first, reason->second.second);
    }
    if (!old.is_none()) {
      std::string conflict = conflict_reason(old);
      if (!conflict.empty()) return conflict;
      support::Span<DependencyId> depends = universe_.depends(old);
      for (std::size_t i = 0; i < depends.size(); ++i) {
        if (first_there(depends[i]).is_none()) return depends_sentence(old, i);
      }
    }
    return tr("needed by what was requested");
  }

  // A conflict that keeps the old version from staying.
  std::string conflict_reason(PackageId old) const {
    auto hit = [&](PackageId declarer, PackageId other) -> std::string {
      for (RelationId relation : universe_.conflicts(declarer)) {
        if (universe_.meets(other, relation)) {
          return tr_plural("%s conflicts with %s", "%s conflict with %s", 1,
                           universe_.describe(declarer), universe_.describe(relation));
        }
      }
      return {};
    };
    for (PackageId other : chosen_) {
      if (problem_.is_installed(other) || universe_.name(other) == universe_.name(old)) {
        continue;
      }
      std::string reason = hit(other, old);
      if (reason.empty()) reason = hit(old, other);
      if (!reason.empty()) return reason;
    }
    return {};
  }

  Step change(PackageId id) const {
    Step step;
    const Installed *installed = problem_.installed_of(universe_.name(id));
    step.action = installed == nullptr ? Action::kInstall : Action::kUpgrade;
    step.package = id;
    step.old_package = installed == nullptr ? PackageId::none() : installed->package;
    step.reason = reason_of(id, step.old_package);
    step.requested = requested_.count(id) != 0;
    auto part = parts_.find(id);
    if (part != parts_.end()) step.part = part->second;
    step.needs = needs_of(id);
    if (installed != nullptr) {
      step.scripts = universe_
                         .upgrade_path(universe_.name(id), universe_.version(installed->package),
                                       universe_.version(id))
                         .value();
    }
    return step;
  }

  void add_uninstalls() {
    std::vector<PackageId> gone;
    std::unordered_set<PackageId> named;
    for (RelationId relation : problem_.request.uninstall) {
      const Installed *entry = problem_.installed_of(universe_.name(relation));
      if (entry != nullptr && named.insert(entry->package).second) gone.push_back(entry->package);
    }
    std::unordered_map<PackageId, std::string> reasons;
    if (problem_.request.cascade) {
      std::vector<PackageId> all;
      for (const solve::Removal &removal : solve::cascade(problem_, gone)) {
        all.push_back(removal.package);
        if (!removal.because_of.is_none()) {
          reasons.emplace(removal.package, depends_sentence(removal.package, removal.dependency));
        }
      }
      gone = std::move(all);
    }
    // The reverse of an order of installation in which nothing of them is there
    // yet, and in which a package comes behind all that could meet its needs.
    std::vector<solve::Preference> preferences;
    std::unordered_set<PackageId> going(gone.begin(), gone.end());
    for (PackageId dependent : gone) {
      for (DependencyId dependency : universe_.depends(dependent)) {
        for (PackageId needed : universe_.candidates(dependency)) {
          if (going.count(needed) != 0 && needed != dependent) {
            preferences.push_back({needed, dependent});
          }
        }
      }
    }
    std::vector<PackageId> order =
        solve::order_installs(
            universe_, gone, [](PackageId) { return false; }, true, preferences)
            .packages;
    std::reverse(order.begin(), order.end());
    for (PackageId id : order) {
      Step step;
      step.action = Action::kUninstall;
      step.package = id;
      step.requested = named.count(id) != 0;
      auto reason = reasons.find(id);
      if (reason != reasons.end()) {
        step.reason = reason->second;
      } else {
        step.reason =
            problem_.request.autoremove ? tr("nothing needs it any more") : tr("requested");
      }
      plan_.steps.push_back(std::move(step));
    }
  }

  // What an installed package needed before is what met its dependencies first.
  void add_rewired() {
    for (const Installed &entry : problem_.installed) {
      if (after_.count(entry.package) == 0) continue;
      bool changed = false;
      for (DependencyId dependency : universe_.depends(entry.package)) {
        for (PackageId candidate : universe_.candidates(dependency)) {
          changed |= problem_.is_installed(candidate) && after_.count(candidate) == 0;
        }
      }
      if (!changed) continue;
      Step step;
      step.action = Action::kUpgrade;
      step.package = entry.package;
      step.needs = needs_of(entry.package);
      plan_.rewired.push_back(std::move(step));
    }
  }

  const Problem &problem_;
  const Universe &universe_;
  const std::vector<PackageId> &chosen_;
  std::unordered_set<PackageId> after_;
  std::unordered_map<NameId, PackageId> after_by_name_;
  std::unordered_set<PackageId> requested_;
  std::unordered_map<PackageId, std::size_t> parts_;  // of the install request
  std::unordered_map<PackageId, std::size_t> place_;  // in the order of installation
  // The package that needs it, and by which of its dependencies.
  std::unordered_map<PackageId, std::pair<PackageId, std::size_t>> reasons_;
  Plan plan_;
};

}  // namespace

Plan make_plan(const Problem &problem, const std::vector<PackageId> &chosen) {
  return Planner(problem, chosen).run();
}

}  // namespace extman::plan
