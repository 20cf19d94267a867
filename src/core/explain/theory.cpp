#include "explain/theory.h"

#include "solve/order.h"

#include <algorithm>
#include <utility>

namespace extman::explain {

using solve::Cycle;
using solve::Installed;
using solve::Literal;
using solve::Reason;
using solve::ReasonKind;
using solve::Value;
using solve::Var;

FactKey key_of(const Reason &reason) {
  // Going because of another package or not, it goes.
  if (reason.kind == ReasonKind::kUninstalled) return {reason.kind, 0, reason.object.index(), 0};
  return {reason.kind, reason.subject.index(), reason.object.index(), reason.number};
}

FactKey key_of(const Cycle::Member &member) {
  return {ReasonKind::kCycle, member.package.index(), 0,
          static_cast<std::uint32_t>(member.dependency)};
}

Theory::Theory(const solve::Problem &problem, const Changes &changes, support::Budget &budget)
    : problem_(problem),
      universe_(problem.universe),
      changes_(changes),
      sat_(*this, workspace_, budget) {}

bool Theory::has_solution() {
  set_up();
  return sat_.solve();
}

std::vector<Fact> Theory::facts() {
  std::vector<Fact> facts;
  if (sat_.is_core_lost()) return facts;
  for (const solve::Sat::Source &source : sat_.core()) facts.push_back(facts_[source.number]);
  return facts;
}

// ---------- what is changed ----------

bool Theory::is_waived(const Reason &reason) const {
  return changes_.waived.count(key_of(reason)) != 0;
}

const Supposed *Theory::supposed_of(NameId name) const {
  for (const Supposed &supposed : changes_.supposed) {
    if (supposed.name == name) return &supposed;
  }
  return nullptr;
}

bool Theory::is_met_by_supposed(RelationId relation) const {
  const NameId name = universe_.name(relation);
  for (const Supposed &supposed : changes_.supposed) {
    if (supposed.name == name && universe_.satisfies(supposed.version, relation)) return true;
    if (supposed.like.is_none()) continue;
    for (const universe::Provision &provision : universe_.provides(supposed.like)) {
      if (provision.name != name) continue;
      if (universe_.constraints(relation).empty()) return true;
      if (!provision.version.is_none() &&
          universe_.satisfies(universe_.text(provision.version), relation)) {
        return true;
      }
    }
  }
  return false;
}

bool Theory::is_met_by_supposed(DependencyId dependency) const {
  if (changes_.supposed.empty()) return false;
  support::Span<RelationId> alternatives = universe_.alternatives(dependency);
  return std::any_of(alternatives.begin(), alternatives.end(),
                     [this](RelationId relation) { return is_met_by_supposed(relation); });
}

bool Theory::is_ruled_out_by_supposed(PackageId id) const {
  if (changes_.supposed.empty()) return false;
  if (supposed_of(universe_.name(id)) != nullptr) return true;
  support::Span<RelationId> conflicts = universe_.conflicts(id);
  return std::any_of(conflicts.begin(), conflicts.end(),
                     [this](RelationId relation) { return is_met_by_supposed(relation); });
}

// ---------- facts ----------

std::optional<std::size_t> Theory::add(const Reason &reason, std::vector<PackageId> excluded,
                                       std::vector<PackageId> offered) {
  if (is_waived(reason)) return std::nullopt;
  std::vector<Literal> literals;
  for (PackageId id : excluded) literals.push_back(Literal::negative(var_of(id)));
  for (PackageId id : offered) literals.push_back(Literal::positive(var_of(id)));
  std::size_t number = sat_.add_clause(literals);
  // Making a variable may have added clauses of its own before.
  facts_.resize(std::max(facts_.size(), number + 1));
  facts_[number] = {reason, std::move(excluded), std::move(offered)};
  return number;
}

Var Theory::var_of(PackageId id) {
  auto found = vars_.find(id);
  if (found != vars_.end()) return found->second;
  Var var = sat_.new_var();
  vars_.emplace(id, var);
  packages_.push_back(id);
  rule_out(id);
  return var;
}

// If it cannot be there, whatever else is.
void Theory::rule_out(PackageId id) {
  NameId name = universe_.name(id);
  if (is_ruled_out_by_supposed(id)) {
    add({ReasonKind::kBound, PackageId::none(), id, 0}, {id}, {});
  }
  if (auto going = going_.find(name); going != going_.end()) {
    add({ReasonKind::kUninstalled, going->second, id, 0}, {id}, {});
    return;
  }
  const Installed *installed = problem_.installed_of(name);
  if (installed == nullptr || installed->package == id || supposed_of(name) != nullptr) return;
  if (!universe_.upgrade_path(name, universe_.version(installed->package), universe_.version(id))) {
    add({ReasonKind::kNoUpgradePath, installed->package, id, 0}, {id}, {});
  }
}

// What it needs and excludes.
void Theory::write(PackageId id) {
  std::vector<std::size_t> demands;
  support::Span<DependencyId> depends = universe_.depends(id);
  const bool installed = problem_.is_installed(id);
  for (std::uint32_t i = 0; i < depends.size(); ++i) {
    support::Span<PackageId> candidates = universe_.candidates(depends[i]);
    if (std::find(candidates.begin(), candidates.end(), id) != candidates.end()) continue;
    if (is_met_by_supposed(depends[i])) continue;
    if (installed && !problem_.met_by_installed(depends[i])) continue;  // broken already
    auto number = add({ReasonKind::kDepends, id, PackageId::none(), i}, {id},
                      {candidates.begin(), candidates.end()});
    if (number) demands.push_back(*number);
  }
  written_[id] = std::move(demands);
  write_exclusions(id);
}

// Only with what has been reached: the others are written when they are.
void Theory::write_exclusions(PackageId id) {
  for (PackageId other : universe_.versions(universe_.name(id))) {
    if (other != id) exclude(id, other);
  }
  const bool installed = problem_.is_installed(id);
  for (PackageId other : universe_.excluded(id)) {
    if (!(installed && problem_.is_installed(other))) exclude(id, other);
  }
}

void Theory::exclude(PackageId id, PackageId other) {
  if (vars_.count(other) == 0) return;
  auto pair =
      std::make_pair(std::min(id.index(), other.index()), std::max(id.index(), other.index()));
  if (!excluded_pairs_.insert(pair).second) return;
  Reason reason = solve::reason_of_exclusion(universe_, id, other);
  add(reason, {reason.subject, reason.object}, {});
}

// ---------- the search ----------

void Theory::became_true(Var var) {
  PackageId id = packages_[var.index()];
  auto found = written_.find(id);
  if (found == written_.end()) {
    write(id);
    found = written_.find(id);
  }
  active_.insert(active_.end(), found->second.begin(), found->second.end());
}

void Theory::undone_to(std::size_t level) noexcept {
  active_.resize(marks_[level].active);
  next_ = marks_[level].next;
  marks_.resize(level);
}

std::optional<Literal> Theory::decide() {
  for (; next_ < active_.size(); ++next_) {
    std::optional<Literal> first;
    bool met = false;
    for (PackageId id : facts_[active_[next_]].offered) {
      Literal literal = Literal::positive(vars_.at(id));
      Value value = sat_.value(literal);
      met = value == Value::kTrue;
      if (met) break;
      if (value == Value::kUnassigned && !first) first = literal;
    }
    if (!met && first) return first;
  }
  return std::nullopt;
}

std::vector<PackageId> Theory::taken() const {
  std::vector<PackageId> packages;
  for (Literal literal : sat_.trail()) {
    if (literal.is_positive()) packages.push_back(packages_[literal.var().index()]);
  }
  return packages;
}

bool Theory::reject() {
  if (problem_.allow_cycles) return false;
  std::vector<PackageId> changing;
  std::unordered_set<PackageId> stays;
  for (PackageId id : taken()) {
    if (problem_.is_installed(id)) {
      stays.insert(id);
    } else {
      changing.push_back(id);
    }
  }
  Cycle cycle = find_cycle(changing, stays);
  if (cycle.members.empty()) return false;

  // Not all of them, unless something else meets one of the dependencies by
  // which they wait for each other.
  std::unordered_set<PackageId> known;
  std::vector<PackageId> members, ways_out;
  for (const Cycle::Member &member : cycle.members) {
    known.insert(member.package);
    members.push_back(member.package);
  }
  for (const Cycle::Member &member : cycle.members) {
    DependencyId dependency = universe_.depends(member.package)[member.dependency];
    for (PackageId candidate : universe_.candidates(dependency)) {
      if (known.insert(candidate).second) ways_out.push_back(candidate);
    }
  }
  Reason reason{ReasonKind::kCycle, PackageId::none(), PackageId::none(),
                static_cast<std::uint32_t>(cycles_.size())};
  cycles_.push_back(std::move(cycle));
  auto number = add(reason, std::move(members), std::move(ways_out));
  if (number && !facts_[*number].offered.empty()) active_.push_back(*number);
  return true;
}

// The same one as the search finds, unless something is changed of which the
// search's order knows nothing.
Cycle Theory::find_cycle(const std::vector<PackageId> &changing,
                         const std::unordered_set<PackageId> &stays) const {
  if (changes_.waived.empty() && changes_.supposed.empty()) {
    auto is_there = [&](PackageId id) { return stays.count(id) != 0; };
    return solve::order_installs(universe_, changing, is_there, false).cycle;
  }
  std::unordered_set<PackageId> there = stays;
  std::unordered_set<PackageId> waiting(changing.begin(), changing.end());
  std::vector<PackageId> rest = changing;
  for (bool progress = true; progress;) {
    progress = false;
    std::vector<PackageId> left;
    for (PackageId id : rest) {
      if (first_awaited(id, there, waiting)) {
        left.push_back(id);
        continue;
      }
      there.insert(id);
      waiting.erase(id);
      progress = true;
    }
    rest = std::move(left);
  }
  // Each of the rest waits for another one of them: following that leads round.
  std::vector<Cycle::Member> path;
  std::unordered_map<PackageId, std::size_t> place;
  for (PackageId at = rest.empty() ? PackageId::none() : rest[0]; !at.is_none();) {
    auto [known, is_new] = place.emplace(at, path.size());
    if (!is_new) {
      path.erase(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(known->second));
      break;
    }
    std::size_t dependency = *first_awaited(at, there, waiting);
    path.push_back({at, dependency});
    for (PackageId candidate : universe_.candidates(universe_.depends(at)[dependency])) {
      if (waiting.count(candidate) == 0) continue;
      at = candidate;
      break;
    }
  }
  // Others that wait could meet the same needs: they are no way out, but wait
  // as well.
  std::unordered_set<PackageId> members;
  for (const Cycle::Member &member : path) members.insert(member.package);
  for (std::size_t head = 0; head < path.size(); ++head) {
    const Cycle::Member member = path[head];
    DependencyId needed = universe_.depends(member.package)[member.dependency];
    for (PackageId candidate : universe_.candidates(needed)) {
      if (waiting.count(candidate) == 0 || !members.insert(candidate).second) continue;
      path.push_back({candidate, *first_awaited(candidate, there, waiting)});
    }
  }
  return {std::move(path)};
}

// The first dependency that only what waits itself could meet.
std::optional<std::size_t> Theory::first_awaited(
    PackageId id, const std::unordered_set<PackageId> &there,
    const std::unordered_set<PackageId> &waiting) const {
  support::Span<DependencyId> depends = universe_.depends(id);
  for (std::uint32_t i = 0; i < depends.size(); ++i) {
    bool met = false, awaited = false;
    for (PackageId candidate : universe_.candidates(depends[i])) {
      met = met || candidate == id || there.count(candidate) != 0;
      awaited = awaited || waiting.count(candidate) != 0;
    }
    if (met || !awaited || is_met_by_supposed(depends[i])) continue;
    if (is_waived({ReasonKind::kDepends, id, PackageId::none(), i})) continue;
    if (changes_.waived.count(key_of(Cycle::Member{id, i})) != 0) continue;
    return i;
  }
  return std::nullopt;
}

}  // namespace extman::explain
