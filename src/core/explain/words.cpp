#include "explain/words.h"

#include "support/translate.h"

#include <algorithm>

namespace extman::explain {

using universe::NameId;
using universe::PackageId;
using universe::RelationId;
using universe::Universe;

std::string join(const std::vector<std::string> &items, Joint joint) {
  if (items.empty()) return {};
  std::string text = items[0];
  for (std::size_t i = 1; i + 1 < items.size(); ++i) text += ", " + items[i];
  if (items.size() == 1) return text;
  // translator: the end of a list; its beginning is separated by commas
  return joint == Joint::kAnd ? tr("%s and %s", text, items.back())
                              // translator: the end of a list, as above
                              : tr("%s or %s", text, items.back());
}

std::string capitalized(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  } else if (text.size() > 1 && text[0] == '\xC3' && static_cast<unsigned char>(text[1]) >= 0xA0 &&
             text[1] != '\xB7' && text[1] != '\xBF') {
    // Letters of Latin-1.
    text[1] = static_cast<char>(static_cast<unsigned char>(text[1]) - 0x20);
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
  // translator: versions, of which those in the middle are left out
  return tr("%s, %s ... %s and %s", versions[0], versions[1], versions[versions.size() - 2],
            versions[versions.size() - 1]);
}

std::string available_versions(const Universe &universe, NameId name) {
  const std::string text = universe.describe(name);
  // translator: a clause, as in: foo 1.0 depends on bar (>= 2), and ...
  return tr_plural("the only version of %s available is %s", "the versions of %s available are %s",
                   universe.versions(name).size(), text, list_versions(universe, name));
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
      // translator: clauses; "it" is a name that other packages may provide
      provisions.push_back(provision.version.is_none()
                               ? tr("%s provides it without a version", universe.describe(id))
                               : tr("%s provides it at version %s", universe.describe(id),
                                    universe.text(provision.version)));
    }
  }
  constexpr std::size_t kShown = 3;
  if (provisions.size() > kShown) {
    std::size_t more = provisions.size() - kShown;
    provisions.resize(kShown);
    provisions.push_back(tr_plural("%s more provides it at another", "%s more provide it at others",
                                   more, std::to_string(more)));
  }
  return provisions;
}

}  // namespace

std::string availability(const Universe &universe, RelationId relation) {
  if (contradicts_itself(universe, relation)) {
    return tr("no version of %s can ever meet that", universe.describe(universe.name(relation)));
  }
  NameId name = universe.name(relation);
  const std::string text = universe.describe(name);
  std::vector<std::string> provisions = list_provisions(universe, name);
  if (!universe.versions(name).empty()) {
    const std::string versions = available_versions(universe, name);
    return provisions.empty() ? versions : tr("%s, and %s", versions, join(provisions));
  }
  // Only stood in for, at a wrong version or at none.
  if (provisions.empty()) return tr("nothing provides %s", text);
  return tr("there is no package %s, but %s", text, join(provisions));
}

}  // namespace extman::explain
