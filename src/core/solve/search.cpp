#include "solve/search.h"

#include "solve/order.h"
#include "version/version.h"

#include <algorithm>
#include <stdexcept>
#include <unordered_set>

namespace extman::solve {

Search::Search(const Problem &problem, support::Budget &budget)
    : problem_(problem), universe_(problem.universe), budget_(budget), sat_(*this, budget) {}

// ---------- variables and clauses ----------

Var Search::var_of(PackageId id) {
  auto found = vars_.find(id);
  if (found != vars_.end()) return found->second;
  Var var = sat_.new_var();
  vars_.emplace(id, var);
  packages_.push_back(id);
  encoded_.emplace_back();
  restrict_new(id);
  return var;
}

// What holds of a package from the moment it enters.
void Search::restrict_new(PackageId id) {
  NameId name = universe_.name(id);
  auto going = going_.find(name);
  if (going != going_.end()) {
    add({ReasonKind::kUninstalled, going->second, id, 0}, {is_not(id)});
    return;
  }
  if (problem_.request.only_uninstalls() && !problem_.is_installed(id)) {
    add({ReasonKind::kNothingNew, PackageId::none(), id, 0}, {is_not(id)});
    return;
  }
  const Installed *installed = problem_.installed_of(name);
  if (installed != nullptr && installed->package != id &&
      !universe_.upgrade_path(name, universe_.version(installed->package), universe_.version(id))) {
    add({ReasonKind::kNoUpgradePath, installed->package, id, 0}, {is_not(id)});
    return;
  }
  std::vector<PackageId> &siblings = entered_[name];
  for (PackageId sibling : siblings) {
    if (encoded_[vars_.at(sibling).index()].done) {
      add({ReasonKind::kOneVersion, sibling, id, 0}, {is_not(sibling), is_not(id)});
    }
  }
  siblings.push_back(id);
}

void Search::add(const Reason &reason, const std::vector<Literal> &literals) {
  ClauseId id = sat_.add_clause(literals);
  reason_of_clause_.resize(id.index() + 1, UINT32_MAX);
  reason_of_clause_[id.index()] = static_cast<std::uint32_t>(reasons_.size());
  reasons_.push_back(reason);
}

std::uint32_t Search::new_demand(const std::vector<PackageId> &candidates) {
  Demand demand{static_cast<std::uint32_t>(wanted_.size()),
                static_cast<std::uint32_t>(candidates.size())};
  for (PackageId candidate : candidates) wanted_.push_back(vars_.at(candidate));
  demands_.push_back(demand);
  return static_cast<std::uint32_t>(demands_.size() - 1);
}

// A demand that does not hang on any package.
void Search::add_root(const Reason &reason, const std::vector<PackageId> &candidates) {
  std::vector<Literal> literals;
  for (PackageId candidate : candidates) literals.push_back(is(candidate));
  add(reason, literals);
  active_.push_back(new_demand(candidates));
}

std::vector<PackageId> Search::candidates_of(DependencyId dependency) const {
  support::Span<PackageId> all = universe_.candidates(dependency);
  return {all.begin(), all.end()};
}

// The clauses that say what a package needs and what it excludes.
void Search::encode(PackageId id) {
  NameId own_name = universe_.name(id);
  support::Span<DependencyId> depends = universe_.depends(id);
  support::Span<RelationId> conflicts = universe_.conflicts(id);
  bool installed = problem_.is_installed(id);
  std::uint32_t var = vars_.at(id).index();
  std::uint32_t first_demand = static_cast<std::uint32_t>(demands_.size());
  encoded_[var].done = true;

  std::vector<PackageId> siblings = entered_[own_name];
  for (PackageId sibling : siblings) {
    if (sibling != id && !encoded_[vars_.at(sibling).index()].done) {
      add({ReasonKind::kOneVersion, id, sibling, 0}, {is_not(id), is_not(sibling)});
    }
  }

  for (std::uint32_t i = 0; i < depends.size(); ++i) {
    DependencyId dependency = depends[i];
    // What is broken already is no reason to refuse everything else.
    if (installed && !problem_.met_by_installed(dependency)) continue;
    std::vector<PackageId> candidates = candidates_of(dependency);
    if (std::find(candidates.begin(), candidates.end(), id) != candidates.end()) continue;
    std::vector<Literal> literals{is_not(id)};
    for (PackageId candidate : candidates) literals.push_back(is(candidate));
    add({ReasonKind::kDepends, id, PackageId::none(), i}, literals);
    new_demand(candidates);
  }

  for (std::uint32_t i = 0; i < conflicts.size(); ++i) {
    for (PackageId other : universe_.candidates(conflicts[i])) {
      if (universe_.name(other) == own_name) continue;
      if (installed && problem_.is_installed(other)) continue;
      add({ReasonKind::kConflicts, id, other, i}, {is_not(id), is_not(other)});
    }
  }

  for (PackageId other : universe_.excluded(id)) {
    if (installed && problem_.is_installed(other)) continue;
    for (NameId custom_class : universe_.classes(id)) {
      support::Span<NameId> theirs = universe_.classes(other);
      if (std::find(theirs.begin(), theirs.end(), custom_class) == theirs.end()) continue;
      add({ReasonKind::kClassClash, id, other, custom_class.index()}, {is_not(id), is_not(other)});
      break;
    }
  }

  encoded_[var].first_demand = first_demand;
  encoded_[var].demand_count = static_cast<std::uint32_t>(demands_.size()) - first_demand;
}

// ---------- the policy ----------

void Search::became_true(Var var) {
  PackageId id = package_of(var);
  if (id.is_none()) return;
  if (!encoded_[var.index()].done) encode(id);
  const Encoded &encoded = encoded_[var.index()];
  for (std::uint32_t i = 0; i < encoded.demand_count; ++i) {
    active_.push_back(encoded.first_demand + i);
  }
}

void Search::undone_to(std::size_t level) {
  active_.resize(marks_[level].active);
  next_ = marks_[level].next;
  marks_.resize(level);
}

std::optional<Literal> Search::decide() {
  for (; next_ < active_.size(); ++next_) {
    budget_.step();
    const Demand &demand = demands_[active_[next_]];
    std::optional<Literal> best;
    bool met = false;
    for (std::uint32_t i = 0; i < demand.size && !met; ++i) {
      Var var = wanted_[demand.start + i];
      Value value = sat_.value(var);
      met = value == Value::kTrue;
      if (value == Value::kUnassigned && !best) best = Literal::positive(var);
    }
    if (met) continue;
    if (!best) throw std::logic_error("a demand is violated but its clause is not");
    return best;
  }
  return std::nullopt;
}

bool Search::reject() {
  if (problem_.allow_cycles) return false;
  std::vector<PackageId> changing;
  for (Literal literal : sat_.trail()) {
    if (!literal.is_positive()) continue;
    PackageId id = package_of(literal.var());
    if (!id.is_none() && !problem_.is_installed(id)) changing.push_back(id);
  }
  auto stays = [this](PackageId id) {
    if (!problem_.is_installed(id)) return false;
    auto var = vars_.find(id);
    return var != vars_.end() && sat_.value(var->second) == Value::kTrue;
  };
  Order order = order_installs(universe_, changing, stays, false);
  if (order.cycle.members.empty()) return false;

  // Not all of them, unless something else meets one of the dependencies by
  // which they wait for each other.
  std::unordered_set<PackageId> members;
  for (const Cycle::Member &member : order.cycle.members) members.insert(member.package);
  std::vector<Literal> literals;
  std::vector<PackageId> ways_out;
  for (const Cycle::Member &member : order.cycle.members)
    literals.push_back(is_not(member.package));
  for (const Cycle::Member &member : order.cycle.members) {
    for (PackageId candidate :
         universe_.candidates(universe_.depends(member.package)[member.dependency])) {
      if (members.insert(candidate).second) {
        ways_out.push_back(candidate);
        literals.push_back(is(candidate));
      }
    }
  }
  cycles_.push_back(std::move(order.cycle));
  add({ReasonKind::kCycle, PackageId::none(), PackageId::none(),
       static_cast<std::uint32_t>(cycles_.size() - 1)},
      literals);
  if (!ways_out.empty()) active_.push_back(new_demand(ways_out));
  return true;
}

// ---------- what the problem says ----------

void Search::set_up_uninstalls() {
  std::vector<PackageId> gone;
  for (RelationId relation : problem_.request.uninstall) {
    const Installed *installed = problem_.installed_of(universe_.name(relation));
    if (installed != nullptr) gone.push_back(installed->package);
  }
  if (problem_.request.cascade) {
    std::vector<PackageId> all;
    for (const Removal &removal : cascade(problem_, gone)) all.push_back(removal.package);
    gone = std::move(all);
  }
  for (PackageId id : gone) going_.emplace(universe_.name(id), id);
  for (PackageId id : gone) var_of(id);
}

void Search::set_up_upgrades() {
  const Request &request = problem_.request;
  std::vector<std::pair<NameId, RelationId>> wanted;
  for (RelationId relation : request.upgrade) {
    wanted.emplace_back(universe_.name(relation), relation);
  }
  if (request.upgrade_all) {
    wanted.clear();
    for (const Installed &entry : problem_.installed) {
      wanted.emplace_back(universe_.name(entry.package), RelationId::none());
    }
  }
  for (std::uint32_t i = 0; i < wanted.size(); ++i) {
    auto [name, relation] = wanted[i];
    const Installed *installed = problem_.installed_of(name);
    if (installed == nullptr || is_going(name)) continue;
    upgrading_.emplace(name, 1);
    std::string_view current = universe_.version(installed->package);
    std::vector<PackageId> candidates;
    for (PackageId id : universe_.versions(name)) {
      std::string_view version = universe_.version(id);
      bool fits = relation.is_none() ? version::compare(version, current) >= 0
                                     : universe_.satisfies(version, relation) &&
                                           (!universe_.constraints(relation).empty() ||
                                            version::compare(version, current) >= 0);
      if (fits) candidates.push_back(id);
    }
    add_root({ReasonKind::kUpgradeWanted, installed->package, PackageId::none(), i}, candidates);
  }
}

void Search::set_up_installed() {
  for (const Installed &entry : problem_.installed) {
    NameId name = universe_.name(entry.package);
    if (is_going(name)) continue;
    if (entry.held) {
      add({ReasonKind::kHeld, entry.package, PackageId::none(), 0}, {is(entry.package)});
    }
    // Where it must change: to a newer version if that will do, the newest first.
    std::vector<PackageId> candidates{entry.package};
    std::vector<PackageId> older;
    for (PackageId id : universe_.upgrades_of(entry.package)) {
      bool newer = universe_.before(id, entry.package);
      (newer ? candidates : older).push_back(id);
    }
    candidates.insert(candidates.end(), older.begin(), older.end());
    add_root({ReasonKind::kInstalled, entry.package, PackageId::none(), 0}, candidates);
  }
}

void Search::set_up_installs() {
  for (std::uint32_t i = 0; i < problem_.request.install.size(); ++i) {
    add_root({ReasonKind::kRequested, PackageId::none(), PackageId::none(), i},
             candidates_of(problem_.request.install[i]));
  }
}

// ---------- the run ----------

bool Search::run() {
  set_up_uninstalls();
  set_up_upgrades();
  set_up_installed();
  set_up_installs();
  root_count_ = active_.size();
  if (!sat_.solve()) return false;
  collect();

  // What was to be upgraded keeps the version found; the rest may change less.
  std::size_t changed = count_changed();
  if (changed < 2) return true;
  sat_.restart();
  for (PackageId id : std::vector<PackageId>(chosen_)) {
    if (upgrading_.count(universe_.name(id)) != 0) {
      add({ReasonKind::kBound, id, PackageId::none(), 0}, {is(id)});
    }
  }
  while (changed >= 2) {
    bound_changes(changed - 1);
    if (!sat_.solve()) break;
    collect();
    changed = count_changed();
    sat_.restart();
  }
  return true;
}

// Installed packages that changed although nobody asked for it.
std::size_t Search::count_changed() const {
  std::size_t changed = 0;
  for (PackageId id : chosen_) {
    NameId name = universe_.name(id);
    if (!problem_.is_installed(id) && problem_.installed_of(name) != nullptr &&
        upgrading_.count(name) == 0) {
      ++changed;
    }
  }
  return changed;
}

// At most so many of the installed packages change: the sequential counter of
// Sinz, "Towards an Optimal CNF Encoding of Boolean Cardinality Constraints", 2005.
void Search::bound_changes(std::size_t most) {
  const Reason reason{ReasonKind::kBound, PackageId::none(), PackageId::none(), 0};
  std::vector<Literal> counted;  // true: it stays
  for (const Installed &entry : problem_.installed) {
    NameId name = universe_.name(entry.package);
    if (is_going(name) || upgrading_.count(name) != 0 || !universe_.has_upgrades(name)) continue;
    counted.push_back(is(entry.package));
  }
  std::vector<Literal> before;  // before[j]: more than j of those so far change
  for (std::size_t i = 0; i < counted.size(); ++i) {
    std::vector<Literal> now;
    for (std::size_t j = 0; j < most; ++j) {
      Var var = sat_.new_var();
      packages_.push_back(PackageId::none());
      encoded_.emplace_back();
      now.push_back(Literal::positive(var));
    }
    add(reason, {counted[i], now[0]});
    for (std::size_t j = 0; j < before.size(); ++j) {
      add(reason, {~before[j], now[j]});
      if (j + 1 < most) {
        add(reason, {counted[i], ~before[j], now[j + 1]});
      } else {
        add(reason, {counted[i], ~before[j]});
      }
    }
    before = std::move(now);
  }
}

void Search::collect() {
  chosen_.clear();
  for (Literal literal : sat_.trail()) {
    if (!literal.is_positive()) continue;
    PackageId id = package_of(literal.var());
    if (!id.is_none()) chosen_.push_back(id);
  }
  drop_superfluous();
}

// A backjump may leave a package that was wanted for something that was given
// up since.  What no request, no installed package and none of their needs can
// use goes; then whatever can go alone without leaving a demand unmet.
void Search::drop_superfluous() {
  std::unordered_set<PackageId> kept = needed_by_roots();
  for (bool changed = true; changed;) {
    changed = false;
    std::unordered_set<PackageId> indispensable = sole_candidates(kept);
    for (std::size_t i = chosen_.size(); i-- > 0 && !changed;) {
      PackageId id = chosen_[i];
      if (kept.count(id) == 0 || indispensable.count(id) != 0) continue;
      kept.erase(id);
      changed = can_be_ordered(kept);
      if (!changed) kept.insert(id);
    }
  }
  chosen_.erase(std::remove_if(chosen_.begin(), chosen_.end(),
                               [&](PackageId id) { return kept.count(id) == 0; }),
                chosen_.end());
}

std::unordered_set<PackageId> Search::needed_by_roots() const {
  std::unordered_set<PackageId> chosen(chosen_.begin(), chosen_.end());
  std::unordered_set<PackageId> reached;
  std::vector<PackageId> queue;
  auto reach = [&](std::uint32_t number) {
    const Demand &demand = demands_[number];
    for (std::uint32_t i = 0; i < demand.size; ++i) {
      PackageId id = package_of(wanted_[demand.start + i]);
      if (chosen.count(id) != 0 && reached.insert(id).second) queue.push_back(id);
    }
  };
  for (std::size_t i = 0; i < root_count_; ++i) reach(active_[i]);
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const Encoded &encoded = encoded_[vars_.at(queue[head]).index()];
    for (std::uint32_t i = 0; i < encoded.demand_count; ++i) reach(encoded.first_demand + i);
  }
  return reached;
}

