// The order of versions: exactly that of dpkg --compare-versions (Debian
// Policy, section 5.6.12): epoch, upstream version, revision.
#pragma once

#include "support/no_postgres.h"

#include <string>
#include <string_view>
#include <vector>

namespace extman::version {

// Throws support::BadInput unless dpkg would take the text for a version,
// or would take it with a warning (abc, 1.0_1).  The message says what is wrong.
void check(std::string_view version);

// -1, 0 or 1.  Total over any text: what check() refuses (only the server's
// catalogs can hold such a version) is ordered as an upstream part alone.
// Equal does not mean the same text: 1.0, 1.00, 0:1.0 and 1.0-0 are equal.
int compare(std::string_view a, std::string_view b) noexcept;

enum class Operator { kLess, kLessEqual, kEqual, kGreaterEqual, kGreater, kNotEqual };

struct Constraint {
  Operator op;
  std::string version;
};

bool satisfies(std::string_view version, Operator op, std::string_view bound) noexcept;
bool satisfies(std::string_view version, const Constraint &constraint) noexcept;
bool satisfies(std::string_view version, const std::vector<Constraint> &constraints) noexcept;

// "<", "<=", "=", ">=", ">", "!=": one spelling for each.
std::string_view to_string(Operator op) noexcept;
// ">= 1.1"
std::string to_string(const Constraint &constraint);

}  // namespace extman::version
