// Lists of packages that follow from what the packages of a universe declare:
// each computed when it is first asked for, and kept until a package is added.
#pragma once

#include "support/arena.h"
#include "support/budget.h"
#include "support/no_postgres.h"
#include "support/span.h"
#include "universe/package.h"
#include "universe/relations.h"

#include <string_view>
#include <utility>
#include <vector>

namespace extman::universe {

class Universe;

class Lists {
 public:
  explicit Lists(const Universe &universe) : universe_(universe) {}

  support::Span<PackageId> candidates(RelationId id);
  support::Span<PackageId> candidates(DependencyId id) {
    if (id.index() < dependencies_.size() && dependencies_[id.index()].known()) {
      return dependencies_[id.index()].span();
    }
    return compute(id);
  }
  support::Span<PackageId> excluded(PackageId id) {
    if (id.index() < excluded_.size() && excluded_[id.index()].known()) {
      return excluded_[id.index()].span();
    }
    return compute_excluded(id);
  }
  support::Span<PackageId> providers(NameId name);

  // A package was added: what is known holds no more.
  void forget() noexcept;

  // Lists of relations that are interned in between are forgotten at its end.
  // Long computations count their steps in the budget, if there is one.
  void begin_request(support::Budget *budget);
  void end_request() noexcept;

  std::size_t bytes() const { return kept_.bytes() + of_request_.bytes(); }

 private:
  // A list somewhere: in an arena, or a part of another list.
  struct List {
    const PackageId *data = nullptr;
    std::uint32_t size = UINT32_MAX;

    bool known() const { return size != UINT32_MAX; }
    support::Span<PackageId> span() const { return {data, size}; }
  };

  // For each name some numbers, one name after the other.
  template <class T>
  struct ByName {
    std::vector<std::uint32_t> start;  // by name, and one more
    std::vector<T> items;

    support::Span<T> of(NameId name) const {
      if (name.index() + 1 >= start.size()) return {};
      std::uint32_t from = start[name.index()];
      return {items.data() + from, start[name.index() + 1] - from};
    }
  };
  template <class T, class EachPair>
  static void group(ByName<T> &lists, std::size_t names, EachPair each_pair);

  void index();
  support::Span<PackageId> compute(DependencyId id);
  support::Span<PackageId> compute_excluded(PackageId id);
  List compute(RelationId id, bool of_request);
  std::pair<std::size_t, std::size_t> equal_versions(support::Span<PackageId> versions,
                                                     std::string_view version) const;
  const std::vector<std::uint32_t> &ranks();
  List copy(const std::vector<PackageId> &packages, bool of_request);

  const Universe &universe_;

  bool indexed_ = false;
  ByName<PackageId> providers_;
  ByName<PackageId> claimants_;   // of classes
  ByName<RelationId> conflicts_;  // relations that somebody conflicts with
  ByName<PackageId> declarers_;   // by RelationId: who does

  std::vector<List> relations_;       // by RelationId
  std::vector<List> dependencies_;    // by DependencyId
  std::vector<List> excluded_;        // by PackageId
  std::vector<std::uint32_t> ranks_;  // by PackageId
  support::Arena<PackageId> kept_;
  support::Arena<PackageId> of_request_;
  support::Budget *budget_ = nullptr;
  std::vector<std::uint32_t> stamps_;  // by PackageId: in which list it was last
  std::uint32_t last_stamp_ = 0;
  std::size_t request_relations_ = SIZE_MAX;  // the first of the request's own
  std::size_t request_dependencies_ = SIZE_MAX;
};

}  // namespace extman::universe
