#include "explain/still_needed.h"

#include "explain/remedy.h"
#include "explain/words.h"
#include "support/translate.h"

#include <algorithm>

namespace extman::explain {

using universe::PackageId;
using universe::RelationId;
using universe::Universe;

namespace {

// What the request names.
std::vector<PackageId> to_uninstall(const solve::Problem &problem) {
  std::vector<PackageId> gone;
  for (RelationId relation : problem.request.uninstall) {
    const solve::Installed *installed = problem.installed_of(problem.universe.name(relation));
    if (installed == nullptr) continue;
    if (std::find(gone.begin(), gone.end(), installed->package) == gone.end()) {
      gone.push_back(installed->package);
    }
  }
  return gone;
}

}  // namespace

Held held(const solve::Problem &problem) {
  const Universe &universe = problem.universe;
  std::vector<solve::Removal> removals;
  for (PackageId id : to_uninstall(problem)) removals.push_back({id, PackageId::none(), 0});
  if (problem.request.cascade) removals = solve::cascade(problem, to_uninstall(problem));

  Remedy remedy{Remedy::Kind::kUnhold};
  Held result;
  for (const solve::Removal &removal : removals) {
    if (!problem.installed_of(universe.name(removal.package))->held) continue;
    remedy.packages.push_back(removal.package);
    if (!result.detail.empty()) result.detail += "\n";
    const std::string text = universe.describe(removal.package);
    result.detail +=
        removal.because_of.is_none()
            ? tr("%s is held.", text)
            : tr("%s depends on %s, and is held.", text,
                 universe.describe(universe.depends(removal.package)[removal.dependency]));
  }
  if (!remedy.packages.empty()) result.hint = describe(problem, {remedy}, Joint::kAnd) + ".";
  return result;
}

StillNeeded still_needed(const solve::Problem &problem) {
  const Universe &universe = problem.universe;
  const std::vector<PackageId> gone = to_uninstall(problem);
  StillNeeded result;
  constexpr std::size_t kShown = 20;
  std::vector<std::string> names;
  for (const solve::Removal &removal : solve::cascade(problem, gone)) {
    if (removal.because_of.is_none()) continue;  // it was asked for
    result.by.push_back(removal.package);
    names.push_back(universe.describe(universe.name(removal.package)));
    if (result.by.size() > kShown) continue;
    if (!result.detail.empty()) result.detail += "\n";
    result.detail += tr("%s depends on %s.", universe.describe(removal.package),
                        universe.describe(universe.depends(removal.package)[removal.dependency]));
  }
  if (names.size() > kShown) {
    std::size_t more = names.size() - kShown;
    result.detail +=
        "\n" + tr_plural("There is %s more that would have to go.",
                         "There are %s more that would have to go.", more, std::to_string(more));
    result.hint = tr_plural("Use cascade to uninstall whatever needs it.",
                            "Use cascade to uninstall whatever needs them.", gone.size());
  } else if (!names.empty()) {
    result.hint =
        tr_plural("Uninstall %s as well, or use cascade to uninstall whatever needs it.",
                  "Uninstall %s as well, or use cascade to uninstall whatever needs them.",
                  gone.size(), join(names));
  }
  return result;
}

}  // namespace extman::explain
