// Pieces of sentences about packages and what they declare.
#pragma once

#include "solve/problem.h"
#include "solve/reason.h"
#include "support/no_postgres.h"
#include "universe/universe.h"

#include <string>
#include <vector>

namespace extman::explain {

// Some versions of names, oldest first: "bar 1.0 and bar 1.2", "every version of
// bar from 1.0 to 1.4" where no version in between is missing.
struct Subjects {
  std::string text;
  std::size_t count = 0;                            // for the verb
  std::vector<universe::PackageId> said_installed;  // with the word "(installed)"
};
Subjects subjects(const solve::Problem &problem, std::vector<universe::PackageId> packages);

// Whether a text begins with "every version of", in whatever language.
bool begins_with_every(const std::string &text);

// "foo 1.0 depends on bar".
std::string depends_on(const Subjects &who, const std::string &what);

// "bar 1.0 (installed)" or just "bar 1.0".
std::string with_state(const solve::Problem &problem, universe::PackageId id);

// As the control file has it, unless that is too much to read.
std::string text_of(const universe::Universe &universe, universe::DependencyId dependency);

// Of a dependency that nothing meets: ", and the only version of bar available
// is 1.0".
std::string unmet(const universe::Universe &universe, universe::DependencyId dependency);

// ", which only bar 1.1 meets", ", which only gis 1.0 provides"; empty where the
// relation says so itself.
std::string met_by(const universe::Universe &universe, universe::DependencyId dependency);

// "a 1.0 depends on b, which depends on a": of cycles by the same dependencies,
// with all versions that are in them.
std::string describe_cycles(const solve::Problem &problem, const std::vector<solve::Cycle> &cycles);

}  // namespace extman::explain
