#include "solve/random_universe.h"

#include "problem/case_file.h"
#include "version/version.h"

#include <algorithm>
#include <set>
#include <utility>

namespace extman::test {

namespace {

const char *const kNames[] = {"a", "b", "c", "d", "e"};
const char *const kVirtual[] = {"v", "w"};
const char *const kVersions[] = {"1", "1.0~rc1", "2", "2-1", "3"};
// What relations and scripts say; some are equal to those above.
const char *const kSpellings[] = {"1", "1.0~rc1", "2", "2-1", "3", "01", "2-0", "0:3", "1.5"};

using version::Operator;

class Maker {
 public:
  explicit Maker(const std::function<std::uint32_t()> &numbers)
      : random_(numbers), names_(2 + below(4)) {}

  Problem run() {
    add_packages();
    if (problem_.packages.size() > 1 && one_in(4)) add_ring();
    add_installed();
    if (!problem_.installed.empty()) {
      add_needs();
      add_upgrades();
    }
    add_request();
    problem_.allow_cycles = one_in(3);
    return std::move(problem_);
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class T, std::size_t N>
  T any(T (&list)[N]) {
    return list[below(N)];
  }

  std::vector<version::Constraint> constraints(std::size_t most) {
    static const Operator kOperators[] = {Operator::kLess,    Operator::kLessEqual,
                                          Operator::kEqual,   Operator::kGreaterEqual,
                                          Operator::kGreater, Operator::kNotEqual};
    std::vector<version::Constraint> list;
    while (list.size() < most && one_in(2)) list.push_back({any(kOperators), any(kSpellings)});
    return list;
  }

  control::Relation relation() {
    const char *name = one_in(5) ? any(kVirtual) : kNames[below(names_)];
    return {name, constraints(2)};
  }

  control::Alternatives alternatives() {
    control::Alternatives list{relation()};
    while (one_in(3)) list.push_back(relation());
    return list;
  }

  control::Provision provision() {
    control::Provision result;
    result.name = one_in(6) ? kNames[below(names_)] : any(kVirtual);
    if (one_in(2)) result.version = any(kSpellings);
    return result;
  }

  void add_packages() {
    const std::size_t count = 1 + below(11);
    std::set<std::pair<std::string, std::string>> taken;
    for (std::size_t i = 0; i < count; ++i) {
      control::ControlFile package;
      package.name = kNames[below(names_)];
      package.version = any(kVersions);
      if (!taken.emplace(package.name, *package.version).second) continue;
      while (one_in(2)) package.depends.push_back(alternatives());
      while (one_in(4)) package.conflicts.push_back(relation());
      while (one_in(4)) package.provides.push_back(provision());
      if (one_in(8)) package.classes.push_back(one_in(4) ? "other" : "shared");
      if (one_in(16)) package.classes.push_back("third");
      problem_.packages.push_back(std::move(package));
    }
  }

  // Two that wait for each other, if nothing else will do.
  void add_ring() {
    control::ControlFile &one = any_package();
    control::ControlFile &other = any_package();
    one.depends.push_back({{other.name, {}}});
    other.depends.push_back({{one.name, {}}});
    if (one_in(3)) other.depends.back().push_back(relation());
  }

  control::ControlFile &any_package() { return problem_.packages[below(problem_.packages.size())]; }

  // Nothing, some or most names; what is there fits together in every other one.
  void add_installed() {
    const std::size_t rare = below(3);
    if (rare == 0) return;
    const bool fitting = one_in(2);
    std::set<std::string> present;
    for (std::size_t i = 0; i < problem_.packages.size(); ++i) {
      if (!one_in(rare) || present.count(problem_.packages[i].name) != 0) continue;
      if (fitting && !fits(i)) continue;
      present.insert(problem_.packages[i].name);
      problem_.installed.push_back(i);
      problem_.held.push_back(static_cast<char>(one_in(6)));
    }
  }

  // With what is installed before it; so no dependency on what is behind.
  bool fits(std::size_t package) const {
    const auto &depends = problem_.packages[package].depends;
    return std::all_of(depends.begin(), depends.end(), [&](const control::Alternatives &part) {
      return std::any_of(part.begin(), part.end(), [&](const control::Relation &relation) {
        return std::any_of(problem_.installed.begin(), problem_.installed.end(), [&](auto i) {
          const control::ControlFile &other = problem_.packages[i];
          return other.name == relation.name &&
                 version::satisfies(*other.version, relation.constraints);
        });
      });
    });
  }

  // What is installed needs what else is, and some others want it at another
  // version.
  void add_needs() {
    for (std::size_t i : problem_.installed) {
      if (one_in(2)) continue;
      const control::ControlFile &other = any_installed();
      problem_.packages[i].depends.push_back({{other.name, {}}});
      if (one_in(3)) problem_.packages[i].depends.back().push_back(relation());
    }
    while (!one_in(3)) {
      control::ControlFile &package = any_package();
      const control::ControlFile &other = any_installed();
      if (package.name == other.name) continue;
      package.depends.push_back({{other.name, {{Operator::kNotEqual, *other.version}}}});
    }
  }

  control::ControlFile &any_installed() {
    return problem_.packages[problem_.installed[below(problem_.installed.size())]];
  }

  void add_upgrades() {
    const std::size_t rare = 1 + below(2);
    for (const control::ControlFile &from : problem_.packages) {
      for (const control::ControlFile &to : problem_.packages) {
        if (from.name != to.name || *from.version == *to.version || !one_in(rare)) continue;
        if (one_in(6)) {  // by way of a version that has no package
          problem_.upgrades.push_back({from.name, *from.version, "2.5"});
          problem_.upgrades.push_back({from.name, "2.5", *to.version});
        } else {
          const bool spelled = *from.version == "1" && one_in(2);
          problem_.upgrades.push_back({from.name, spelled ? "01" : *from.version, *to.version});
        }
      }
    }
  }

  // The name of something installed, in most cases.
  std::string present() {
    if (problem_.installed.empty() || one_in(25)) return kNames[below(names_)];
    return any_installed().name;
  }

  // What there is, in most cases.
  control::Alternatives wanted() {
    control::Alternatives part = alternatives();
    if (!problem_.packages.empty() && !one_in(8)) part.front().name = any_package().name;
    return part;
  }

  void add_request() {
    plan::Question &question = problem_.question;
    const std::size_t kind = problem_.installed.empty() && !one_in(20) ? 0 : below(16);
    const bool installs = kind < 6 || kind == 8 || kind == 9 || kind == 14 || kind == 15;
    const bool uninstalls = kind >= 6 && kind < 10;
    const bool upgrades = kind >= 10 || kind == 9;
    if (installs) {
      do question.install.push_back(wanted());
      while (one_in(2));
    }
    if (uninstalls) {
      do question.uninstall.push_back({{present(), one_in(8) ? constraints(1) : Constraints()}});
      while (one_in(4));
      question.cascade = one_in(2);
    }
    if (upgrades && one_in(3)) question.upgrade_all = true;
    if (upgrades && !question.upgrade_all) {
      do question.upgrade.push_back({{present(), constraints(1)}});
      while (one_in(3));
    }
  }

  using Constraints = std::vector<version::Constraint>;

  const std::function<std::uint32_t()> &random_;
  std::size_t names_;
  Problem problem_;
};

}  // namespace

RandomProblem random_problem(const std::function<std::uint32_t()> &numbers) {
  return Maker(numbers).run();
}

RandomProblem random_problem(std::mt19937 &random) {
  return random_problem([&] { return static_cast<std::uint32_t>(random()); });
}

std::string describe(const RandomProblem &problem) { return to_string(case_of(problem)); }

}  // namespace extman::test
