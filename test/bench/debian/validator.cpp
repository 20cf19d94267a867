#include "debian/validator.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace extman::bench {

namespace {

std::string text_of(const Wanted &wanted) {
  return wanted.op.empty() ? wanted.name
                           : wanted.name + " (" + wanted.op + " " + wanted.version + ")";
}

// What is there, by every name that it has or provides.
using Present = std::unordered_map<std::string, std::vector<std::size_t>>;

bool is_met(const Catalog &catalog, const Present &present, const Wanted &wanted,
            std::size_t except = Catalog::kNone) {
  const auto named = present.find(wanted.name);
  if (named == present.end()) return false;
  return std::any_of(named->second.begin(), named->second.end(), [&](std::size_t index) {
    return index != except && catalog.meets(index, wanted);
  });
}

}  // namespace

std::string fault_of(const Catalog &catalog, const std::vector<std::size_t> &chosen,
                     const std::vector<Wanted> &asked) {
  Present present;
  std::unordered_set<std::string> names;
  for (std::size_t index : chosen) {
    const Entry &entry = catalog[index];
    if (!names.insert(entry.name).second) return entry.name + " is there twice";
    present[entry.name].push_back(index);
    for (const Wanted &provided : entry.provides) present[provided.name].push_back(index);
  }
  for (const Wanted &wanted : asked) {
    if (!is_met(catalog, present, wanted)) return text_of(wanted) + " was asked for";
  }
  for (std::size_t index : chosen) {
    for (const std::vector<Wanted> &clause : catalog[index].depends) {
      const bool met = std::any_of(clause.begin(), clause.end(), [&](const Wanted &wanted) {
        return is_met(catalog, present, wanted);
      });
      if (!met) return catalog.describe(index) + " lacks " + text_of(clause.front());
    }
    for (const Wanted &wanted : catalog[index].conflicts) {
      if (is_met(catalog, present, wanted, index)) {
        return catalog.describe(index) + " conflicts with " + text_of(wanted);
      }
    }
  }
  return {};
}

}  // namespace extman::bench
