#include "graph/contradiction.h"

namespace extman::graph {

using solve::ReasonKind;

namespace {

// All that could meet it; at_most: of each relation.
void draw_offers(const Universe &universe, std::size_t from, DependencyId dependency,
                 std::size_t at_most, Sheet &sheet) {
  const support::Span<RelationId> alternatives = universe.alternatives(dependency);
  if (alternatives.size() > 1) {
    const std::size_t choice = sheet.choice();
    sheet.edge(EdgeKind::kNeeds, from, choice, "");
    from = choice;
  }
  for (RelationId relation : alternatives) {
    const support::Span<PackageId> candidates = universe.candidates(relation);
    const std::size_t count = std::min(at_most, candidates.size());
    const bool the_only = alternatives.size() == 1 && count <= 1;
    const EdgeKind kind = the_only ? EdgeKind::kNeeds : EdgeKind::kMayNeed;
    for (std::size_t i = 0; i < count; ++i) sheet.needs(kind, from, relation, candidates[i]);
    if (count == 0) sheet.edge(kind, from, sheet.missing(relation), "");
  }
}

void draw_cycle(const Universe &universe, const solve::Cycle &cycle, Sheet &sheet) {
  for (std::size_t i = 0; i < cycle.members.size(); ++i) {
    const solve::Cycle::Member &member = cycle.members[i];
    const PackageId next = cycle.members[(i + 1) % cycle.members.size()].package;
    const DependencyId dependency = universe.depends(member.package)[member.dependency];
    const std::size_t from = sheet.package(member.package);
    sheet.edge(EdgeKind::kWaits, from, sheet.package(next),
               "waits for " + universe.describe(dependency));
  }
}

}  // namespace

void draw_contradiction(const Problem &problem, const explain::Contradiction &contradiction,
                        std::size_t request, Sheet &sheet) {
  const Universe &universe = problem.universe;
  for (const solve::Fact &fact : contradiction.facts) {
    const solve::Reason &reason = fact.reason;
    switch (reason.kind) {
      case ReasonKind::kRequested:
        draw_offers(universe, request, problem.request.install[reason.number], SIZE_MAX, sheet);
        break;
      case ReasonKind::kDepends:
        draw_offers(universe, sheet.package(reason.subject),
                    universe.depends(reason.subject)[reason.number], SIZE_MAX, sheet);
        break;
      case ReasonKind::kInstalled:
      case ReasonKind::kHeld:
        sheet.package(reason.subject);
        break;
      case ReasonKind::kNoUpgradePath:
        sheet.edge(EdgeKind::kNoWay, sheet.package(reason.subject), sheet.package(reason.object),
                   "no upgrade script");
        break;
      case ReasonKind::kConflicts:
      case ReasonKind::kOneVersion:
      case ReasonKind::kClassClash:
        sheet.excludes(reason);
        break;
      case ReasonKind::kCycle:
        draw_cycle(universe, contradiction.cycles[reason.number], sheet);
        break;
      case ReasonKind::kUpgradeWanted:
      case ReasonKind::kUninstalled:
      case ReasonKind::kNothingNew:
      case ReasonKind::kBound:
        break;  // of requests that no picture is drawn of
    }
  }
}

void draw_request(const Problem &problem, std::size_t request, Sheet &sheet) {
  for (DependencyId part : problem.request.install) {
    draw_offers(problem.universe, request, part, 1, sheet);
  }
}

}  // namespace extman::graph
