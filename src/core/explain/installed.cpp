#include "explain/installed.h"

#include "explain/hints.h"
#include "explain/words.h"
#include "support/translate.h"

#include <algorithm>
#include <unordered_map>

namespace extman::explain {

using solve::Installed;
using solve::Problem;
using universe::DependencyId;
using universe::NameId;
using universe::PackageId;
using universe::RelationId;
using universe::Universe;

namespace {

constexpr std::size_t kMostChains = 100;

std::string depends_on(const Universe &universe, PackageId id, DependencyId dependency) {
  return tr_plural("%s depends on %s", "%s depend on %s", 1, universe.describe(id),
                   universe.describe(dependency));
}

// ---------- why ----------

// How a package leads to the one in question: by which dependency, to which
// package that is one step nearer.
struct Link {
  PackageId from;
  DependencyId by;
  PackageId to;
};

// For each installed package, the dependencies of others that it meets.
std::unordered_map<PackageId, std::vector<Link>> links_by_target(const Problem &problem) {
  std::unordered_map<PackageId, std::vector<Link>> links;
  for (const Installed &entry : problem.installed) {
    for (DependencyId dependency : problem.universe.depends(entry.package)) {
      for (PackageId candidate : problem.universe.candidates(dependency)) {
        if (candidate != entry.package && problem.is_installed(candidate)) {
          links[candidate].push_back({entry.package, dependency, candidate});
        }
      }
    }
  }
  return links;
}

std::string describe_chain(const Problem &problem,
                           const std::unordered_map<PackageId, Link> &towards, PackageId from) {
  std::vector<std::string> parts;
  for (auto link = towards.find(from); link != towards.end(); link = towards.find(from)) {
    parts.push_back(depends_on(problem.universe, from, link->second.by));
    from = link->second.to;
  }
  std::string text;
  for (const std::string &part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

}  // namespace

std::vector<Finding> why(const Problem &problem, PackageId package) {
  const Universe &universe = problem.universe;
  const auto links = links_by_target(problem);
  std::vector<Finding> findings;
  if (!problem.installed_of(universe.name(package))->automatic) {
    findings.push_back({package, tr("%s was asked for", universe.describe(package))});
  }
  // Breadth first from the package, along what needs it: the installed packages
  // are sorted by name, and so are those of each length.
  std::unordered_map<PackageId, Link> towards;
  std::vector<PackageId> queue{package};
  for (std::size_t head = 0; head < queue.size() && findings.size() < kMostChains; ++head) {
    PackageId at = queue[head];
    auto found = links.find(at);
    const bool needed = found != links.end();
    if (at != package) {
      const bool automatic = problem.installed_of(universe.name(at))->automatic;
      if (!automatic || !needed) {
        std::string chain = describe_chain(problem, towards, at);
        // translator: a chain of dependencies, then the package that it begins with
        if (automatic) chain = tr("%s, but nothing needs %s", chain, universe.describe(at));
        findings.push_back({at, std::move(chain)});
      }
    }
    if (!needed) continue;
    for (const Link &link : found->second) {
      if (link.from != package && towards.emplace(link.from, link).second) {
        queue.push_back(link.from);
      }
    }
  }
  return findings;
}

std::string nearest_installed(const Problem &problem, std::string_view wrong) {
  std::vector<std::string> names;
  for (const std::string &near : problem.universe.nearest_names(wrong)) {
    if (problem.installed_of(problem.universe.find_name(near)) != nullptr) names.push_back(near);
  }
  return perhaps_you_meant(names);
}

// ---------- check ----------

namespace {

void check_dependencies(const Problem &problem, PackageId id, std::vector<Finding> &findings) {
  const Universe &universe = problem.universe;
  for (DependencyId dependency : universe.depends(id)) {
    if (problem.met_by_installed(dependency)) continue;
    std::vector<std::string> there;
    for (RelationId relation : universe.alternatives(dependency)) {
      const Installed *other = problem.installed_of(universe.name(relation));
      if (other != nullptr) there.push_back(universe.describe(other->package));
    }
    const std::string who = universe.describe(id);
    const std::string what = universe.describe(dependency);
    findings.push_back(
        {id, there.empty() ? tr("%s depends on %s, and nothing of that is installed", who, what)
                           : tr_plural("%s depends on %s, but %s is installed",
                                       "%s depends on %s, but %s are installed", there.size(), who,
                                       what, join(there))});
  }
}

void check_conflicts(const Problem &problem, PackageId id, std::vector<Finding> &findings) {
  const Universe &universe = problem.universe;
  for (RelationId relation : universe.conflicts(id)) {
    for (PackageId other : universe.candidates(relation)) {
      if (universe.name(other) == universe.name(id) || !problem.is_installed(other)) continue;
      findings.push_back({id, tr("%s conflicts with %s, but %s is installed", universe.describe(id),
                                 universe.describe(relation), universe.describe(other))});
    }
  }
}

// Of two that claim a class, the one that comes first is told.
void check_classes(const Problem &problem, std::vector<Finding> &findings) {
  const Universe &universe = problem.universe;
  std::unordered_map<NameId, PackageId> claimed;
  for (const Installed &entry : problem.installed) {
    for (NameId custom_class : universe.classes(entry.package)) {
      auto [first, is_new] = claimed.emplace(custom_class, entry.package);
      if (is_new) continue;
      findings.push_back(
          {first->second, tr("%s and %s both claim the custom variable class \"%s\"",
                             universe.describe(first->second), universe.describe(entry.package),
                             universe.describe(custom_class))});
    }
  }
}

}  // namespace

std::vector<Finding> check(const Problem &problem) {
  std::vector<Finding> findings;
  for (const Installed &entry : problem.installed) {
    check_dependencies(problem, entry.package, findings);
    check_conflicts(problem, entry.package, findings);
  }
  check_classes(problem, findings);
  std::stable_sort(findings.begin(), findings.end(), [&](const Finding &a, const Finding &b) {
    return problem.universe.name_of(a.package) < problem.universe.name_of(b.package);
  });
  return findings;
}

}  // namespace extman::explain
