#include "random_universe.h"

#include "version/version.h"

#include <algorithm>
#include <map>

namespace extman::test {

namespace {

std::size_t below(std::mt19937 &random, std::size_t limit) { return random() % limit; }

bool one_in(std::mt19937 &random, std::size_t n) { return below(random, n) == 0; }

const char *const kNames[] = {"a", "b", "c", "d", "e"};
const char *const kVirtual[] = {"v", "w"};
const char *const kVersions[] = {"1", "1.0~rc1", "2", "2-1", "3"};

control::Relation random_relation(std::mt19937 &random, std::size_t names) {
  using version::Operator;
  static const Operator kOperators[] = {Operator::kLess,    Operator::kLessEqual,
                                        Operator::kEqual,   Operator::kGreaterEqual,
                                        Operator::kGreater, Operator::kNotEqual};
  control::Relation relation;
  relation.name = one_in(random, 5) ? kVirtual[below(random, 2)] : kNames[below(random, names)];
  while (one_in(random, 2) && relation.constraints.size() < 2) {
    relation.constraints.push_back({kOperators[below(random, 6)], kVersions[below(random, 5)]});
  }
  return relation;
}

control::Alternatives random_alternatives(std::mt19937 &random, std::size_t names) {
  control::Alternatives alternatives{random_relation(random, names)};
  while (one_in(random, 3)) alternatives.push_back(random_relation(random, names));
  return alternatives;
}

bool meets(const control::ControlFile &package, const control::Relation &relation) {
  if (package.name == relation.name && version::satisfies(*package.version, relation.constraints)) {
    return true;
  }
  for (const control::Provision &provision : package.provides) {
    if (provision.name != relation.name) continue;
    if (relation.constraints.empty()) return true;
    if (provision.version && version::satisfies(*provision.version, relation.constraints)) {
      return true;
    }
  }
  return false;
}

class Judge {
 public:
  Judge(const RandomProblem &problem, const Selection &selection)
      : problem_(problem),
        selection_(selection),
        installed_(problem.installed.begin(), problem.installed.end()) {}

  bool valid() const {
    return one_version_each() && request_is_met() && installed_are_kept() && dependencies_hold() &&
           nothing_conflicts() && has_an_order();
  }

 private:
  const control::ControlFile &package(std::size_t i) const { return problem_.packages[i]; }

  bool met(const control::Alternatives &alternatives, const Selection &by) const {
    return std::any_of(alternatives.begin(), alternatives.end(), [&](const auto &relation) {
      return std::any_of(by.begin(), by.end(),
                         [&](std::size_t i) { return meets(package(i), relation); });
    });
  }

  bool one_version_each() const {
    std::set<std::string> names;
    return std::all_of(selection_.begin(), selection_.end(),
                       [&](std::size_t i) { return names.insert(package(i).name).second; });
  }

  const control::ControlFile *selected(const std::string &name) const {
    for (std::size_t i : selection_) {
      if (package(i).name == name) return &package(i);
    }
    return nullptr;
  }

  bool is_going(const std::string &name) const {
    for (const auto &part : problem_.question.uninstall) {
      if (part.front().name == name) return true;
    }
    return false;
  }

  bool request_is_met() const {
    if (problem_.question.install.empty() && !std::includes(installed_.begin(), installed_.end(),
                                                            selection_.begin(), selection_.end())) {
      return false;  // an uninstall alone brings nothing new
    }
    for (const auto &part : problem_.question.install) {
      if (!met(part, selection_)) return false;
    }
    for (const auto &part : problem_.question.uninstall) {
      if (selected(part.front().name) != nullptr) return false;
    }
    return true;
  }

  bool reachable(const control::ControlFile &from, const control::ControlFile &to) const {
    std::vector<std::string> known{*from.version};
    for (std::size_t head = 0; head < known.size(); ++head) {
      if (version::compare(known[head], *to.version) == 0) return true;
      for (const auto &upgrade : problem_.upgrades) {
        if (upgrade.name == from.name && version::compare(upgrade.from, known[head]) == 0 &&
            std::find(known.begin(), known.end(), upgrade.to) == known.end()) {
          known.push_back(upgrade.to);
        }
      }
    }
    return false;
  }

  bool installed_are_kept() const {
    for (std::size_t i = 0; i < problem_.installed.size(); ++i) {
      const control::ControlFile &old = package(problem_.installed[i]);
      if (is_going(old.name)) continue;
      const control::ControlFile *now = selected(old.name);
      if (now == nullptr || !reachable(old, *now)) return false;
      if (problem_.held[i] && now != &old) return false;
    }
    return true;
  }

  bool dependencies_hold() const {
    for (std::size_t i : selection_) {
      for (const auto &alternatives : package(i).depends) {
        if (met(alternatives, selection_)) continue;
        bool broken_before = installed_.count(i) != 0 && !met(alternatives, installed_);
        if (!broken_before) return false;
      }
    }
    return true;
  }

  bool nothing_conflicts() const {
    for (std::size_t i : selection_) {
      for (std::size_t j : selection_) {
        if (i == j || (installed_.count(i) != 0 && installed_.count(j) != 0)) continue;
        for (const auto &relation : package(i).conflicts) {
          if (meets(package(j), relation)) return false;
        }
        for (const auto &name : package(i).classes) {
          const auto &others = package(j).classes;
          if (std::find(others.begin(), others.end(), name) != others.end()) return false;
        }
      }
    }
    return true;
  }

