#include "explain/reasons.h"

#include "explain/core.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace extman::explain {

using solve::Problem;
using solve::Reason;
using solve::ReasonKind;

namespace {

constexpr std::size_t kMostReasons = 10;
constexpr std::uint64_t kStepsForAnother = 2000000;
constexpr std::size_t kMemoryOfPart = 64 * 1024 * 1024;

// Whatever way a search took: by kind, then by package.
void sort_canonically(const Universe &universe, std::vector<Fact> &facts) {
  auto before = [&](PackageId a, PackageId b) {
    if (a == b || b.is_none()) return false;
    return a.is_none() || universe.before(a, b);
  };
  std::sort(facts.begin(), facts.end(), [&](const Fact &a, const Fact &b) {
    if (a.reason.kind != b.reason.kind) return a.reason.kind < b.reason.kind;
    if (a.reason.subject != b.reason.subject) return before(a.reason.subject, b.reason.subject);
    if (a.reason.object != b.reason.object) return before(a.reason.object, b.reason.object);
    return a.reason.number < b.reason.number;
  });
  auto same = [](const Fact &a, const Fact &b) {
    return a.reason.kind == b.reason.kind && a.reason.subject == b.reason.subject &&
           a.reason.object == b.reason.object && a.reason.number == b.reason.number;
  };
  facts.erase(std::unique(facts.begin(), facts.end(), same), facts.end());
}

void arrange(const Universe &universe, std::vector<Fact> &facts) {
  sort_canonically(universe, facts);
  std::unordered_map<PackageId, std::vector<std::size_t>> needs;
  std::vector<Fact> arranged;
  std::vector<char> placed(facts.size(), 0);
  std::vector<PackageId> queue;
  std::unordered_set<PackageId> reached;
  auto place = [&](std::size_t at) {
    if (placed[at] != 0) return;
    placed[at] = 1;
    for (PackageId id : facts[at].offered) {
      if (reached.insert(id).second) queue.push_back(id);
    }
    arranged.push_back(facts[at]);
  };
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].reason.kind == ReasonKind::kDepends) needs[facts[i].reason.subject].push_back(i);
  }
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].excluded.empty()) place(i);
  }
  for (std::size_t head = 0; head < queue.size(); ++head) {
    for (std::size_t i : needs[queue[head]]) place(i);
  }
  for (std::size_t i = 0; i < facts.size(); ++i) place(i);
  facts = std::move(arranged);
}

// ---------- which of several cores ----------

// The refutation that a search found is not the simplest one: of the packages
// in it, adds what nothing meets, and what others of them need as well.
void add_simpler_facts(const Problem &problem, const Changes &changes, std::vector<Fact> &facts) {
  const Universe &universe = problem.universe;
  std::vector<PackageId> packages;
  std::unordered_set<PackageId> seen;
  std::unordered_set<DependencyId> needed;
  std::set<FactKey> known;
  for (const Fact &fact : facts) {
    known.insert(key_of(fact.reason));
    if (fact.reason.kind == ReasonKind::kDepends) {
      needed.insert(universe.depends(fact.reason.subject)[fact.reason.number]);
    }
    for (PackageId id : fact.offered) {
      if (seen.insert(id).second) packages.push_back(id);
    }
  }
  for (PackageId id : packages) {
    support::Span<DependencyId> depends = universe.depends(id);
    for (std::uint32_t i = 0; i < depends.size(); ++i) {
      support::Span<PackageId> candidates = universe.candidates(depends[i]);
      if (!candidates.empty() && needed.count(depends[i]) == 0) continue;
      if (problem.is_installed(id) && !problem.met_by_installed(depends[i])) continue;
      if (std::find(candidates.begin(), candidates.end(), id) != candidates.end()) continue;
      Reason reason{ReasonKind::kDepends, id, PackageId::none(), i};
      if (changes.waived.count(key_of(reason)) != 0 || !known.insert(key_of(reason)).second) {
        continue;
      }
      facts.push_back({reason, {id}, {candidates.begin(), candidates.end()}});
    }
  }
}

// Above all, without what says least: where a package that is installed rules
// out its other versions, that it cannot be upgraded is worth more.  What cannot
// be had at all is the simplest to tell; and what many versions have in common
// is one sentence for all of them.
Worth worth_of(const Universe &universe, const std::vector<Fact> &facts) {
  std::unordered_map<DependencyId, int> shared;
  for (const Fact &fact : facts) {
    if (fact.reason.kind != ReasonKind::kDepends) continue;
    ++shared[universe.depends(fact.reason.subject)[fact.reason.number]];
  }
  return [&universe, shared = std::move(shared)](const Fact &fact) {
    constexpr int kMuch = 1000000;
    switch (fact.reason.kind) {
      case ReasonKind::kOneVersion:
        return 0;
      case ReasonKind::kDepends: {
        int worth = shared.at(universe.depends(fact.reason.subject)[fact.reason.number]);
        return std::min(worth, kMuch) + (fact.offered.empty() ? kMuch : 1);
      }
      default:
        return fact.excluded.empty() ? 3 * kMuch : 1;
    }
  };
}

// That only one version can be installed, of each of the packages together with
// every other of its name that a fact offers.
void add_one_version(const Universe &universe, const std::vector<PackageId> &packages,
                     std::vector<Fact> &facts) {
  std::unordered_set<PackageId> offered;
  std::set<FactKey> known;
  for (const Fact &fact : facts) {
    offered.insert(fact.offered.begin(), fact.offered.end());
    known.insert(key_of(fact.reason));
  }
  for (PackageId id : packages) {
    for (PackageId other : universe.versions(universe.name(id))) {
      if (other == id || offered.count(other) == 0) continue;
      Reason reason = solve::reason_of_exclusion(universe, id, other);
      if (known.insert(key_of(reason)).second) {
        facts.push_back({reason, {reason.subject, reason.object}, {}});
      }
    }
  }
}

