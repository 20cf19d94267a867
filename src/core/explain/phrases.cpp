#include "explain/phrases.h"

#include "explain/words.h"

#include <algorithm>

namespace extman::explain {

using solve::Problem;
using universe::DependencyId;
using universe::NameId;
using universe::PackageId;
using universe::RelationId;
using universe::Universe;

std::string with_state(const Problem &problem, PackageId id) {
  return problem.universe.describe(id) + (problem.is_installed(id) ? " (installed)" : "");
}

namespace {

// From here on it is shorter to name the ends.
constexpr std::size_t kShortestRun = 3;

// Of one name, oldest first.
void describe_versions(const Problem &problem, support::Span<PackageId> packages,
                       std::vector<std::string> &items, Subjects &result) {
  const Universe &universe = problem.universe;
  support::Span<PackageId> all = universe.versions(universe.name(packages[0]));
  auto place = [&](PackageId id) { return std::find(all.begin(), all.end(), id) - all.begin(); };
  for (std::size_t i = 0; i < packages.size();) {
    std::size_t end = i + 1;
    // Newest first over there.
    while (end < packages.size() && place(packages[end]) + 1 == place(packages[end - 1])) ++end;
    if (end - i < kShortestRun) end = i + 1;
    if (end == i + 1) {
      items.push_back(with_state(problem, packages[i]));
      if (problem.is_installed(packages[i])) result.said_installed.push_back(packages[i]);
    } else {
      std::string text = "every version of " + universe.describe(universe.name(packages[i]));
      text += " from ";
      text += universe.version(packages[i]);
      text += " to ";
      text += universe.version(packages[end - 1]);
      items.push_back(text);
    }
    result.is_one = items.size() == 1;
    i = end;
  }
}

}  // namespace

Subjects subjects(const Problem &problem, std::vector<PackageId> packages) {
  const Universe &universe = problem.universe;
  std::sort(packages.begin(), packages.end(), [&](PackageId a, PackageId b) {
    if (universe.name(a) == universe.name(b)) return universe.before(b, a);
    return universe.before(a, b);
  });
  packages.erase(std::unique(packages.begin(), packages.end()), packages.end());
  std::vector<std::string> items;
  Subjects result;
  result.is_one = false;
  for (std::size_t i = 0; i < packages.size();) {
    std::size_t end = i;
    while (end < packages.size() && universe.name(packages[end]) == universe.name(packages[i])) {
      ++end;
    }
    describe_versions(problem, {packages.data() + i, end - i}, items, result);
    i = end;
  }
  constexpr std::size_t kShown = 8;
  if (items.size() > kShown) {
    std::size_t more = items.size() - kShown + 1;
    items.resize(kShown - 1);
    items.push_back(std::to_string(more) + " more");
  }
  result.text = join(items);
  return result;
}

std::string text_of(const Universe &universe, DependencyId dependency) {
  constexpr std::size_t kLongest = 400;
  return shorten(universe.describe(dependency), kLongest);
}

std::string unmet(const Universe &universe, DependencyId dependency) {
  constexpr std::size_t kShown = 5;
  std::string text;
  support::Span<RelationId> alternatives = universe.alternatives(dependency);
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < alternatives.size() && i < kShown; ++i) {
    parts.push_back(availability(universe, alternatives[i]));
  }
  if (alternatives.size() > kShown) parts.push_back("none of the others is available either");
  return ", and " + join(parts);
}

std::string met_by(const Universe &universe, DependencyId dependency) {
  support::Span<PackageId> offered = universe.candidates(dependency);
  support::Span<RelationId> alternatives = universe.alternatives(dependency);
  constexpr std::size_t kShown = 3;
  if (alternatives.size() > 1 || offered.empty() || offered.size() > kShown) return {};
  NameId name = universe.name(alternatives[0]);
  bool own_name = std::all_of(offered.begin(), offered.end(),
                              [&](PackageId id) { return universe.name(id) == name; });
  std::size_t versions = universe.versions(name).size();
  if (own_name && (versions == offered.size() || offered.size() > 1)) return {};
  bool foreign = std::none_of(offered.begin(), offered.end(),
                              [&](PackageId id) { return universe.name(id) == name; });
  std::vector<std::string> names;
  for (PackageId id : offered) names.push_back(universe.describe(id));
  if (own_name) std::reverse(names.begin(), names.end());
  const char *verb = foreign ? " provide" : " meet";
  return ", which only " + join(names) + verb + (names.size() == 1 ? "s" : "");
}

std::string describe_cycles(const Problem &problem, const std::vector<solve::Cycle> &cycles) {
  const Universe &universe = problem.universe;
  const auto &members = cycles[0].members;
  constexpr std::size_t kInOneSentence = 12;
  std::string text;
  bool folds = false;
  for (std::size_t i = 0; i < members.size(); ++i) {
    DependencyId dependency = universe.depends(members[i].package)[members[i].dependency];
    std::vector<PackageId> packages;
    for (const solve::Cycle &cycle : cycles) packages.push_back(cycle.members[i].package);
    if (members.size() > kInOneSentence && i >= kInOneSentence / 2 &&
        i + kInOneSentence / 2 < members.size()) {
      if (i == kInOneSentence / 2) {
        text += ", and so on through " + std::to_string(members.size() - kInOneSentence) +
                " more packages, until ";
      }
      folds = false;
      continue;
    }
    if (folds) {
      text += ", which depends on ";
    } else {
      Subjects who = subjects(problem, std::move(packages));
      if (i > 0 && text.back() != ' ') text += ", and ";
      text += who.text + (who.is_one ? " depends on " : " depend on ");
    }
    text += text_of(universe, dependency);
    bool stands_in = i + 1 < members.size() &&
                     universe.versions(universe.name(universe.alternatives(dependency)[0])).empty();
    if (stands_in) text += met_by(universe, dependency);
    // "which" is the name that was said last.
    support::Span<RelationId> alternatives = universe.alternatives(dependency);
    folds = i + 1 < members.size() && alternatives.size() == 1 &&
            universe.name(alternatives[0]) == universe.name(members[i + 1].package);
  }
  return text;
}

}  // namespace extman::explain
