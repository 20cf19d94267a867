#include "explain/phrases.h"

#include "explain/words.h"
#include "support/translate.h"

#include <algorithm>

namespace extman::explain {

using solve::Problem;
using universe::DependencyId;
using universe::NameId;
using universe::PackageId;
using universe::RelationId;
using universe::Universe;

std::string with_state(const Problem &problem, PackageId id) {
  const std::string text = problem.universe.describe(id);
  // translator: of a package, as in: bar 1.0 (installed)
  return problem.is_installed(id) ? tr("%s (installed)", text) : text;
}

namespace {

// From here on it is shorter to name the ends.
constexpr std::size_t kShortestRun = 3;

// translator: the subject or the object of a clause: a name, the oldest version, the
// newest one
constexpr const char *kEveryVersion = tr_noop("every version of %s from %s to %s");

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
      items.push_back(tr(kEveryVersion, universe.describe(universe.name(packages[i])),
                         universe.version(packages[i]), universe.version(packages[end - 1])));
    }
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
  for (std::size_t i = 0; i < packages.size();) {
    std::size_t end = i;
    while (end < packages.size() && universe.name(packages[end]) == universe.name(packages[i])) {
      ++end;
    }
    describe_versions(problem, {packages.data() + i, end - i}, items, result);
    i = end;
  }
  result.count = items.size();
  constexpr std::size_t kShown = 8;
  if (items.size() > kShown) {
    std::size_t more = items.size() - kShown + 1;
    items.resize(kShown - 1);
    // translator: the end of a list: so many more packages
    items.push_back(tr_plural("%s more", "%s more", more, std::to_string(more)));
  }
  result.text = join(items);
  return result;
}

bool begins_with_every(const std::string &text) {
  const std::string phrase = tr(kEveryVersion, "\n", "", "");
  const std::size_t length = phrase.find('\n');
  return length > 0 && text.compare(0, length, phrase, 0, length) == 0;
}

std::string depends_on(const Subjects &who, const std::string &what) {
  // translator: a clause or a sentence; more about the object may follow, as in:
  // foo 1.0 depends on bar (>= 2), which depends on baz
  return tr_plural("%s depends on %s", "%s depend on %s", who.count, who.text, what);
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
  if (alternatives.size() > kShown) parts.push_back(tr("none of the others is available either"));
  // translator: a clause that follows another
  return tr(", and %s", join(parts));
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
  // translator: clauses; "which" is what a package depends on or a request wants
  return foreign ? tr_plural(", which only %s provides", ", which only %s provide", names.size(),
                             join(names))
                 : tr_plural(", which only %s meets", ", which only %s meet", names.size(),
                             join(names));
}

std::string describe_cycles(const Problem &problem, const std::vector<solve::Cycle> &cycles) {
  const Universe &universe = problem.universe;
  const auto &members = cycles[0].members;
  constexpr std::size_t kInOneSentence = 12;
  std::string text;
  std::size_t left_out = 0;
  bool folds = false;
  for (std::size_t i = 0; i < members.size(); ++i) {
    DependencyId dependency = universe.depends(members[i].package)[members[i].dependency];
    std::vector<PackageId> packages;
    for (const solve::Cycle &cycle : cycles) packages.push_back(cycle.members[i].package);
    if (members.size() > kInOneSentence && i >= kInOneSentence / 2 &&
        i + kInOneSentence / 2 < members.size()) {
      ++left_out;
      folds = false;
      continue;
    }
    const std::string what = text_of(universe, dependency);
    if (folds) {
      // translator: "which" is the name that was said last
      text += tr(", which depends on %s", what);
    } else {
      const std::string clause = depends_on(subjects(problem, std::move(packages)), what);
      if (left_out > 0) {
        // translator: of a long cycle of packages that depend on each other; a clause
        // such as "foo 1.0 depends on bar" comes last
        text += tr_plural(", and so on through %s more package, until %s",
                          ", and so on through %s more packages, until %s", left_out,
                          std::to_string(left_out), clause);
        left_out = 0;
      } else {
        text += i > 0 ? tr(", and %s", clause) : clause;
      }
    }
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
