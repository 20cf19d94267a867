// 3-SAT, queens, pigeonhole.
#include "groups/sample.h"
#include "hard/instance.h"

#include <cmath>
#include <set>
#include <utility>

namespace extman::bench {

namespace {

std::string numbered(const char *what, std::size_t number) { return what + std::to_string(number); }

Wanted exactly(std::string name, std::size_t version) {
  return {std::move(name), "=", std::to_string(version)};
}

// A package that needs all of these, at any version.
Entry root_of(const char *what, std::size_t count) {
  Entry root;
  root.name = "root";
  root.version = "1";
  for (std::size_t i = 0; i < count; ++i) root.depends.push_back({{numbered(what, i), "", ""}});
  return root;
}

}  // namespace

Instance three_sat(std::size_t variables, std::uint64_t seed) {
  Instance instance;
  instance.name = "3-sat-" + std::to_string(variables) + "-" + std::to_string(seed);
  for (std::size_t i = 0; i < variables; ++i) {
    for (const char *version : {"1", "2"}) {
      Entry variable;
      variable.name = numbered("x", i);
      variable.version = version;
      instance.catalog.add(std::move(variable));
    }
  }
  const auto clauses = static_cast<std::size_t>(std::lround(4.26 * static_cast<double>(variables)));
  Random random(seed);
  for (std::size_t i = 0; i < clauses; ++i) {
    std::set<std::size_t> chosen;
    while (chosen.size() < 3) chosen.insert(random.below(variables));
    Entry clause;
    clause.name = numbered("clause", i);
    clause.version = "1";
    clause.depends.emplace_back();
    for (std::size_t variable : chosen) {
      clause.depends.back().push_back(exactly(numbered("x", variable), 1 + random.below(2)));
    }
    instance.catalog.add(std::move(clause));
  }
  instance.catalog.add(root_of("clause", clauses));
  return instance;
}

Instance queens(std::size_t size) {
  Instance instance;
  instance.name = "queens-" + std::to_string(size);
  for (std::size_t row = 0; row < size; ++row) {
    for (std::size_t column = 1; column <= size; ++column) {
      Entry queen;
      queen.name = numbered("row", row);
      queen.version = std::to_string(column);
      for (std::size_t other = row + 1; other < size; ++other) {
        const std::size_t distance = other - row;
        const std::string name = numbered("row", other);
        queen.conflicts.push_back(exactly(name, column));
        if (column > distance) queen.conflicts.push_back(exactly(name, column - distance));
        if (column + distance <= size) queen.conflicts.push_back(exactly(name, column + distance));
      }
      instance.catalog.add(std::move(queen));
    }
  }
  instance.catalog.add(root_of("row", size));
  return instance;
}

Instance pigeonhole(std::size_t holes) {
  Instance instance;
  instance.name = "pigeonhole-" + std::to_string(holes);
  for (std::size_t pigeon = 0; pigeon <= holes; ++pigeon) {
    for (std::size_t hole = 1; hole <= holes; ++hole) {
      Entry sits;
      sits.name = numbered("pigeon", pigeon);
      sits.version = std::to_string(hole);
      for (std::size_t other = pigeon + 1; other <= holes; ++other) {
        sits.conflicts.push_back(exactly(numbered("pigeon", other), hole));
      }
      instance.catalog.add(std::move(sits));
    }
  }
  instance.catalog.add(root_of("pigeon", holes + 1));
  return instance;
}

}  // namespace extman::bench
