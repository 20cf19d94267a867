#include "plan/answer.h"

#include "explain/explanation.h"
#include "explain/hints.h"
#include "explain/installed.h"
#include "explain/still_needed.h"
#include "explain/words.h"
#include "solve/search.h"
#include "solve/unneeded.h"
#include "support/error.h"
#include "support/translate.h"

#include <algorithm>

namespace extman::plan {

using control::Alternatives;
using solve::Installed;
using solve::Problem;
using universe::DependencyId;
using universe::NameId;
using universe::RelationId;
using universe::Universe;

namespace {

std::vector<RelationId> intern_plain(Universe &universe, const std::vector<Alternatives> &parts,
                                     const char *fault) {
  std::vector<RelationId> relations;
  for (const Alternatives &part : parts) {
    if (part.size() > 1) {
      throw support::BadInput(tr(fault, "\"" + control::to_string(part) + "\""),
                              tr("Alternatives are for installing; name one package."));
    }
    relations.push_back(universe.intern(part.front()));
  }
  return relations;
}

solve::Request intern(Universe &universe, const Question &question) {
  solve::Request request;
  for (const Alternatives &part : question.install) {
    request.install.push_back(universe.intern(part));
  }
  request.uninstall = intern_plain(universe, question.uninstall,
                                   tr_noop("cannot choose what to uninstall from %s"));
  request.upgrade =
      intern_plain(universe, question.upgrade, tr_noop("cannot choose what to upgrade from %s"));
  request.upgrade_all = question.upgrade_all;
  request.cascade = question.cascade;
  return request;
}

void uninstall_unneeded(Universe &universe, Problem &problem) {
  problem.request.autoremove = true;
  for (PackageId id : solve::unneeded(problem)) {
    problem.request.uninstall.push_back(
        universe.intern(control::Relation{std::string(universe.name_of(id)), {}}));
  }
}

// ---------- requests that name what is not there ----------

bool find_unknown(const Problem &problem, Answer &answer) {
  const Universe &universe = problem.universe;
  for (DependencyId part : problem.request.install) {
    support::Span<RelationId> alternatives = universe.alternatives(part);
    bool known = std::any_of(alternatives.begin(), alternatives.end(), [&](RelationId relation) {
      return universe.is_known(universe.name(relation));
    });
    if (known) continue;
    const std::string name = universe.describe(universe.name(alternatives.front()));
    answer.verdict = Verdict::kUnknownPackage;
    answer.message = alternatives.size() == 1
                         ? tr("extension \"%s\" is not available", name)
                         : tr("none of %s is available", universe.describe(part));
    answer.detail =
        tr("No package on the control path and no extension of this server has or provides that "
           "name.");
    answer.hint = explain::perhaps_you_meant(universe.nearest_names(name));
    return true;
  }
  return false;
}

bool find_not_installed(const Problem &problem, Answer &answer) {
  const Universe &universe = problem.universe;
  auto check = [&](RelationId relation, bool at_that_version) {
    const Installed *installed = problem.installed_of(universe.name(relation));
    const std::string name = universe.describe(universe.name(relation));
    if (installed == nullptr) {
      answer.message = tr("extension \"%s\" is not installed", name);
      answer.hint = explain::nearest_installed(problem, name);
    } else if (at_that_version &&
               !universe.satisfies(universe.version(installed->package), relation)) {
      answer.message = tr("extension %s is not installed", universe.describe(relation));
      answer.detail = tr("%s is installed.", universe.describe(installed->package));
    } else {
      return false;
    }
    answer.verdict = Verdict::kNotInstalled;
    return true;
  };
  for (RelationId relation : problem.request.uninstall) {
    if (check(relation, true)) return true;
  }
  for (RelationId relation : problem.request.upgrade) {
    if (check(relation, false)) return true;
  }
  return false;
}

// ---------- summaries ----------

constexpr std::size_t kLongestMessage = 300;

// What the request says to do: "install foo and bar", "upgrade everything".
std::string describe_request(const Problem &problem) {
  const Universe &universe = problem.universe;
  const solve::Request &request = problem.request;
  std::vector<std::string> parts;
  auto add = [&](const char *text, const std::vector<std::string> &items) {
    if (!items.empty()) parts.push_back(tr(text, explain::join(items)));
  };
  auto relations = [&](const std::vector<RelationId> &list) {
    std::vector<std::string> items;
    for (RelationId relation : list) items.push_back(universe.describe(relation));
    return items;
  };
  std::vector<std::string> installs;
  for (DependencyId part : request.install) installs.push_back(universe.describe(part));
  // translator: behind "can" and "cannot"
  add(tr_noop("install %s"), installs);
  add(tr_noop("uninstall %s"), relations(request.uninstall));
  if (request.upgrade_all) {
    parts.push_back(tr("upgrade everything"));
  } else {
    add(tr_noop("upgrade %s"), relations(request.upgrade));
  }
  return explain::shorten(explain::join(parts), kLongestMessage);
}

// Nothing is uninstalled that is held; whoever wants that says so first.
bool find_held(const Problem &problem, Answer &answer) {
  explain::Held held = explain::held(problem);
  if (held.detail.empty()) return false;
  answer.verdict = Verdict::kNoPlan;
  answer.message = tr("cannot %s", describe_request(problem));
  answer.detail = std::move(held.detail);
  answer.hint = std::move(held.hint);
  return true;
}

void describe_plan(const Problem &problem, Answer &answer) {
  const Universe &universe = problem.universe;
  answer.message = tr("can %s", describe_request(problem));
  std::vector<std::string> lines;
  for (const Step &step : answer.plan.steps) {
    // translator: a step, and behind the colon why it is taken
    switch (step.action) {
      case Action::kInstall:
        lines.push_back(tr("install %s: %s", universe.describe(step.package), step.reason));
        break;
      case Action::kUpgrade:
        lines.push_back(tr("upgrade %s to %s: %s", universe.describe(step.old_package),
                           universe.version(step.package), step.reason));
        break;
      case Action::kUninstall:
        lines.push_back(tr("uninstall %s: %s", universe.describe(step.package), step.reason));
        break;
    }
  }
  for (PackageId id : answer.plan.already) {
    lines.push_back(tr("keep %s: installed already", universe.describe(id)));
  }
  for (const std::string &line : lines) {
    if (!answer.detail.empty()) answer.detail += "\n";
    answer.detail += line;
  }
}

std::vector<explain::Contradiction> explain_failure(const Problem &problem, solve::Search &search,
                                                    support::Budget &budget, Answer &answer) {
  bool only_uninstalls = problem.request.only_uninstalls();
  answer.verdict = only_uninstalls ? Verdict::kStillNeeded : Verdict::kNoPlan;
  answer.message = tr("cannot %s", describe_request(problem));
  explain::Explanation explanation = explain::explain(problem, search, budget);
  answer.detail = std::move(explanation.detail);
  answer.hint = std::move(explanation.hint);
  return std::move(explanation.reasons);
}

}  // namespace

Answer answer(Universe &universe, solve::Workspace &workspace,
              const std::vector<Installed> &installed, const Question &question, bool allow_cycles,
              support::Budget &budget, const Show &show) {
  budget.poll();
  Universe::RequestScope scope(universe, &budget);
  solve::Request request = intern(universe, question);
  Problem problem(universe, installed, std::move(request));
  problem.allow_cycles = allow_cycles;
  if (question.autoremove) uninstall_unneeded(universe, problem);

  Answer answer;
  std::vector<PackageId> chosen;
  std::vector<explain::Contradiction> reasons;
  if (!find_unknown(problem, answer) && !find_not_installed(problem, answer) &&
      !find_held(problem, answer)) {
    solve::Search search(problem, workspace, budget);
    if (search.run()) {
      chosen = search.chosen();
      answer.plan = make_plan(problem, chosen);
      describe_plan(problem, answer);
    } else {
      reasons = explain_failure(problem, search, budget, answer);
    }
  }
  if (show) show({problem, answer, chosen, reasons});
  return answer;
}

}  // namespace extman::plan
