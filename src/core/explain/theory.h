// A problem that is changed in thought: some of its facts are waived, packages
// are supposed to be there that are not.  Whether it could be solved then, and
// if not, why.
//
// What the search knows without writing it down stands here as facts, since
// only what is written can be left out.  They are written when a package is
// first taken, so a trial costs what it reaches.
#pragma once

#include "solve/policy.h"
#include "solve/problem.h"
#include "solve/sat.h"
#include "solve/search.h"
#include "solve/workspace.h"
#include "support/budget.h"
#include "support/no_postgres.h"

#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace extman::explain {

using solve::Fact;
using universe::DependencyId;
using universe::NameId;
using universe::PackageId;
using universe::RelationId;
using universe::Universe;

// What tells one fact of a problem from another.
using FactKey = std::tuple<solve::ReasonKind, std::uint32_t, std::uint32_t, std::uint32_t>;
FactKey key_of(const solve::Reason &reason);

// Of a cycle, where only the order does not matter by which one of its members
// comes behind the next.
FactKey key_of(const solve::Cycle::Member &member);

// A package of a name that needs nothing and excludes nothing but the other
// versions of its name.  It is there in every solution: since there is none
// without it, that takes no solution away.
struct Supposed {
  NameId name;
  std::string version;
  PackageId like;  // provides what that one does; none: nothing
};

struct Changes {
  std::set<FactKey> waived;
  std::vector<Supposed> supposed;
  std::vector<PackageId> wanted;  // on top of the request
};

class Theory : private solve::Policy {
 public:
  // All three must outlive it.
  Theory(const solve::Problem &problem, const Changes &changes, support::Budget &budget);

  bool has_solution();

  // After there was none: facts that contradict each other, in no particular
  // order.  None when the refutation was too long to be remembered.
  std::vector<Fact> facts();
  const std::vector<solve::Cycle> &cycles() const { return cycles_; }

 private:
  void became_true(solve::Var var) override;
  void level_opened() override { marks_.push_back({active_.size(), next_}); }
  void undone_to(std::size_t level) noexcept override;
  std::optional<solve::Literal> decide() override;
  bool reject() override;
  void explain(solve::Literal, std::uint32_t, std::vector<solve::Literal> &) override {}

  void set_up();
  void set_up_uninstalls();
  void set_up_upgrade(std::uint32_t number, NameId name, RelationId relation);
  void set_up_installed(const solve::Installed &entry);

  bool is_waived(const solve::Reason &reason) const;
  bool is_met_by_supposed(RelationId relation) const;
  bool is_met_by_supposed(DependencyId dependency) const;
  bool is_ruled_out_by_supposed(PackageId id) const;
  const Supposed *supposed_of(NameId name) const;

  solve::Var var_of(PackageId id);
  void rule_out(PackageId id);
  void write(PackageId id);
  void write_exclusions(PackageId id);
  void exclude(PackageId id, PackageId other);
  // The number of the fact; nothing when it is waived.
  std::optional<std::size_t> add(const solve::Reason &reason, std::vector<PackageId> excluded,
                                 std::vector<PackageId> offered);
  std::vector<PackageId> taken() const;
  solve::Cycle find_cycle(const std::vector<PackageId> &changing,
                          const std::unordered_set<PackageId> &stays) const;
  std::optional<std::size_t> first_awaited(PackageId id, const std::unordered_set<PackageId> &there,
                                           const std::unordered_set<PackageId> &waiting) const;

  struct Mark {
    std::size_t active;
    std::size_t next;
  };

  const solve::Problem &problem_;
  const Universe &universe_;
  const Changes &changes_;
  solve::Workspace workspace_;
  solve::Sat sat_;

  std::vector<Fact> facts_;  // by number of a clause
  std::vector<solve::Cycle> cycles_;
  std::unordered_map<PackageId, solve::Var> vars_;
  std::vector<PackageId> packages_;                                   // by variable
  std::unordered_map<PackageId, std::vector<std::size_t>> written_;   // what it demands
  std::set<std::pair<std::uint32_t, std::uint32_t>> excluded_pairs_;  // that are written
  std::unordered_map<NameId, PackageId> going_;

  std::vector<std::size_t> active_;  // facts that demand something now
  std::size_t next_ = 0;             // the first one that may be unmet
  std::vector<Mark> marks_;          // by level
};

}  // namespace extman::explain
