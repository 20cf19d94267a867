#include "graph/survey.h"

#include "graph/contradiction.h"
#include "graph/sheet.h"
#include "graph/there.h"

#include <unordered_set>
#include <vector>

namespace extman::graph {

namespace {

// What was asked for comes first, then what is needed, then who needs it.
Graph of_plan(const plan::Findings &found) {
  const Problem &problem = found.problem;
  Sheet sheet(problem);
  std::unordered_set<PackageId> changing;
  for (const plan::Step &step : found.answer.plan.steps) {
    if (step.action == plan::Action::kUninstall) continue;
    changing.insert(step.package);
    sheet.will_change(step.package, step.old_package);
  }
  There there(problem, found.chosen, sheet);
  const std::size_t request = sheet.request(found.answer.message);
  for (DependencyId part : problem.request.install) there.draw_dependency(request, part);
  for (const plan::Step &step : found.answer.plan.steps) there.draw(step.package);
  there.draw_needs();
  there.draw_exclusions();
  for (const solve::Installed &entry : problem.installed) {
    if (changing.count(entry.package) == 0) there.draw_dependent(entry.package, changing);
  }
  return sheet.take();
}

}  // namespace

Graph of_installed(const Problem &problem) {
  Sheet sheet(problem);
  std::vector<PackageId> all;
  for (const solve::Installed &entry : problem.installed) all.push_back(entry.package);
  There there(problem, all, sheet);
  for (PackageId id : all) there.draw(id);
  there.draw_needs();
  there.draw_exclusions();
  return sheet.take();
}

Graph of_answer(const plan::Findings &found) {
  if (found.answer.verdict == plan::Verdict::kPlan) return of_plan(found);
  Sheet sheet(found.problem);
  const std::size_t request = sheet.request(found.answer.message);
  for (const explain::Contradiction &reason : found.reasons) {
    draw_contradiction(found.problem, reason, request, sheet);
  }
  if (found.reasons.empty()) draw_request(found.problem, request, sheet);
  return sheet.take();
}

}  // namespace extman::graph
