// The order of Debian's versions, written down once more after the words of
// Debian Policy, section 5.6.12: what checks the core must not share its code.
#pragma once

#include <string>

namespace extman::bench {

// Below 0, 0 or above 0.
int compare_by_policy(const std::string &a, const std::string &b);

// Whether the version stands in that relation ("<<", "<=", "=", ">=", ">>") to
// the other one.
bool holds_by_policy(const std::string &version, const std::string &op, const std::string &other);

}  // namespace extman::bench