// Packages without which some demand would not be met; installed ones too,
// since removing is not for us to decide.
std::unordered_set<PackageId> Search::sole_candidates(
    const std::unordered_set<PackageId> &kept) const {
  std::unordered_set<PackageId> indispensable;
  auto look_at = [&](std::uint32_t number) {
    const Demand &demand = demands_[number];
    PackageId only;
    for (std::uint32_t i = 0; i < demand.size; ++i) {
      PackageId id = package_of(wanted_[demand.start + i]);
      if (kept.count(id) == 0) continue;
      if (!only.is_none()) return;
      only = id;
    }
    indispensable.insert(only);
  };
  for (std::size_t i = 0; i < root_count_; ++i) look_at(active_[i]);
  for (PackageId id : kept) {
    if (problem_.installed_of(universe_.name(id)) != nullptr) indispensable.insert(id);
    const Encoded &encoded = encoded_[vars_.at(id).index()];
    for (std::uint32_t i = 0; i < encoded.demand_count; ++i) look_at(encoded.first_demand + i);
  }
  return indispensable;
}

bool Search::can_be_ordered(const std::unordered_set<PackageId> &kept) const {
  budget_.step();
  if (problem_.allow_cycles) return true;
  std::vector<PackageId> changing;
  for (PackageId id : chosen_) {
    if (kept.count(id) != 0 && !problem_.is_installed(id)) changing.push_back(id);
  }
  auto stays = [&](PackageId id) { return problem_.is_installed(id) && kept.count(id) != 0; };
  return order_installs(universe_, changing, stays, false).cycle.members.empty();
}

std::vector<PackageId> Search::offered(const Reason &reason, std::vector<PackageId> found) const {
  switch (reason.kind) {
    case ReasonKind::kRequested:
      return candidates_of(problem_.request.install[reason.number]);
    case ReasonKind::kDepends:
      return candidates_of(universe_.depends(reason.subject)[reason.number]);
    default:
      std::sort(found.begin(), found.end(),
                [this](PackageId a, PackageId b) { return universe_.before(a, b); });
      return found;
  }
}

std::vector<Fact> Search::facts() const {
  std::vector<Fact> facts;
  for (ClauseId id : sat_.core()) {
    Fact fact;
    fact.reason = reasons_[reason_of_clause_[id.index()]];
    for (Literal literal : sat_.literals(id)) {
      (literal.is_positive() ? fact.offered : fact.excluded).push_back(package_of(literal.var()));
    }
    // The search moves literals about within a clause.
    fact.offered = offered(fact.reason, std::move(fact.offered));
    facts.push_back(std::move(fact));
  }
  return facts;
}

}  // namespace extman::solve
