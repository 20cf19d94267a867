#include "explain/words.h"

#include <algorithm>

namespace extman::explain {

using universe::NameId;
using universe::PackageId;
using universe::RelationId;
using universe::Universe;

std::string join(const std::vector<std::string> &items, const char *with_word) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? std::string(" ") + with_word + " " : ", ";
    text += items[i];
  }
  return text;
}

std::string shorten(std::string text, std::size_t length) {
  if (text.size() <= length) return text;
  while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
  while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == ',')) --length;
  text.resize(length);
  return text + " ...";
}

std::string list_versions(const Universe &universe, NameId name) {
  constexpr std::size_t kShown = 6;
  std::vector<std::string> versions;
  for (PackageId id : universe.versions(name)) versions.emplace_back(universe.version(id));
  std::reverse(versions.begin(), versions.end());
  if (versions.size() <= kShown) return join(versions);
  return versions[0] + ", " + versions[1] + " ... " + versions[versions.size() - 2] + " and " +
         versions[versions.size() - 1];
}

std::string available_versions(const Universe &universe, NameId name) {
  const std::string text = universe.describe(name);
  return universe.versions(name).size() == 1
             ? "the only version of " + text + " available is " + list_versions(universe, name)
             : "the versions of " + text + " available are " + list_versions(universe, name);
}

bool contradicts_itself(const Universe &universe, RelationId relation) {
  using version::Operator;
  support::Span<universe::Constraint> constraints = universe.constraints(relation);
  constexpr std::size_t kMost = 50;
  if (constraints.size() > kMost) return false;
  auto is_lower = [](Operator op) {
    return op == Operator::kGreater || op == Operator::kGreaterEqual || op == Operator::kEqual;
  };
  auto is_upper = [](Operator op) {
    return op == Operator::kLess || op == Operator::kLessEqual || op == Operator::kEqual;
  };
  for (const universe::Constraint &lower : constraints) {
    if (!is_lower(lower.op)) continue;
    for (const universe::Constraint &upper : constraints) {
      int order = version::compare(universe.text(lower.version), universe.text(upper.version));
      if (upper.op == Operator::kNotEqual && lower.op == Operator::kEqual && order == 0)
        return true;
      if (!is_upper(upper.op)) continue;
      bool is_strict = lower.op == Operator::kGreater || upper.op == Operator::kLess;
      if (order > 0 || (order == 0 && is_strict)) return true;
    }
  }
  return false;
}

namespace {

// "gis 1.0 provides it at version 2.5"
std::vector<std::string> list_provisions(const Universe &universe, NameId name) {
  std::vector<std::string> provisions;
  for (PackageId id : universe.providers(name)) {
    for (const universe::Provision &provision : universe.provides(id)) {
      if (provision.name != name) continue;
      provisions.push_back(universe.describe(id) + " provides it " +
                           (provision.version.is_none()
                                ? "without a version"
                                : "at version " + std::string(universe.text(provision.version))));
    }
  }
  constexpr std::size_t kShown = 3;
  if (provisions.size() > kShown) {
    std::size_t more = provisions.size() - kShown;
    provisions.resize(kShown);
    provisions.push_back(std::to_string(more) + " more provide it at others");
  }
  return provisions;
}

}  // namespace

std::string availability(const Universe &universe, RelationId relation) {
  if (contradicts_itself(universe, relation)) {
    return "no version of " + universe.describe(universe.name(relation)) + " can ever meet that";
  }
  NameId name = universe.name(relation);
  const std::string text = universe.describe(name);
  std::vector<std::string> provisions = list_provisions(universe, name);
  if (!universe.versions(name).empty()) {
    const std::string versions = available_versions(universe, name);
    return provisions.empty() ? versions : versions + ", and " + join(provisions);
  }
  // Only stood in for, at a wrong version or at none.
  if (provisions.empty()) return "nothing provides " + text;
  return "there is no package " + text + ", but " + join(provisions);
}

}  // namespace extman::explain