  // New packages one after the other, each when its dependencies are met.
  bool has_an_order() const {
    Selection there;
    for (std::size_t i : selection_) {
      if (installed_.count(i) != 0) there.insert(i);
    }
    for (bool progress = true; progress && there.size() < selection_.size();) {
      progress = false;
      for (std::size_t i : selection_) {
        if (there.count(i) != 0) continue;
        Selection with_itself = there;
        with_itself.insert(i);
        bool ready = std::all_of(package(i).depends.begin(), package(i).depends.end(),
                                 [&](const auto &part) { return met(part, with_itself); });
        if (ready) {
          there.insert(i);
          progress = true;
        }
      }
    }
    return there.size() == selection_.size();
  }

  const RandomProblem &problem_;
  const Selection &selection_;
  Selection installed_;
};

}  // namespace

RandomProblem random_problem(std::mt19937 &random) {
  RandomProblem problem;
  std::size_t names = 2 + below(random, 4);
  std::size_t count = 1 + below(random, 10);
  std::set<std::pair<std::string, std::string>> taken;
  for (std::size_t i = 0; i < count; ++i) {
    control::ControlFile package;
    package.name = kNames[below(random, names)];
    package.version = kVersions[below(random, 5)];
    if (!taken.emplace(package.name, *package.version).second) continue;
    while (one_in(random, 2)) package.depends.push_back(random_alternatives(random, names));
    while (one_in(random, 4)) package.conflicts.push_back(random_relation(random, names));
    while (one_in(random, 4)) {
      control::Provision provision;
      provision.name =
          one_in(random, 6) ? kNames[below(random, names)] : kVirtual[below(random, 2)];
      if (one_in(random, 2)) provision.version = kVersions[below(random, 5)];
      package.provides.push_back(provision);
    }
    if (one_in(random, 8)) package.classes.push_back("shared");
    problem.packages.push_back(package);
  }
  // Every other universe has much installed, and ways to change it.
  std::size_t rare = one_in(random, 2) ? 3 : 1;
  std::set<std::string> present;
  for (std::size_t i = 0; i < problem.packages.size(); ++i) {
    const control::ControlFile &package = problem.packages[i];
    if (one_in(random, rare) && present.insert(package.name).second) {
      problem.installed.push_back(i);
      problem.held.push_back(one_in(random, 2 + 2 * rare * rare));
    }
    for (const control::ControlFile &other : problem.packages) {
      if (other.name == package.name && *other.version != *package.version &&
          one_in(random, rare + 1)) {
        problem.upgrades.push_back({package.name, *package.version, *other.version});
      }
    }
  }
  std::size_t wanted = 1 + below(random, 2);
  for (std::size_t i = 0; i < wanted; ++i) {
    problem.question.install.push_back(random_alternatives(random, names));
  }
  if (!problem.installed.empty() && one_in(random, 4)) {
    const auto &gone = problem.packages[problem.installed[below(random, problem.installed.size())]];
    problem.question.uninstall.push_back({control::Relation{gone.name, {}}});
    if (one_in(random, 2)) problem.question.install.clear();
  }
  return problem;
}

std::string describe(const RandomProblem &problem) {
  std::string text;
  for (std::size_t i = 0; i < problem.packages.size(); ++i) {
    const control::ControlFile &package = problem.packages[i];
    text += "== package " + package.name + " " + *package.version + "\n";
    auto line = [&](const char *key, const std::string &value) {
      if (!value.empty()) text += std::string(key) + " = " + value + "\n";
    };
    line("depends", control::to_string(package.depends));
    line("conflicts", control::conflicts_to_string(package.conflicts));
    line("provides", control::to_string(package.provides));
    if (!package.classes.empty()) text += "custom_variable_classes = shared\n";
  }
  for (const auto &upgrade : problem.upgrades) {
    text += "== upgrade " + upgrade.name + " " + upgrade.from + " " + upgrade.to + "\n";
  }
  for (std::size_t i = 0; i < problem.installed.size(); ++i) {
    const control::ControlFile &package = problem.packages[problem.installed[i]];
    text += "== installed " + package.name + " " + *package.version;
    text += problem.held[i] ? " held\n" : "\n";
  }
  if (!problem.question.install.empty()) {
    text += "== install " + control::to_string(problem.question.install) + "\n";
  }
  if (!problem.question.uninstall.empty()) {
    text += "== uninstall " + control::to_string(problem.question.uninstall) + "\n";
  }
  return text;
}

bool is_valid(const RandomProblem &problem, const Selection &selection) {
  return Judge(problem, selection).valid();
}

std::size_t count_changes(const RandomProblem &problem, const Selection &selection) {
  std::size_t changes = 0;
  for (std::size_t i : problem.installed) {
    for (std::size_t j : selection) {
      changes += i != j && problem.packages[i].name == problem.packages[j].name;
    }
  }
  return changes;
}

std::optional<std::size_t> fewest_changes(const RandomProblem &problem) {
  std::optional<std::size_t> fewest;
  for (std::size_t bits = 0; bits < (std::size_t{1} << problem.packages.size()); ++bits) {
    Selection selection;
    for (std::size_t i = 0; i < problem.packages.size(); ++i) {
      if ((bits >> i) & 1) selection.insert(i);
    }
    if (!is_valid(problem, selection)) continue;
    std::size_t changes = count_changes(problem, selection);
    if (!fewest || changes < *fewest) fewest = changes;
  }
  return fewest;
}

}  // namespace extman::test
