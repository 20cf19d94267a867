#include "version/version.h"

#include <algorithm>

namespace extman::version {

bool satisfies(std::string_view version, Operator op, std::string_view bound) noexcept {
  const int order = compare(version, bound);
  switch (op) {
    case Operator::kLess:
      return order < 0;
    case Operator::kLessEqual:
      return order <= 0;
    case Operator::kEqual:
      return order == 0;
    case Operator::kGreaterEqual:
      return order >= 0;
    case Operator::kGreater:
      return order > 0;
    case Operator::kNotEqual:
      return order != 0;
  }
  return false;
}

bool satisfies(std::string_view version, const Constraint &constraint) noexcept {
  return satisfies(version, constraint.op, constraint.version);
}

bool satisfies(std::string_view version, const std::vector<Constraint> &constraints) noexcept {
  return std::all_of(constraints.begin(), constraints.end(),
                     [version](const Constraint &one) { return satisfies(version, one); });
}

std::string_view to_string(Operator op) noexcept {
  switch (op) {
    case Operator::kLess:
      return "<";
    case Operator::kLessEqual:
      return "<=";
    case Operator::kEqual:
      return "=";
    case Operator::kGreaterEqual:
      return ">=";
    case Operator::kGreater:
      return ">";
    case Operator::kNotEqual:
      return "!=";
  }
  return "?";
}

std::string to_string(const Constraint &constraint) {
  std::string text(to_string(constraint.op));
  text += ' ';
  text += constraint.version;
  return text;
}

}  // namespace extman::version
