#include "plan/obtainable.h"

#include "solve/search.h"

#include <string>

namespace extman::plan {

using universe::PackageId;
using universe::Universe;

namespace {

PackageId obtain(Universe &universe, solve::Workspace &workspace,
                 const std::vector<solve::Installed> &installed, std::string_view name,
                 bool allow_cycles, support::Budget &budget) {
  Universe::RequestScope scope(universe, &budget);
  solve::Problem problem(universe, installed, {});
  problem.allow_cycles = allow_cycles;
  const control::Relation relation{std::string(name), {}};
  const universe::NameId wanted = universe.intern_name(name);
  if (problem.installed_of(wanted) != nullptr) {
    problem.request.upgrade.push_back(universe.intern(relation));
  } else {
    problem.request.install.push_back(universe.intern(control::Alternatives{relation}));
  }
  solve::Search search(problem, workspace, budget);
  if (!search.run()) return PackageId::none();
  for (PackageId id : search.chosen()) {
    if (universe.name(id) == wanted) return id;
  }
  return PackageId::none();
}

}  // namespace

std::vector<PackageId> obtainable(Universe &universe, solve::Workspace &workspace,
                                  const std::vector<solve::Installed> &installed,
                                  const std::vector<std::string_view> &names, bool allow_cycles,
                                  support::Budget &budget) {
  std::vector<PackageId> packages;
  for (std::string_view name : names) {
    budget.poll();
    packages.push_back(obtain(universe, workspace, installed, name, allow_cycles, budget));
  }
  return packages;
}

}  // namespace extman::plan
