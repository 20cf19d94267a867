// Why a clause is there.  Every clause that the search adds has one, and its
// formula follows from it; p, q are packages, "p" reads "p is there afterwards".
#pragma once

#include "support/no_postgres.h"
#include "universe/universe.h"

#include <cstdint>
#include <vector>

namespace extman::solve {

enum class ReasonKind : std::uint8_t {
  kRequested,      // c1 | … | cn             number: which part of the install request
  kUpgradeWanted,  // c1 | … | cn             number: which part of the upgrade request
  kUninstalled,    // !p                      object p: a version of a name to uninstall
  kNothingNew,     // !p                      object p: an uninstall alone brings no package
  kInstalled,      // p | u1 | … | un         subject p stays, or is upgraded to some u
  kHeld,           // p                       subject p
  kNoUpgradePath,  // !q                      subject is installed, no script leads to object q
  kDepends,        // !p | c1 | … | cn        subject p, number: which of its dependencies
  kConflicts,      // !p | !q                 subject p, number: which of its conflicts, object q
  kOneVersion,     // !p | !q                 subject p, object q: versions of one name
  kClassClash,     // !p | !q                 subject p, object q claim the class of that number
  kCycle,          // !p1 | … | !pn | c1 | …  number: which cycle
  kBound           // only to improve a solution, never part of a refutation of the request
};

struct Reason {
  ReasonKind kind;
  universe::PackageId subject;
  universe::PackageId object;
  std::uint32_t number = 0;
};

// Packages that wait for each other: each needs the next one, by the given
// dependency, and nothing else that was chosen meets it; the last needs the
// first.
struct Cycle {
  struct Member {
    universe::PackageId package;
    std::size_t dependency;
  };
  std::vector<Member> members;
};

}  // namespace extman::solve
