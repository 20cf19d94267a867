// The search for a plan: which clauses a problem has, and in which order to try
// the packages that could satisfy them.
//
// Packages enter when something that is chosen could need them, and a package's
// own clauses enter when it is first chosen, so that the cost of a request
// follows what it can reach.  Only "take this package" is ever decided; what is
// not decided and not implied stays out.  Decisions follow a fixed order, so
// that the first model found is the best by that order:
//
//   1. the newest version of what is to be upgraded,
//   2. everything installed at its version,
//   3. the newest version of what is to be installed,
//   4. what these need, breadth first: alternatives from left to right, newest first.
//
// Number 2 in this order alone gives a set of changes of which none can be left
// out; changes of two or more installed packages are then bounded more and more
// until fewer are impossible.
#pragma once

#include "solve/problem.h"
#include "solve/reason.h"
#include "solve/sat.h"
#include "support/budget.h"
#include "support/no_postgres.h"

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace extman::solve {

// A clause of a refutation, in terms of packages.
struct Fact {
  Reason reason;
  std::vector<PackageId> excluded;  // the negative literals
  std::vector<PackageId> offered;   // the positive ones, in order of preference
};

class Search : private Policy {
 public:
  Search(const Problem &problem, support::Budget &budget);

  // True: chosen() is what is there afterwards.  False: facts() contradict
  // each other.
  bool run();

  // What is there afterwards, installed packages included, in the order in
  // which it was chosen; nothing in it is superfluous.
  const std::vector<PackageId> &chosen() const { return chosen_; }

  std::vector<Fact> facts() const;
  const std::vector<Cycle> &cycles() const { return cycles_; }

 private:
  // One of these packages must be there: the candidates of a request or of a
  // dependency, in order of preference.
  struct Demand {
    std::uint32_t start;  // into wanted_
    std::uint32_t size;
  };
  struct Encoded {
    std::uint32_t first_demand = 0;  // into demands_
    std::uint32_t demand_count = 0;
    bool done = false;
  };
  struct Mark {
    std::size_t active;
    std::size_t next;
  };

  void became_true(Var var) override;
  void level_opened() override { marks_.push_back({active_.size(), next_}); }
  void undone_to(std::size_t level) override;
  std::optional<Literal> decide() override;
  bool reject() override;

  Var var_of(PackageId id);
  void restrict_new(PackageId id);
  Literal is(PackageId id) { return Literal::positive(var_of(id)); }
  Literal is_not(PackageId id) { return Literal::negative(var_of(id)); }
  PackageId package_of(Var var) const { return packages_[var.index()]; }

  void add(const Reason &reason, const std::vector<Literal> &literals);
  void add_root(const Reason &reason, const std::vector<PackageId> &candidates);
  std::uint32_t new_demand(const std::vector<PackageId> &candidates);
  std::vector<PackageId> candidates_of(DependencyId dependency) const;
  void encode(PackageId id);

  void set_up_uninstalls();
  void set_up_upgrades();
  void set_up_installed();
  void set_up_installs();
  bool is_going(NameId name) const { return going_.count(name) != 0; }

  void collect();
  void drop_superfluous();
  std::unordered_set<PackageId> needed_by_roots() const;
  std::unordered_set<PackageId> sole_candidates(const std::unordered_set<PackageId> &kept) const;
  bool can_be_ordered(const std::unordered_set<PackageId> &kept) const;
  std::vector<PackageId> offered(const Reason &reason, std::vector<PackageId> found) const;
  std::size_t count_changed() const;
  void bound_changes(std::size_t most);

  const Problem &problem_;
  const Universe &universe_;
  support::Budget &budget_;
  Sat sat_;

  std::vector<Reason> reasons_;                  // by given clause number
  std::vector<std::uint32_t> reason_of_clause_;  // by ClauseId; UINT32_MAX if learned
  std::vector<Cycle> cycles_;
  std::vector<PackageId> packages_;  // by variable; none for an auxiliary one
  std::unordered_map<PackageId, Var> vars_;
  std::vector<Encoded> encoded_;                                // by variable
  std::unordered_map<NameId, std::vector<PackageId>> entered_;  // packages that could be chosen
  std::unordered_map<NameId, PackageId> going_;                 // names to uninstall
  std::unordered_map<NameId, char> upgrading_;                  // names to upgrade

  std::vector<Demand> demands_;
  std::vector<Var> wanted_;
  std::vector<std::uint32_t> active_;  // demands of what is chosen, in order
  std::size_t root_count_ = 0;         // the first of them, which hang on no package
  std::size_t next_ = 0;               // the first one that may be unmet
  std::vector<Mark> marks_;            // by level

  std::vector<PackageId> chosen_;
};

}  // namespace extman::solve
