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

std::string availability(const Universe &universe, RelationId relation) {
  NameId name = universe.name(relation);
  const std::string text = universe.describe(name);
  std::size_t count = universe.versions(name).size();
  if (count == 1) {
    return "the only version of " + text + " available is " + list_versions(universe, name);
  }
  if (count > 1) {
    return "the versions of " + text + " available are " + list_versions(universe, name);
  }

  // Only stood in for, at a wrong version or at none.
  std::vector<std::string> provisions;
  std::vector<PackageId> providers;
  for (PackageId id : universe.providers(name)) {
    for (const universe::Provision &provision : universe.provides(id)) {
      if (provision.name != name) continue;
      provisions.push_back(universe.describe(id) + " provides it " +
                           (provision.version.is_none()
                                ? "without a version"
                                : "at version " + std::string(universe.text(provision.version))));
    }
  }
  if (provisions.empty()) return "nothing provides " + text;
  constexpr std::size_t kShown = 3;
  if (provisions.size() > kShown) {
    std::size_t more = provisions.size() - kShown;
    provisions.resize(kShown);
    provisions.push_back(std::to_string(more) + " more provide it at others");
  }
  return "there is no package " + text + ", but " + join(provisions);
}

}  // namespace extman::explain
