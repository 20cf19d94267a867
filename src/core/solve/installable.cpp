#include "solve/installable.h"

#include "solve/rules.h"

namespace extman::solve {

namespace {

constexpr std::uint64_t kPatience = 300;  // conflicts in one solution

}  // namespace

std::vector<char> installable(const Universe &universe, Workspace &workspace,
                              support::Budget &budget) {
  Problem problem(universe, {}, {});
  problem.allow_cycles = true;
  Rules rules(problem, workspace, budget);
  rules.set_up();
  Sat &sat = rules.sat();
  sat.keep_no_proof();

  std::vector<char> proven(universe.size(), 0);
  auto take_over = [&](std::size_t from) {
    for (std::size_t i = from; i < sat.trail().size(); ++i) {
      Literal literal = sat.trail()[i];
      if (literal.is_positive()) proven[literal.var().index()] = 1;
    }
  };

  std::vector<PackageId> open;  // without a verdict yet
  for (std::size_t i = 0; i < universe.size(); ++i) open.emplace_back(i);
  while (!open.empty()) {
    Literal first = Rules::is(open.front());
    sat.set_patience(kPatience);
    bool found = sat.solve({&first, 1});
    std::vector<PackageId> rest;
    if (found) {
      take_over(0);
      for (std::size_t i = 1; i < open.size(); ++i) {
        if (proven[open[i].index()] != 0) continue;
        std::size_t before = sat.trail().size();
        if (sat.extend(Rules::is(open[i]))) {
          take_over(before);
        } else {
          rest.push_back(open[i]);
        }
      }
    } else {
      rest.assign(open.begin() + 1, open.end());
    }
    open = std::move(rest);
  }
  return proven;
}

}  // namespace extman::solve
