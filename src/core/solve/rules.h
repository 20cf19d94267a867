// The rules of a problem: which clauses it has, and in which order to try the
// packages that could satisfy them.
//
// Hardly any clause is written down.  When a package becomes true, the rules
// look at what it needs and excludes, imply what follows, and name the clause by
// a number (see Numbering); only a dependency that several packages could still
// meet becomes a clause of the engine.  So a request costs what it reaches.
//
// Only "take this package" is ever decided, for the first demand that is not
// met, in a fixed order, so that the answer means something:
//
//   1. the newest version of what is to be upgraded,
//   2. everything installed at its version,
//   3. the newest version of what is to be installed,
//   4. what these need, breadth first: alternatives from left to right, newest first.
#pragma once

#include "solve/policy.h"
#include "solve/problem.h"
#include "solve/reason.h"
#include "solve/sat.h"
#include "solve/workspace.h"
#include "support/budget.h"
#include "support/no_postgres.h"

#include <deque>
#include <unordered_map>
#include <vector>

namespace extman::solve {

// A clause of a refutation, in terms of packages.
struct Fact {
  Reason reason;
  std::vector<PackageId> excluded;  // the negative literals
  std::vector<PackageId> offered;   // the positive ones, in order of preference
};

// Why two packages cannot both be there, always the same of several reasons.  They
// do exclude each other.
Reason reason_of_exclusion(const Universe &universe, PackageId a, PackageId b);

// One of these packages must be there, in order of preference.
using Demand = support::Span<PackageId>;

// Knows more than propagation about what can still be had.
class Guide {
 public:
  virtual ~Guide() = default;
  // The literal, or its negation where it leads nowhere.
  virtual Literal choose(Literal wanted) = 0;
};

class Rules : private Policy {
 public:
  Rules(const Problem &problem, Workspace &workspace, support::Budget &budget);
  ~Rules() override;

  // What the problem says of itself.  Without it, nothing is demanded.
  void set_up();

  // Asked before each decision.
  void set_guide(Guide &guide) { guide_ = &guide; }

  Sat &sat() { return sat_; }
  const Sat &sat() const { return sat_; }
  std::uint32_t add(const Reason &reason, support::Span<Literal> literals);

  static Literal is(PackageId id) { return Literal::positive(Var(id.index())); }
  static Literal is_not(PackageId id) { return Literal::negative(Var(id.index())); }

  // The packages that are true, in the order in which they became so.
  std::vector<PackageId> taken() const;

  // What must be there whatever else is: of the request and of what is installed.
  support::Span<Demand> roots() const { return {active_.data(), root_count_}; }

  // Whether this is one of an installed package that is not met anyway: that is
  // no reason to refuse everything else.
  bool is_broken_already(PackageId id, DependencyId dependency) const {
    return is_installed(id) && !problem_.met_by_installed(dependency);
  }
  bool is_installed(PackageId id) const { return w_.installed[id.index()] != 0; }
  bool is_upgrading(NameId name) const { return upgrading_.count(name) != 0; }
  bool is_going(NameId name) const { return going_.count(name) != 0; }

  // After a refutation: what contradicts each other, as it comes.
  std::vector<Fact> facts();
  const std::vector<Cycle> &cycles() const { return cycles_; }

 private:
  // The clauses that are not written down, in three stretches of numbers.
  struct Numbering {
    std::uint32_t exclusions;  // before: dependencies; p at its number: !p | !q
    std::uint32_t units;       // q at its number: !q
  };
  struct Mark {
    std::size_t active;
    std::size_t next;
  };

  void became_true(Var var) override;
  void level_opened() override { marks_.push_back({active_.size(), next_}); }
  void undone_to(std::size_t level) noexcept override;
  std::optional<Literal> decide() override;
  bool reject() override;
  void explain(Literal literal, std::uint32_t number, std::vector<Literal> &clause) override;

  void exclude(PackageId other, PackageId because_of);
  void require(PackageId id, std::uint32_t number, DependencyId dependency, bool installed);
  void rule_out(PackageId id);
  void add_root(const Reason &reason, std::vector<PackageId> candidates);
  Demand keep(std::vector<PackageId> candidates);

  void set_up_uninstalls();
  void set_up_upgrades();
  void set_up_installed();
  void set_up_installs();

  Fact describe(const Sat::Source &source);
  Reason reason_of_unit(PackageId id) const;

  const Problem &problem_;
  const Universe &universe_;
  Workspace &w_;
  support::Budget &budget_;
  Sat sat_;
  Numbering numbering_;
  Guide *guide_ = nullptr;
  bool nothing_new_;
  std::size_t list_bytes_;

  std::vector<Reason> reasons_;  // by number of a given clause
  std::vector<Cycle> cycles_;
  std::unordered_map<NameId, PackageId> going_;  // names to uninstall
  std::unordered_map<NameId, char> upgrading_;   // names to upgrade
  std::vector<std::uint32_t> written_;           // dependencies whose clause was
  std::deque<std::vector<PackageId>> kept_;      // lists that demands view

  std::vector<Demand> active_;  // of what is there, in order
  std::size_t root_count_ = 0;  // the first of them, which hang on no package
  std::size_t next_ = 0;        // the first one that may be unmet
  std::vector<Mark> marks_;     // by level
};

}  // namespace extman::solve
