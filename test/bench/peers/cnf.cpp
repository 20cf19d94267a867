#include "peers/cnf.h"

#include <algorithm>
#include <set>
#include <utility>

namespace extman::bench {

Cnf cnf_of(const Catalog &catalog, std::size_t root) {
  Cnf cnf;
  cnf.variables = static_cast<int>(catalog.size());
  const auto literal = [](std::size_t package) { return static_cast<int>(package) + 1; };
  std::set<std::pair<std::size_t, std::size_t>> excluded;
  const auto exclude = [&](std::size_t a, std::size_t b) {
    if (a != b && excluded.insert(std::minmax(a, b)).second) {
      cnf.clauses.push_back({-literal(a), -literal(b)});
    }
  };

  cnf.clauses.push_back({literal(root)});
  for (std::size_t package = 0; package < catalog.size(); ++package) {
    const Entry &entry = catalog[package];
    for (const std::vector<Wanted> &alternatives : entry.depends) {
      std::vector<int> clause{-literal(package)};
      for (const Wanted &wanted : alternatives) {
        for (std::size_t candidate : catalog.candidates(wanted)) {
          const int positive = literal(candidate);
          if (std::find(clause.begin(), clause.end(), positive) == clause.end()) {
            clause.push_back(positive);
          }
        }
      }
      cnf.clauses.push_back(std::move(clause));
    }
    for (const Wanted &wanted : entry.conflicts) {
      for (std::size_t candidate : catalog.candidates(wanted)) exclude(package, candidate);
    }
    for (std::size_t other : catalog.versions(entry.name)) exclude(package, other);
  }
  return cnf;
}

}  // namespace extman::bench
