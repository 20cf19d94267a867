#include "graph/there.h"

#include "solve/rules.h"

#include <algorithm>

namespace extman::graph {

void There::draw(PackageId id) {
  if (sheet_.has(id)) return;
  sheet_.package(id);
  drawn_.push_back(id);
}

PackageId There::met_by(RelationId relation) const {
  for (PackageId candidate : universe_.candidates(relation)) {
    if (there_.count(candidate) != 0) return candidate;
  }
  return PackageId::none();
}

void There::draw_dependency(std::size_t from, DependencyId dependency) {
  const support::Span<RelationId> alternatives = universe_.alternatives(dependency);
  if (alternatives.size() > 1) {
    draw_choice(from, alternatives);
    return;
  }
  const RelationId relation = alternatives.front();
  const PackageId target = met_by(relation);
  if (target.is_none()) {
    sheet_.edge(EdgeKind::kNeeds, from, sheet_.missing(relation), "");
  } else {
    draw(target);
    sheet_.needs(EdgeKind::kNeeds, from, relation, target);
  }
}

// The first of the alternatives that is met is the one that is preferred.
void There::draw_choice(std::size_t from, support::Span<RelationId> alternatives) {
  const std::size_t choice = sheet_.choice();
  sheet_.edge(EdgeKind::kNeeds, from, choice, "");
  const bool any = std::any_of(alternatives.begin(), alternatives.end(),
                               [&](RelationId relation) { return !met_by(relation).is_none(); });
  EdgeKind kind = EdgeKind::kNeeds;
  for (RelationId relation : alternatives) {
    const PackageId target = met_by(relation);
    if (!target.is_none()) {
      draw(target);
      sheet_.needs(kind, choice, relation, target);
      kind = EdgeKind::kMayNeed;
    } else {
      sheet_.edge(EdgeKind::kMayNeed, choice,
                  any ? sheet_.absent(relation) : sheet_.missing(relation), "");
    }
  }
}

void There::draw_needs() {
  for (; next_ < drawn_.size(); ++next_) {
    const PackageId id = drawn_[next_];
    const std::size_t from = sheet_.package(id);
    for (DependencyId dependency : universe_.depends(id)) draw_dependency(from, dependency);
  }
}

void There::draw_dependent(PackageId dependent, const std::unordered_set<PackageId> &on) {
  if (sheet_.has(dependent)) return;
  for (DependencyId dependency : universe_.depends(dependent)) {
    for (RelationId relation : universe_.alternatives(dependency)) {
      const PackageId target = met_by(relation);
      if (target.is_none()) continue;
      if (on.count(target) != 0) {
        sheet_.needs(EdgeKind::kNeeds, sheet_.package(dependent), relation, target);
      }
      break;
    }
  }
}

void There::draw_exclusions() {
  for (PackageId id : drawn_) {
    for (PackageId other : universe_.excluded(id)) {
      if (there_.count(other) == 0 || !sheet_.has(other) || universe_.before(other, id)) continue;
      sheet_.excludes(solve::reason_of_exclusion(universe_, id, other));
    }
    draw_kept_out(id);
  }
}

// Of what there is at all, and is not there.
void There::draw_kept_out(PackageId id) {
  for (RelationId relation : universe_.conflicts(id)) {
    const auto hits = universe_.candidates(relation);
    const bool outside = std::all_of(hits.begin(), hits.end(),
                                     [&](PackageId hit) { return there_.count(hit) == 0; });
    const bool others = std::any_of(hits.begin(), hits.end(), [&](PackageId hit) {
      return universe_.name(hit) != universe_.name(id);
    });
    if (!outside || !others) continue;
    sheet_.edge(EdgeKind::kKeepsOut, sheet_.package(id), sheet_.absent(relation), "conflicts");
  }
}

}  // namespace extman::graph
