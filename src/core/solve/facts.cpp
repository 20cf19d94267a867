// From the clauses of a refutation to what they say of packages.
#include "solve/rules.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace extman::solve {

Reason reason_of_exclusion(const Universe &universe, PackageId a, PackageId b) {
  if (universe.before(b, a)) std::swap(a, b);
  if (universe.name(a) == universe.name(b)) return {ReasonKind::kOneVersion, a, b, 0};
  for (auto [declarer, other] : {std::make_pair(a, b), std::make_pair(b, a)}) {
    support::Span<RelationId> conflicts = universe.conflicts(declarer);
    for (std::uint32_t i = 0; i < conflicts.size(); ++i) {
      if (universe.meets(other, conflicts[i])) {
        return {ReasonKind::kConflicts, declarer, other, i};
      }
    }
  }
  support::Span<NameId> theirs = universe.classes(b);
  for (NameId custom_class : universe.classes(a)) {
    if (std::find(theirs.begin(), theirs.end(), custom_class) != theirs.end()) {
      return {ReasonKind::kClassClash, a, b, custom_class.index()};
    }
  }
  throw std::logic_error("packages exclude each other for no reason");
}

Reason Rules::reason_of_unit(PackageId id) const {
  NameId name = universe_.name(id);
  if (auto going = going_.find(name); going != going_.end()) {
    return {ReasonKind::kUninstalled, going->second, id, 0};
  }
  if (nothing_new_) return {ReasonKind::kNothingNew, PackageId::none(), id, 0};
  return {ReasonKind::kNoUpgradePath, problem_.installed_of(name)->package, id, 0};
}

Fact Rules::describe(const Sat::Source &source) {
  Fact fact;
  auto offer = [&](support::Span<PackageId> packages) {
    fact.offered.assign(packages.begin(), packages.end());
  };
  if (!source.is_external) {
    fact.reason = reasons_[source.number];
    if (fact.reason.kind == ReasonKind::kDepends) {
      fact.excluded = {fact.reason.subject};
      offer(universe_.candidates(universe_.depends(fact.reason.subject)[fact.reason.number]));
      return fact;
    }
    for (Literal literal : sat_.given(source.number)) {
      PackageId id(literal.var().index());
      (literal.is_positive() ? fact.offered : fact.excluded).push_back(id);
    }
    // The engine moves literals about within a clause.
    auto in_order = [this](PackageId a, PackageId b) { return universe_.before(a, b); };
    std::sort(fact.offered.begin(), fact.offered.end(), in_order);
    std::sort(fact.excluded.begin(), fact.excluded.end(), in_order);
    if (fact.reason.kind == ReasonKind::kRequested) {
      offer(universe_.candidates(problem_.request.install[fact.reason.number]));
    }
    return fact;
  }
  if (source.number < numbering_.exclusions) {
    PackageId owner = universe_.owner_of_dependency(source.number);
    std::uint32_t which = source.number - universe_.first_dependency(owner);
    fact.reason = {ReasonKind::kDepends, owner, PackageId::none(), which};
    fact.excluded = {owner};
    offer(universe_.candidates(universe_.depends(owner)[which]));
  } else if (source.number < numbering_.units) {
    fact.reason = reason_of_exclusion(universe_, PackageId(source.number - numbering_.exclusions),
                                      PackageId(source.literal.var().index()));
    fact.excluded = {fact.reason.subject, fact.reason.object};
  } else {
    PackageId id(source.number - numbering_.units);
    fact.reason = reason_of_unit(id);
    fact.excluded = {id};
  }
  return fact;
}

std::vector<Fact> Rules::facts() {
  std::vector<Fact> facts;
  for (const Sat::Source &source : sat_.core()) facts.push_back(describe(source));
  return facts;
}

}  // namespace extman::solve
