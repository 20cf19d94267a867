#include "universe/lists.h"

#include "universe/universe.h"

#include <algorithm>
#include <utility>

namespace extman::universe {

// Counting sort: each_pair(take) calls take(name, item) for each pair, twice.
template <class T, class EachPair>
void Lists::group(ByName<T> &lists, std::size_t names, EachPair each_pair) {
  lists.start.assign(names + 1, 0);
  each_pair([&](std::uint32_t name, T) { ++lists.start[name + 1]; });
  for (std::size_t i = 1; i <= names; ++i) lists.start[i] += lists.start[i - 1];
  lists.items.assign(lists.start[names], T());
  std::vector<std::uint32_t> next(lists.start.begin(), lists.start.end() - 1);
  each_pair([&](std::uint32_t name, T item) { lists.items[next[name]++] = item; });
}

void Lists::index() {
  if (indexed_) return;
  const Universe &u = universe_;
  const std::size_t names = u.name_count();
  const std::size_t relations = u.relations_.relation_count();

  group(providers_, names, [&](auto take) {
    for (std::size_t i = 0; i < u.size(); ++i) {
      support::Span<Provision> provides = u.provides(PackageId(i));
      for (std::size_t j = 0; j < provides.size(); ++j) {
        NameId name = provides[j].name;
        bool again = std::any_of(provides.begin(), provides.begin() + j,
                                 [name](const Provision &other) { return other.name == name; });
        if (!again) take(name.index(), PackageId(i));
      }
    }
  });
  for (std::size_t name = 0; name < names; ++name) {
    auto begin = providers_.items.begin() + providers_.start[name];
    auto end = providers_.items.begin() + providers_.start[name + 1];
    if (end - begin > 1) {
      std::sort(begin, end, [&u](PackageId a, PackageId b) { return u.before(a, b); });
    }
  }
  group(claimants_, names, [&](auto take) {
    for (std::size_t i = 0; i < u.size(); ++i) {
      for (NameId custom_class : u.classes(PackageId(i))) {
        take(custom_class.index(), PackageId(i));
      }
    }
  });
  group(declarers_, relations, [&](auto take) {
    for (std::size_t i = 0; i < u.size(); ++i) {
      for (RelationId relation : u.conflicts(PackageId(i))) take(relation.index(), PackageId(i));
    }
  });
  group(conflicts_, names, [&](auto take) {
    for (std::size_t i = 0; i < relations; ++i) {
      if (declarers_.start[i] != declarers_.start[i + 1]) {
        take(u.name(RelationId(i)).index(), RelationId(i));
      }
    }
  });
  relations_.resize(relations);
  dependencies_.resize(u.relations_.dependency_count());
  excluded_.resize(u.size());
  indexed_ = true;
}

support::Span<PackageId> Lists::providers(NameId name) {
  index();
  return providers_.of(name);
}

support::Span<PackageId> Lists::candidates(RelationId id) {
  index();
  if (id.index() >= relations_.size()) relations_.resize(id.index() + 1);
  if (!relations_[id.index()].known()) {
    relations_[id.index()] = compute(id, id.index() >= request_relations_);
  }
  return relations_[id.index()].span();
}

Lists::List Lists::copy(const std::vector<PackageId> &packages, bool of_request) {
  PackageId *room = (of_request ? of_request_ : kept_).allocate(packages.size());
  std::copy(packages.begin(), packages.end(), room);
  return {room, static_cast<std::uint32_t>(packages.size())};
}

// The versions of a name are sorted, so that each constraint cuts off an end, or
// a hole for "!=".
Lists::List Lists::compute(RelationId id, bool of_request) {
  const NameId name = universe_.name(id);
  const support::Span<PackageId> versions = universe_.versions(name);
  std::vector<PackageId> others;
  bool provides_itself = false;  // a package may provide its own name, at another version
  for (PackageId provider : providers_.of(name)) {
    provides_itself |= universe_.name(provider) == name;
    if (universe_.name(provider) != name && universe_.meets(provider, id)) {
      others.push_back(provider);
    }
  }

  std::size_t from = 0;
  std::size_t to = versions.size();
  std::vector<std::size_t> holes;
  for (const Constraint &constraint : universe_.constraints(id)) {
    auto [first, last] = equal_versions(versions, universe_.text(constraint.version));
    switch (constraint.op) {
      case version::Operator::kGreater:
        to = std::min(to, first);
        break;
      case version::Operator::kGreaterEqual:
        to = std::min(to, last);
        break;
      case version::Operator::kEqual:
        from = std::max(from, first);
        to = std::min(to, last);
        break;
      case version::Operator::kLessEqual:
        from = std::max(from, first);
        break;
      case version::Operator::kLess:
        from = std::max(from, last);
        break;
      case version::Operator::kNotEqual:
        if (first != last) holes.push_back(first);
        break;
    }
  }
  to = std::max(from, to);
  // Nearly always a stretch of the versions, which needs no copy.
  const bool some_ahead = std::any_of(versions.begin(), versions.end(),
                                      [this](PackageId v) { return universe_.is_ahead(v); });
  if (others.empty() && holes.empty() && !provides_itself && !some_ahead) {
    return {versions.begin() + from, static_cast<std::uint32_t>(to - from)};
  }
  std::vector<PackageId> found;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    bool own = from <= i && i < to && std::find(holes.begin(), holes.end(), i) == holes.end();
    if (own || (provides_itself && universe_.meets(versions[i], id))) found.push_back(versions[i]);
  }
  universe_.prefer_recommended(found);
  found.insert(found.end(), others.begin(), others.end());
  return copy(found, of_request);
}

