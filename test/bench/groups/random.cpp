// Random universes against libsolv.
#include "groups/groups.h"
#include "problem/case_file.h"
#include "problem/shrink.h"
#include "random/comparison.h"
#include "random/large_problem.h"

#include <cstdio>
#include <string>

namespace extman::bench {

namespace {

struct Tally {
  std::size_t packages = 0;
  std::size_t plans = 0;
  std::size_t with_installed = 0;
  std::size_t with_held = 0;
  std::size_t with_removal = 0;
  std::size_t with_change = 0;  // plans that change what is installed
  std::size_t failures = 0;

  void add(const test::Problem &problem, const Comparison &comparison) {
    packages += problem.packages.size();
    plans += comparison.ours ? 1 : 0;
    with_installed += problem.installed.empty() ? 0 : 1;
    bool held = false;
    for (char is_held : problem.held) held |= is_held != 0;
    with_held += held ? 1 : 0;
    with_removal += problem.question.uninstall.empty() ? 0 : 1;
    bool change = false;
    for (const plan::Step &step : comparison.outcome.answer.plan.steps) {
      change |= step.action == plan::Action::kUpgrade;
    }
    with_change += change ? 1 : 0;
    failures += comparison.fault.empty() ? 0 : 1;
  }
};

void report(const test::Problem &problem, std::size_t seed, const Comparison &comparison) {
  const test::Problem smallest = test::shrink(problem, [&](const test::Problem &smaller) {
    return is_comparable(smaller) && compare(smaller).fault == comparison.fault;
  });
  const std::string where =
      test::write_failure(smallest, "random-" + std::to_string(seed), comparison.fault);
  std::printf("FAILED  seed %zu: %s %s\n        %s\n", seed, comparison.fault.c_str(),
              comparison.detail.c_str(), where.c_str());
}

}  // namespace

bool run_random(std::size_t count, std::size_t seed) {
  constexpr std::size_t kShrunk = 5;
  Tally tally;
  for (std::size_t i = 0; i < count; ++i) {
    const test::Problem problem = large_problem(seed + i);
    const Comparison comparison = compare(problem);
    tally.add(problem, comparison);
    if (!comparison.fault.empty() && tally.failures <= kShrunk) {
      report(problem, seed + i, comparison);
    }
  }
  std::printf(
      "of %zu universes, %zu packages in the mean: %zu with something installed, %zu held, "
      "%zu removed; %zu plans change what is installed\n",
      count, tally.packages / (count == 0 ? 1 : count), tally.with_installed, tally.with_held,
      tally.with_removal, tally.with_change);
  std::printf("%zu universes, the requests of %zu can be met, %zu failures\n", count, tally.plans,
              tally.failures);
  return tally.failures == 0;
}

}  // namespace extman::bench
