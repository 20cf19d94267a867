#include "groups/engine.h"

#include "groups/clock.h"
#include "solve/installable.h"
#include "solve/problem.h"
#include "solve/search.h"
#include "support/budget.h"
#include "support/error.h"

namespace extman::bench {

namespace {

struct Deadline {
  Clock::time_point begin;
  double limit;
};

bool is_late(void *deadline) {
  const auto *set = static_cast<const Deadline *>(deadline);
  return seconds_since(set->begin) > set->limit;
}

}  // namespace

Verdict Engine::solve(const std::vector<universe::DependencyId> &install, double limit) {
  solve::Request request;
  request.install = install;
  solve::Problem problem(universe_, {}, std::move(request));
  problem.allow_cycles = true;  // as Debian does
  Deadline deadline{Clock::now(), limit};
  support::Budget budget(limit > 0 ? is_late : nullptr, &deadline, 0, 0);
  try {
    solve::Search search(problem, workspace_, budget);
    if (!search.run()) return Verdict::kNo;
    chosen_ = search.chosen();
    return Verdict::kYes;
  } catch (const support::Cancelled &) {
    return Verdict::kUnknown;
  }
}

std::vector<char> Engine::verdicts() {
  support::Budget budget;
  return solve::installable(universe_, workspace_, budget);
}

}  // namespace extman::bench