// Where a core says of a name that only one version can be installed, it need
// not say as well which of them no script leads to, if that does without.
void tell_one_version_alone(const Universe &universe, std::vector<Fact> facts,
                            std::vector<Fact> &core, support::Budget &budget) {
  std::unordered_set<NameId> exclusive;
  for (const Fact &fact : core) {
    if (fact.reason.kind == ReasonKind::kOneVersion) {
      exclusive.insert(universe.name(fact.reason.subject));
    }
  }
  auto superfluous = [&](const Fact &fact) {
    return fact.reason.kind == ReasonKind::kNoUpgradePath &&
           exclusive.count(universe.name(fact.reason.subject)) != 0;
  };
  std::vector<PackageId> unreached;
  for (const Fact &fact : core) {
    if (superfluous(fact)) unreached.push_back(fact.reason.object);
  }
  if (unreached.empty()) return;
  facts.erase(std::remove_if(facts.begin(), facts.end(), superfluous), facts.end());
  add_one_version(universe, unreached, facts);
  if (!contradict(facts, budget)) return;
  arrange(universe, facts);
  Worth worth = worth_of(universe, facts);
  core = minimal_core(std::move(facts), budget, worth);
}

void make_minimal(const Problem &problem, const Changes &changes, std::vector<Fact> &facts,
                  support::Budget &budget) {
  add_simpler_facts(problem, changes, facts);
  arrange(problem.universe, facts);
  Worth worth = worth_of(problem.universe, facts);
  std::vector<Fact> core = minimal_core(facts, budget, worth);
  tell_one_version_alone(problem.universe, std::move(facts), core, budget);
  facts = std::move(core);
  arrange(problem.universe, facts);
}

void add_who_wants(const std::vector<Fact> &core, const Fact &one_version,
                   std::vector<FactKey> &keys) {
  std::size_t before = keys.size();
  for (const Fact &fact : core) {
    const ReasonKind kind = fact.reason.kind;
    if (kind != ReasonKind::kDepends && kind != ReasonKind::kRequested &&
        kind != ReasonKind::kUpgradeWanted) {
      continue;
    }
    for (PackageId id : one_version.excluded) {
      if (std::find(fact.offered.begin(), fact.offered.end(), id) == fact.offered.end()) continue;
      keys.push_back(key_of(fact.reason));
      break;
    }
  }
  if (keys.size() == before) keys.push_back(key_of(one_version.reason));
}

std::vector<FactKey> all_that_goes(const Problem &problem) {
  std::vector<FactKey> keys;
  for (PackageId package : packages_that_go(problem)) {
    for (PackageId id : problem.universe.versions(problem.universe.name(package))) {
      keys.push_back(key_of({ReasonKind::kUninstalled, package, id, 0}));
    }
  }
  return keys;
}

}  // namespace

std::vector<FactKey> causes(const Problem &problem, const Contradiction &reason) {
  std::vector<FactKey> keys, weak;
  for (const Fact &fact : reason.facts) {
    if (fact.reason.kind == ReasonKind::kOneVersion) {
      // A law of nature.  Where there is nothing else to blame, it is who wants
      // more than one version.
      add_who_wants(reason.facts, fact, weak);
    } else if (fact.reason.kind == ReasonKind::kCycle) {
      for (const auto &member : reason.cycles[fact.reason.number].members) {
        keys.push_back(key_of(member));
      }
    } else if (fact.reason.kind == ReasonKind::kUninstalled && problem.request.cascade) {
      // What goes with it, goes for the same reason.
      std::vector<FactKey> all = all_that_goes(problem);
      keys.insert(keys.end(), all.begin(), all.end());
    } else if (fact.offered.empty() || fact.reason.kind == ReasonKind::kHeld) {
      keys.push_back(key_of(fact.reason));
    }
  }
  return keys.empty() ? weak : keys;
}

std::vector<Contradiction> find_reasons(const Problem &problem, Contradiction found,
                                        support::Budget &budget) {
  std::vector<Contradiction> reasons;
  Changes changes;
  make_minimal(problem, changes, found.facts, budget);
  while (!found.facts.empty()) {
    for (const FactKey &key : causes(problem, found)) changes.waived.insert(key);
    reasons.push_back(std::move(found));
    found = {};
    if (reasons.size() == kMostReasons) break;
    support::Budget part = part_of(budget, kStepsForAnother);
    try {
      Theory theory(problem, changes, part);
      if (theory.has_solution()) break;
      found = {theory.facts(), theory.cycles()};
      make_minimal(problem, changes, found.facts, part);
    } catch (const support::LimitReached &) {
      break;  // what is told is true without it
    }
  }
  return reasons;
}

std::vector<PackageId> packages_that_go(const Problem &problem) {
  std::vector<PackageId> gone;
  for (RelationId relation : problem.request.uninstall) {
    const solve::Installed *installed = problem.installed_of(problem.universe.name(relation));
    if (installed != nullptr) gone.push_back(installed->package);
  }
  if (!problem.request.cascade) return gone;
  std::vector<PackageId> all;
  for (const solve::Removal &removal : solve::cascade(problem, gone)) {
    all.push_back(removal.package);
  }
  return all;
}

support::Budget part_of(support::Budget &whole, std::uint64_t steps) {
  auto poll = [](void *budget) {
    static_cast<support::Budget *>(budget)->poll();  // throws by itself
    return false;
  };
  return {poll, &whole, steps, kMemoryOfPart};
}

}  // namespace extman::explain
