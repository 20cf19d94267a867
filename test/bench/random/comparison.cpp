#include "random/comparison.h"

#include "debian/validator.h"
#include "peers/libsolv.h"
#include "random/debian_text.h"

#include <algorithm>
#include <exception>
#include <vector>

namespace extman::bench {

namespace {

bool is_installed(const test::Problem &problem, std::size_t package) {
  return std::count(problem.installed.begin(), problem.installed.end(), package) != 0;
}

bool goes(const test::Problem &problem, const std::string &name) {
  const auto &parts = problem.question.uninstall;
  return std::any_of(parts.begin(), parts.end(),
                     [&](const auto &part) { return part.front().name == name; });
}

std::vector<std::vector<Wanted>> wanted_by(const test::Problem &problem) {
  return read_relations_by_policy(debian_text(problem.question.install));
}

std::string fault_of_installed(const test::Problem &problem, std::size_t i,
                               const test::Selection &after) {
  const std::size_t old = problem.installed[i];
  const std::string &name = problem.packages[old].name;
  if (goes(problem, name)) return {};
  for (std::size_t now : after) {
    if (problem.packages[now].name != name) continue;
    return problem.held[i] != 0 && now != old ? name + " is held and has changed" : "";
  }
  return name + " has gone";
}

void read(const test::Problem &problem, Libsolv &libsolv) {
  std::string installed;
  std::string available;
  for (std::size_t i = 0; i < problem.packages.size(); ++i) {
    (is_installed(problem, i) ? installed : available) += stanza_text(problem.packages[i]);
  }
  libsolv.read_text(installed, true);
  libsolv.read_text(available, false);
  libsolv.prepare();
}

Libsolv::Change change_of(const test::Problem &problem) {
  Libsolv::Change change;
  change.install = wanted_by(problem);
  for (const auto &part : problem.question.uninstall) change.remove.push_back(part.front().name);
  for (std::size_t i = 0; i < problem.installed.size(); ++i) {
    const std::string &name = problem.packages[problem.installed[i]].name;
    if (problem.held[i] != 0 && !goes(problem, name)) change.held.push_back(name);
  }
  change.nothing_new = problem.question.install.empty();
  return change;
}

test::Selection chosen_by(const Libsolv &libsolv, const test::Problem &problem) {
  test::Selection after;
  for (Libsolv::Package package : libsolv.chosen()) {
    const auto [name, version] = libsolv.text_of(package);
    for (std::size_t i = 0; i < problem.packages.size(); ++i) {
      if (problem.packages[i].name == name && *problem.packages[i].version == version) {
        after.insert(i);
      }
    }
  }
  return after;
}

}  // namespace

std::string fault_of(const test::Problem &problem, const test::Selection &after) {
  Catalog catalog;
  for (const control::ControlFile &package : problem.packages) catalog.add(entry_of(package));
  std::vector<std::size_t> chosen(after.begin(), after.end());
  chosen.push_back(catalog.size());
  catalog.add({"the-request", "1", wanted_by(problem), {}, {}});  // needs what is asked for
  std::string fault = fault_of(catalog, chosen, {});
  for (std::size_t i = 0; i < problem.installed.size() && fault.empty(); ++i) {
    fault = fault_of_installed(problem, i, after);
  }
  for (std::size_t i : after) {
    const std::string &name = problem.packages[i].name;
    if (goes(problem, name)) return name + " is there";
    if (problem.question.install.empty() && !is_installed(problem, i)) return name + " is new";
  }
  return fault;
}

bool is_comparable(const test::Problem &problem) {
  for (const auto &part : problem.question.uninstall) {
    const bool is_there =
        std::any_of(problem.installed.begin(), problem.installed.end(),
                    [&](std::size_t i) { return problem.packages[i].name == part.front().name; });
    if (!is_there) return false;
  }
  for (std::size_t i : problem.installed) {
    const control::ControlFile &old = problem.packages[i];
    for (const control::ControlFile &other : problem.packages) {
      if (other.name != old.name || *other.version == *old.version) continue;
      const bool has_script =
          std::any_of(problem.upgrades.begin(), problem.upgrades.end(), [&](const auto &upgrade) {
            return upgrade.name == old.name && upgrade.from == *old.version &&
                   upgrade.to == *other.version;
          });
      if (!has_script) return false;
    }
  }
  test::Problem before = problem;
  before.question = {};
  return fault_of(before, {problem.installed.begin(), problem.installed.end()}).empty();
}

Comparison compare(const test::Problem &problem) {
  Comparison result;
  Libsolv libsolv;
  read(problem, libsolv);
  result.theirs = libsolv.solve(change_of(problem));
  try {
    result.outcome = test::ask(problem);
  } catch (const std::exception &error) {
    result.fault = std::string("an exception: ") + error.what();
    return result;
  }
  result.ours = result.outcome.has_plan();
  if (result.ours) {
    result.detail = result.outcome.fault;
    if (result.detail.empty()) result.detail = fault_of(problem, result.outcome.after);
    if (!result.detail.empty()) {
      result.fault = "the plan is wrong";
    } else if (!result.theirs) {
      result.fault = "a plan that holds, and none of libsolv's";
    }
  } else if (result.theirs) {
    result.detail = fault_of(problem, chosen_by(libsolv, problem));
    result.fault = result.detail.empty() ? "no plan, and one of libsolv's that holds"
                                         : "no plan, and one of libsolv's that does not hold";
  }
  return result;
}

}  // namespace extman::bench
