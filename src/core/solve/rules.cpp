#include "solve/rules.h"

#include "solve/order.h"
#include "support/translate.h"

#include <algorithm>
#include <stdexcept>
#include <unordered_set>

namespace extman::solve {

Rules::Rules(const Problem &problem, Workspace &workspace, support::Budget &budget)
    : problem_(problem),
      universe_(problem.universe),
      w_(workspace),
      budget_(budget),
      sat_(*this, workspace, budget, universe_.size()),
      nothing_new_(problem.request.only_uninstalls()),
      list_bytes_(universe_.list_bytes()) {
  const std::size_t packages = universe_.size();
  const std::size_t dependencies = universe_.dependency_total();
  if (dependencies + 2 * packages >= Antecedent::kMaxNumber) {
    throw support::LimitReached(tr("the universe has more dependencies than can be numbered"));
  }
  numbering_.exclusions = static_cast<std::uint32_t>(dependencies);
  numbering_.units = static_cast<std::uint32_t>(dependencies + packages);
  if (w_.installed.size() < packages) w_.installed.resize(packages, 0);
  if (w_.written.size() < dependencies) w_.written.resize(dependencies, 0);
  for (const Installed &entry : problem_.installed) w_.installed[entry.package.index()] = 1;
}

Rules::~Rules() {
  for (const Installed &entry : problem_.installed) w_.installed[entry.package.index()] = 0;
  for (std::uint32_t number : written_) w_.written[number] = 0;
}

std::uint32_t Rules::add(const Reason &reason, support::Span<Literal> literals) {
  reasons_.push_back(reason);
  return sat_.add_clause(literals);
}

std::vector<PackageId> Rules::taken() const {
  std::vector<PackageId> packages;
  for (Literal literal : sat_.trail()) {
    if (literal.is_positive() && literal.var().index() < universe_.size()) {
      packages.emplace_back(literal.var().index());
    }
  }
  return packages;
}

// ---------- what follows when a package is there ----------

void Rules::became_true(Var var) {
  if (var.index() >= universe_.size()) return;
  PackageId id(var.index());
  bool installed = is_installed(id);

  for (PackageId other : universe_.versions(universe_.name(id))) {
    if (other != id) exclude(other, id);
  }
  for (PackageId other : universe_.excluded(id)) {
    // What conflicts already is no reason to refuse everything else.
    if (!(installed && is_installed(other))) exclude(other, id);
  }
  std::uint32_t number = universe_.first_dependency(id);
  for (DependencyId dependency : universe_.depends(id)) {
    if (sat_.has_conflict()) return;
    require(id, number++, dependency, installed);
  }
}

void Rules::exclude(PackageId other, PackageId because_of) {
  Value value = sat_.value(is(other));
  if (value == Value::kFalse) return;
  std::uint32_t number = numbering_.exclusions + because_of.index();
  if (value == Value::kTrue) {
    sat_.contradict(is_not(other), number);
  } else {
    sat_.imply(is_not(other), number);
  }
}

// Met now is met as long as the package is there: the one that meets it was
// there no later.
void Rules::require(PackageId id, std::uint32_t number, DependencyId dependency, bool installed) {
  Demand candidates = universe_.candidates(dependency);
  std::size_t open = 0;
  PackageId first;
  for (PackageId candidate : candidates) {
    Value value = sat_.value(is(candidate));
    if (value == Value::kTrue) return;
    if (value == Value::kFalse) continue;
    if (nothing_new_ && !is_installed(candidate)) {
      rule_out(candidate);
      continue;
    }
    if (open++ == 0) first = candidate;
  }
  budget_.step();
  if (installed && is_broken_already(id, dependency)) return;
  if (std::size_t bytes = universe_.list_bytes(); bytes > list_bytes_) {
    budget_.use_memory(bytes - list_bytes_);
    list_bytes_ = bytes;
  }
  if (open == 0) {
    sat_.contradict(is_not(id), number);
  } else if (open == 1) {
    sat_.imply(is(first), number);
  } else {
    active_.push_back(candidates);
    if (w_.written[number] != 0) return;
    w_.written[number] = 1;
    written_.push_back(number);
    std::vector<Literal> literals;
    explain(is_not(id), number, literals);
    add({ReasonKind::kDepends, id, PackageId::none(), number - universe_.first_dependency(id)},
        literals);
  }
}

void Rules::explain(Literal literal, std::uint32_t number, std::vector<Literal> &clause) {
  if (number < numbering_.exclusions) {
    PackageId owner = universe_.owner_of_dependency(number);
    clause.push_back(is_not(owner));
    DependencyId dependency = universe_.depends(owner)[number - universe_.first_dependency(owner)];
    for (PackageId candidate : universe_.candidates(dependency)) clause.push_back(is(candidate));
  } else if (number < numbering_.units) {
    clause.push_back(literal);
    clause.push_back(is_not(PackageId(number - numbering_.exclusions)));
  } else {
    clause.push_back(literal);
  }
}

// ---------- decisions ----------

void Rules::undone_to(std::size_t level) noexcept {
  active_.resize(marks_[level].active);
  next_ = marks_[level].next;
  marks_.resize(level);
}

std::optional<Literal> Rules::decide() {
  for (; next_ < active_.size(); ++next_) {
    budget_.step();
    PackageId first;
    bool met = false;
    for (PackageId candidate : active_[next_]) {
      Value value = sat_.value(is(candidate));
      met = value == Value::kTrue;
      if (met) break;
      if (value == Value::kUnassigned && first.is_none()) first = candidate;
    }
    if (met) continue;
    if (first.is_none()) throw std::logic_error("a demand is violated but its clause is not");
    return guide_ == nullptr ? is(first) : guide_->choose(is(first));
  }
  return std::nullopt;
}

bool Rules::reject() {
  if (problem_.allow_cycles) return false;
  std::vector<PackageId> changing;
  for (PackageId id : taken()) {
    if (!is_installed(id)) changing.push_back(id);
  }
  auto stays = [this](PackageId id) {
    return is_installed(id) && sat_.value(is(id)) == Value::kTrue;
  };
  Order order = order_installs(universe_, changing, stays, false);
  if (order.cycle.members.empty()) return false;

  // Not all of them, unless something else meets one of the dependencies by
  // which they wait for each other.
  std::unordered_set<PackageId> members;
  std::vector<Literal> literals;
  std::vector<PackageId> ways_out;
  for (const Cycle::Member &member : order.cycle.members) {
    members.insert(member.package);
    literals.push_back(is_not(member.package));
  }
  for (const Cycle::Member &member : order.cycle.members) {
    for (PackageId candidate :
         universe_.candidates(universe_.depends(member.package)[member.dependency])) {
      if (!members.insert(candidate).second) continue;
      ways_out.push_back(candidate);
      literals.push_back(is(candidate));
    }
  }
  cycles_.push_back(std::move(order.cycle));
  add({ReasonKind::kCycle, PackageId::none(), PackageId::none(),
       static_cast<std::uint32_t>(cycles_.size() - 1)},
      literals);
  if (!ways_out.empty()) active_.push_back(keep(std::move(ways_out)));
  return true;
}

// ---------- what the problem says ----------

Demand Rules::keep(std::vector<PackageId> candidates) {
  kept_.push_back(std::move(candidates));
  return kept_.back();
}

// A demand that does not hang on any package.
void Rules::add_root(const Reason &reason, std::vector<PackageId> candidates) {
  std::vector<Literal> literals;
  for (PackageId candidate : candidates) literals.push_back(is(candidate));
  add(reason, literals);
  active_.push_back(keep(std::move(candidates)));
}

// A package that cannot be there, whatever else is.
void Rules::rule_out(PackageId id) {
  if (sat_.value(is(id)) == Value::kUnassigned) {
    sat_.imply(is_not(id), numbering_.units + id.index());
  }
}

void Rules::set_up() {
  set_up_uninstalls();
  set_up_upgrades();
  set_up_installed();
  set_up_installs();
  root_count_ = active_.size();
}

void Rules::set_up_uninstalls() {
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
  for (PackageId id : gone) {
    for (PackageId version : universe_.versions(universe_.name(id))) rule_out(version);
  }
  // Of what stays, the versions that no script leads to; or all others.
  for (const Installed &entry : problem_.installed) {
    if (is_going(universe_.name(entry.package))) continue;
    support::Span<PackageId> versions = universe_.versions(universe_.name(entry.package));
    if (versions.size() == 1) continue;
    std::vector<PackageId> reached;  // in the order of versions
    if (!nothing_new_) reached = universe_.upgrades_of(entry.package);
    auto next = reached.begin();
    for (PackageId version : versions) {
      if (next != reached.end() && *next == version) {
        ++next;
      } else if (version != entry.package) {
        rule_out(version);
      }
    }
  }
}

void Rules::set_up_upgrades() {
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
    std::vector<PackageId> candidates;
    for (PackageId id : universe_.versions(name)) {
      bool older = universe_.before(installed->package, id);
      bool fits = relation.is_none() || universe_.constraints(relation).empty()
                      ? !older
                      : universe_.satisfies(universe_.version(id), relation);
      if (fits) candidates.push_back(id);
    }
    universe_.prefer_recommended(candidates);
    add_root({ReasonKind::kUpgradeWanted, installed->package, PackageId::none(), i},
             std::move(candidates));
  }
}

