#include "groups/sample.h"
#include "hard/instance.h"

#include <utility>

namespace extman::bench {

namespace {

constexpr std::size_t kVersions = 4;
// So many of ten packages, together; found by trying, with about half of the
// seeds on either side.
constexpr std::size_t kDependsOfTen = 30;
constexpr std::size_t kConflictsOfTen = 17;

class Maker {
 public:
  Maker(std::size_t names, std::uint64_t seed) : names_(names), random_(seed) {}

  Entry package(std::size_t name, std::size_t version) {
    Entry entry;
    entry.name = text_of(name);
    entry.version = std::to_string(version);
    for (std::size_t i = count(kDependsOfTen); i > 0; --i) {
      entry.depends.push_back({wanted(), wanted(), wanted()});
    }
    for (std::size_t i = count(kConflictsOfTen); i > 0; --i) entry.conflicts.push_back(wanted());
    if (random_.below(8) == 0) {
      entry.provides.push_back({"virtual" + std::to_string(random_.below(names_ / 8 + 1)), "", ""});
    }
    return entry;
  }

  Entry root() {
    Entry entry;
    entry.name = "root";
    entry.version = "1";
    for (std::size_t i = 0; i < names_ / 4; ++i) entry.depends.push_back({{name(), "", ""}});
    return entry;
  }

 private:
  static std::string text_of(std::size_t name) { return "p" + std::to_string(name); }
  // That many of ten, in the mean: the whole tens always, what is left by chance.
  std::size_t count(std::size_t of_ten) {
    return of_ten / 10 + (random_.below(10) < of_ten % 10 ? 1 : 0);
  }

  std::string name() { return text_of(random_.below(names_)); }

  // Mostly one version, or those from it on, or those up to it.
  Wanted wanted() {
    static const char *const kOperators[] = {"=", "=", ">=", "<<"};
    if (random_.below(16) == 0) {
      return {"virtual" + std::to_string(random_.below(names_ / 8 + 1)), "", ""};
    }
    const std::size_t kind = random_.below(4);
    // Below the oldest version there is none.
    const std::size_t oldest = kind == 3 ? 2 : 1;
    const std::size_t version = oldest + random_.below(kVersions + 1 - oldest);
    return {name(), kOperators[kind], std::to_string(version)};
  }

  std::size_t names_;
  Random random_;
};

}  // namespace

Instance random_universe(std::size_t names, std::uint64_t seed) {
  Instance instance;
  instance.name = "random-" + std::to_string(names) + "-" + std::to_string(seed);
  Maker maker(names, seed);
  for (std::size_t name = 0; name < names; ++name) {
    for (std::size_t version = 1; version <= kVersions; ++version) {
      instance.catalog.add(maker.package(name, version));
    }
  }
  instance.catalog.add(maker.root());
  return instance;
}

}  // namespace extman::bench