// Where those of that version begin and end: they are none or one.
std::pair<std::size_t, std::size_t> Lists::equal_versions(support::Span<PackageId> versions,
                                                          std::string_view version) const {
  const PackageId *place = std::lower_bound(
      versions.begin(), versions.end(), version, [this](PackageId newer, std::string_view wanted) {
        return version::compare(universe_.version(newer), wanted) > 0;
      });
  const std::size_t first = static_cast<std::size_t>(place - versions.begin());
  const bool there =
      place != versions.end() && version::compare(universe_.version(*place), version) == 0;
  return {first, first + (there ? 1 : 0)};
}

support::Span<PackageId> Lists::compute(DependencyId id) {
  index();
  if (id.index() >= dependencies_.size()) dependencies_.resize(id.index() + 1);
  support::Span<RelationId> alternatives = universe_.alternatives(id);
  List list;
  if (alternatives.size() == 1) {
    support::Span<PackageId> only = candidates(alternatives[0]);
    list = {only.begin(), static_cast<std::uint32_t>(only.size())};
  } else {
    if (stamps_.size() < universe_.size()) stamps_.resize(universe_.size(), 0);
    const std::uint32_t stamp = ++last_stamp_;
    std::vector<PackageId> all;
    for (RelationId relation : alternatives) {
      support::Span<PackageId> more = candidates(relation);
      if (budget_ != nullptr) budget_->steps_taken(more.size());
      for (PackageId candidate : more) {
        if (stamps_[candidate.index()] == stamp) continue;
        stamps_[candidate.index()] = stamp;
        all.push_back(candidate);
      }
    }
    list = copy(all, id.index() >= request_dependencies_);
  }
  dependencies_[id.index()] = list;
  return list.span();
}

support::Span<PackageId> Lists::compute_excluded(PackageId id) {
  index();
  NameId own_name = universe_.name(id);
  std::vector<PackageId> all;
  auto add = [&](PackageId other) {
    if (universe_.name(other) != own_name) all.push_back(other);
  };
  for (RelationId relation : universe_.conflicts(id)) {
    for (PackageId other : candidates(relation)) add(other);
  }
  auto hit_by_name = [&](NameId name) {
    for (RelationId relation : conflicts_.of(name)) {
      if (!universe_.meets(id, relation)) continue;
      for (PackageId declarer : declarers_.of(NameId(relation.index()))) add(declarer);
    }
  };
  hit_by_name(own_name);
  for (const Provision &provision : universe_.provides(id)) hit_by_name(provision.name);
  for (NameId custom_class : universe_.classes(id)) {
    for (PackageId claimant : claimants_.of(custom_class)) add(claimant);
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  // In an order that does not depend on that in which packages were added.
  constexpr std::size_t kMany = 64;
  if (all.size() <= kMany) {
    std::sort(all.begin(), all.end(),
              [this](PackageId a, PackageId b) { return universe_.before(a, b); });
  } else {
    const std::vector<std::uint32_t> &rank = ranks();
    std::sort(all.begin(), all.end(),
              [&rank](PackageId a, PackageId b) { return rank[a.index()] < rank[b.index()]; });
  }
  excluded_[id.index()] = copy(all, false);
  return excluded_[id.index()].span();
}

// The place of each package in the order of all: worth its cost only for long lists.
const std::vector<std::uint32_t> &Lists::ranks() {
  if (ranks_.empty()) {
    std::vector<PackageId> sorted;
    for (std::size_t i = 0; i < universe_.size(); ++i) sorted.emplace_back(i);
    std::sort(sorted.begin(), sorted.end(),
              [this](PackageId a, PackageId b) { return universe_.before(a, b); });
    ranks_.resize(sorted.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      ranks_[sorted[i].index()] = static_cast<std::uint32_t>(i);
    }
  }
  return ranks_;
}

void Lists::forget() noexcept {
  if (!indexed_) return;
  indexed_ = false;
  relations_.clear();
  dependencies_.clear();
  excluded_.clear();
  ranks_.clear();
  kept_.clear();
}

void Lists::begin_request(support::Budget *budget) {
  index();
  budget_ = budget;
  request_relations_ = universe_.relations_.relation_count();
  request_dependencies_ = universe_.relations_.dependency_count();
}

void Lists::end_request() noexcept {
  if (relations_.size() > request_relations_) relations_.resize(request_relations_);
  if (dependencies_.size() > request_dependencies_) dependencies_.resize(request_dependencies_);
  of_request_.clear();
  budget_ = nullptr;
  request_relations_ = SIZE_MAX;
  request_dependencies_ = SIZE_MAX;
}

}  // namespace extman::universe