void Rules::set_up_installed() {
  for (const Installed &entry : problem_.installed) {
    NameId name = universe_.name(entry.package);
    if (is_going(name)) continue;
    if (entry.held) {
      Literal stays = is(entry.package);
      add({ReasonKind::kHeld, entry.package, PackageId::none(), 0}, {&stays, 1});
    }
    // Where it must change: to a newer version if that will do, the newest first.
    std::vector<PackageId> newer;
    std::vector<PackageId> older;
    for (PackageId id : universe_.upgrades_of(entry.package)) {
      (universe_.before(id, entry.package) ? newer : older).push_back(id);
    }
    universe_.prefer_recommended(newer);
    std::vector<PackageId> candidates{entry.package};
    candidates.insert(candidates.end(), newer.begin(), newer.end());
    candidates.insert(candidates.end(), older.begin(), older.end());
    add_root({ReasonKind::kInstalled, entry.package, PackageId::none(), 0}, std::move(candidates));
  }
}

void Rules::set_up_installs() {
  for (std::uint32_t i = 0; i < problem_.request.install.size(); ++i) {
    Demand candidates = universe_.candidates(problem_.request.install[i]);
    add_root({ReasonKind::kRequested, PackageId::none(), PackageId::none(), i},
             {candidates.begin(), candidates.end()});
  }
}

}  // namespace extman::solve
