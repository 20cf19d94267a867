// Relations, the elements of depends, conflicts, provides and of requests, in
// the syntax of Debian's control files (Debian Policy, chapter 7), but with
// "<" and ">" read strictly.
#pragma once

#include "control/name.h"
#include "support/no_postgres.h"
#include "version/version.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace extman::control {

// bar (>= 1.1, < 2): all of the constraints hold.
struct Relation {
  std::string name;
  std::vector<version::Constraint> constraints;
};

// a | b (>= 2): from left to right, the order of preference.  Never empty.
using Alternatives = std::vector<Relation>;

// provides = spatial (= 3.0), geometry
struct Provision {
  std::string name;
  std::optional<std::string> version;
};

// What pg_extension_install and its kind take: the grammar of depends.  Empty
// text, or nothing but white space, is an error.
std::vector<Alternatives> parse_request(std::string_view text);

// The values of depends, conflicts and provides, when they stand alone.  Empty
// text is an error, as above.
std::vector<Alternatives> parse_depends(std::string_view text, NameRule rule);
std::vector<Relation> parse_conflicts(std::string_view text, NameRule rule);
std::vector<Provision> parse_provides(std::string_view text, NameRule rule);

// What stands between the parentheses of a relation: ">= 1.1, < 2".
std::vector<version::Constraint> parse_constraints(std::string_view text);

// The canonical spelling: "bar (>= 1.1, < 2)", "a | b (>= 2)".
std::string to_string(const Relation &relation);
std::string to_string(const Alternatives &alternatives);
std::string to_string(const std::vector<Alternatives> &relations);
std::string to_string(const Provision &provision);
std::string to_string(const std::vector<Provision> &provisions);

// "bla (< 0.8), old".  Not to_string: a list of conflicts has the same type as
// alternatives, which are joined by "|".
std::string conflicts_to_string(const std::vector<Relation> &conflicts);

}  // namespace extman::control
