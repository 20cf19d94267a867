// A change that lets a request be carried out.
#pragma once

#include "explain/theory.h"
#include "explain/words.h"
#include "solve/problem.h"
#include "support/budget.h"
#include "support/no_postgres.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace extman::explain {

struct Remedy {
  enum class Kind {
    kUnhold,     // packages: all of them
    kAskFor,     // packages[0], instead of that part of the install request
    kLeaveOut,   // that part of the install request
    kKeep,       // packages[0]: do not uninstall it
    kScript,     // packages: from, to
    kProvide,    // name, version: a package that needs and excludes nothing
    kAnother,    // the same, but only without_what matters
    kUninstall,  // packages[0], and with it what needs it
    kCorrect,    // without_what: a dependency of packages[0] that contradicts itself
    kCutCycle    // without_what: a dependency of packages[0]
  };
  Kind kind;
  std::vector<PackageId> packages = {};
  std::uint32_t part = 0;
  NameId name = {};
  std::string version = {};
  RelationId relation = {};    // kProvide: what the version is to meet; kAnother: not to meet
  bool or_later = false;       // kProvide: any later version does as well
  PackageId script_from = {};  // kProvide, kAnother: installed, to be upgraded from
  PackageId like = {};         // kAnother: provides what that one does
  solve::Reason without_what = {solve::ReasonKind::kBound, {}, {}, 0};
  std::vector<solve::Reason> nor_what = {};  // kAnother: must be different as well
  bool any_of_these = false;                 // kCutCycle: each dependency of the cycle does

  friend bool operator==(const Remedy &a, const Remedy &b) {
    return a.kind == b.kind && a.packages == b.packages && a.part == b.part && a.name == b.name &&
           a.version == b.version;
  }
};

// Whether a problem would have a solution with all of these remedies, with some
// of its facts waived.  Asks the solver.  Throws support::LimitReached when that
// takes too long.
bool works(const solve::Problem &problem, const std::vector<Remedy> &remedies,
           const std::set<FactKey> &waived, support::Budget &budget);

// "put bar 1.1 or later on the control path": what to do, as the middle of a
// sentence.
std::string describe(const solve::Problem &problem, const Remedy &remedy);

// Several as one sentence, beginning in upper case, without a full stop.
std::string describe(const solve::Problem &problem, const std::vector<Remedy> &remedies,
                     Joint joint);

}  // namespace extman::explain
