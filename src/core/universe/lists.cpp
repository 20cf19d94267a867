#include "universe/lists.h"

#include "universe/universe.h"

#include <algorithm>
#include <utility>

namespace extman::universe {

namespace {

// Declared order, but each only once.
void append_new(std::vector<PackageId> &list, support::Span<PackageId> more) {
  for (PackageId id : more) {
    if (std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
  }
}

}  // namespace

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

Lists::List Lists::compute(RelationId id, bool of_request) {
  NameId name = universe_.name(id);
  support::Span<PackageId> versions = universe_.versions(name);
  std::vector<PackageId> found;
  for (PackageId provider : providers_.of(name)) {
    if (universe_.name(provider) != name && universe_.meets(provider, id)) {
      found.push_back(provider);
    }
  }

  // Nearly always a stretch of the versions, which needs no copy.
  std::vector<PackageId> own;
  std::size_t first = 0;
  bool in_one_piece = true;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    if (!universe_.meets(versions[i], id)) continue;
    if (own.empty()) first = i;
    in_one_piece = in_one_piece && i == first + own.size();
    own.push_back(versions[i]);
  }
  if (found.empty() && in_one_piece) {
    return {versions.begin() + first, static_cast<std::uint32_t>(own.size())};
  }
  own.insert(own.end(), found.begin(), found.end());
  return copy(own, of_request);
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
    std::vector<PackageId> all;
    if (alternatives.size() < 16) {
      for (RelationId relation : alternatives) append_new(all, candidates(relation));
    } else {
      // Many of them: by place, so that the first of equal ones stays.
      std::vector<std::pair<PackageId, std::size_t>> placed;
      for (RelationId relation : alternatives) {
        for (PackageId candidate : candidates(relation)) {
          placed.emplace_back(candidate, placed.size());
        }
      }
      std::sort(placed.begin(), placed.end());
      placed.erase(std::unique(placed.begin(), placed.end(),
                               [](const auto &a, const auto &b) { return a.first == b.first; }),
                   placed.end());
      std::sort(placed.begin(), placed.end(),
                [](const auto &a, const auto &b) { return a.second < b.second; });
      for (const auto &entry : placed) all.push_back(entry.first);
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
  std::sort(all.begin(), all.end(),
            [this](PackageId a, PackageId b) { return universe_.before(a, b); });
  excluded_[id.index()] = copy(all, false);
  return excluded_[id.index()].span();
}

void Lists::forget() noexcept {
  if (!indexed_) return;
  indexed_ = false;
  relations_.clear();
  dependencies_.clear();
  excluded_.clear();
  kept_.clear();
}

void Lists::begin_request() {
  index();
  request_relations_ = universe_.relations_.relation_count();
  request_dependencies_ = universe_.relations_.dependency_count();
}

void Lists::end_request() noexcept {
  if (relations_.size() > request_relations_) relations_.resize(request_relations_);
  if (dependencies_.size() > request_dependencies_) dependencies_.resize(request_dependencies_);
  of_request_.clear();
  request_relations_ = SIZE_MAX;
  request_dependencies_ = SIZE_MAX;
}

}  // namespace extman::universe
