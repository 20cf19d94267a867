#include "random/large_problem.h"

#include "groups/sample.h"
#include "problem/ask.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace extman::bench {

namespace {

class Maker {
 public:
  explicit Maker(std::uint64_t seed)
      : random_(seed),
        names_(40 + random_.below(160)),
        depends_of_ten_(8 + random_.below(20)),
        conflicts_of_ten_(2 + random_.below(8)) {}

  test::Problem run() {
    problem_.allow_cycles = true;
    for (std::size_t name = 0; name < names_; ++name) {
      const std::size_t versions = 1 + random_.below(4);
      for (std::size_t version = 1; version <= versions; ++version) add_package(name, version);
    }
    if (!one_in(4)) add_installed();
    add_request();
    return std::move(problem_);
  }

 private:
  bool one_in(std::size_t n) { return random_.below(n) == 0; }
  std::string any_name() { return "p" + std::to_string(random_.below(names_)); }
  std::string any_virtual() { return "v" + std::to_string(random_.below(names_ / 8 + 1)); }
  std::string any_version() { return std::to_string(1 + random_.below(4)); }
  // That many of ten, in the mean: the whole tens always, what is left by chance.
  std::size_t count(std::size_t of_ten) {
    return of_ten / 10 + (random_.below(10) < of_ten % 10 ? 1 : 0);
  }

  const control::ControlFile &any_package() {
    return problem_.packages[random_.below(problem_.packages.size())];
  }

  control::Relation relation() {
    using version::Operator;
    static const Operator kOperators[] = {Operator::kLess, Operator::kLessEqual, Operator::kEqual,
                                          Operator::kGreaterEqual, Operator::kGreater};
    control::Relation result;
    result.name = one_in(10) ? any_virtual() : any_name();
    if (one_in(2)) result.constraints.push_back({kOperators[random_.below(5)], any_version()});
    return result;
  }

  control::Alternatives alternatives() {
    control::Alternatives part{relation()};
    while (part.size() < 4 && one_in(2)) part.push_back(relation());
    return part;
  }

  void add_package(std::size_t name, std::size_t version) {
    control::ControlFile package;
    package.name = "p" + std::to_string(name);
    package.version = std::to_string(version);
    for (std::size_t i = count(depends_of_ten_); i > 0; --i) {
      package.depends.push_back(alternatives());
    }
    for (std::size_t i = count(conflicts_of_ten_); i > 0; --i) {
      package.conflicts.push_back(relation());
    }
    while (one_in(4)) {
      control::Provision provision{one_in(8) ? any_name() : any_virtual(), {}};
      if (one_in(2)) provision.version = any_version();
      package.provides.push_back(provision);
    }
    problem_.packages.push_back(std::move(package));
  }

  // Any versions of any packages, as many as there can be together.
  void add_installed() {
    test::Problem before = problem_;
    auto &wanted = before.question.install;
    test::Selection there;
    for (std::size_t i = 1 + random_.below(10); i > 0; --i) {
      const control::ControlFile &package = any_package();
      wanted.push_back({{package.name, {{version::Operator::kEqual, *package.version}}}});
      test::Outcome outcome = test::ask(before);
      if (outcome.has_plan()) {
        there = std::move(outcome.after);
      } else {
        wanted.pop_back();
      }
    }
    const std::size_t rarely_held = 3 + random_.below(20);
    std::set<std::string> present;
    for (std::size_t i : there) {
      problem_.installed.push_back(i);
      problem_.held.push_back(static_cast<char>(one_in(rarely_held)));
      present.insert(problem_.packages[i].name);
    }
    for (const control::ControlFile &from : problem_.packages) {
      if (present.count(from.name) == 0) continue;
      for (const control::ControlFile &to : problem_.packages) {
        if (from.name == to.name && *from.version != *to.version) {
          problem_.upgrades.push_back({from.name, *from.version, *to.version});
        }
      }
    }
  }

  void add_request() {
    const bool removes = !problem_.installed.empty() && one_in(3);
    if (removes) {
      for (std::size_t i = 1 + random_.below(2); i > 0; --i) {
        const std::size_t which = random_.below(problem_.installed.size());
        if (problem_.held[which] != 0) continue;  // it stays, for libsolv it would go
        const std::string &name = problem_.packages[problem_.installed[which]].name;
        problem_.question.uninstall.push_back({{name, {}}});
      }
    }
    if (!problem_.question.uninstall.empty() && one_in(4)) return;
    for (std::size_t i = 1 + std::min(random_.below(5), random_.below(5)); i > 0; --i) {
      control::Alternatives part = alternatives();
      part.front().name = any_package().name;
      // A certain version of what is installed, in most cases another one.
      if (!problem_.installed.empty() && one_in(3)) {
        const std::string &name = problem_.packages[any_installed()].name;
        part = {{name, {{version::Operator::kEqual, any_version()}}}};
      }
      problem_.question.install.push_back(part);
    }
  }

  std::size_t any_installed() {
    return problem_.installed[random_.below(problem_.installed.size())];
  }

  Random random_;
  std::size_t names_;
  std::size_t depends_of_ten_;
  std::size_t conflicts_of_ten_;
  test::Problem problem_;
};

}  // namespace

test::Problem large_problem(std::uint64_t seed) { return Maker(seed).run(); }

}  // namespace extman::bench
