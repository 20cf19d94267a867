// Every call of the C API that runs out of memory says so, loses nothing, and leaves
// its handles as they were: the same call made once more, and all that follow, give
// what they give without a failure.

#include "allocations.h"
#include "scenarios.h"
#include "trial.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>

namespace extman::faults {
namespace {

namespace fs = std::filesystem;
using Scenario = std::function<void(Trial &)>;

struct Result {
  std::string said;  // "" when it gave up
  std::string fault;
  bool hit = false;
};

Result run(const Scenario &scenario, Plan plan, After after) {
  const std::size_t before = outstanding();
  Trial trial(plan, after);
  Result result;
  try {
    scenario(trial);
    result.said = trial.said();
  } catch (const GaveUp &) {
  }
  result.fault = trial.fault();
  result.hit = trial.is_hit();
  if (outstanding() != before) {
    result.fault += std::to_string(outstanding() - before) + " allocations were not given back\n";
  }
  if (extman_live_objects() != 0) {
    result.fault += std::to_string(extman_live_objects()) + " handles are alive\n";
  }
  return result;
}

// With this set, no allocation of any case is left out; that takes minutes.
bool is_thorough() { return std::getenv("EXTMAN_EVERY_FAULT") != nullptr; }

// Under AddressSanitizer an exception takes twenty times as long.
#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t kShare = 20;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr std::size_t kShare = 20;
#else
constexpr std::size_t kShare = 1;
#endif
#else
constexpr std::size_t kShare = 1;
#endif

// Fails allocations of a scenario in three ways: all of them, or at most so many, at
// even distances.  Returns how many failed.
std::size_t fail_each(const Scenario &scenario, std::size_t at_most = 4000) {
  const Result expected = run(scenario, {}, After::kRetry);
  const std::size_t count = asked();
  EXPECT_EQ(expected.fault, "");
  EXPECT_NE(expected.said, "");
  EXPECT_GT(count, 0u);

  std::size_t faults = 0;
  const auto check = [&](Plan plan, After after) {
    const Result result = run(scenario, plan, after);
    EXPECT_TRUE(result.hit);
    EXPECT_EQ(result.fault, "");
    if (after == After::kRetry) {
      EXPECT_EQ(result.said, expected.said);
    }
    ++faults;
  };
  at_most = at_most / kShare + 1;
  const std::size_t distance = is_thorough() || count <= at_most ? 1 : count / at_most + 1;
  for (std::size_t nth = 1; nth <= count && !testing::Test::HasFailure(); nth += distance) {
    SCOPED_TRACE("allocation " + std::to_string(nth) + " of " + std::to_string(count));
    check({nth, false}, After::kRetry);
    check({nth, true}, After::kRetry);
    check({nth, false}, After::kGiveUp);
  }
  return faults;
}

void tell(std::size_t faults) { std::printf("%zu allocations failed\n", faults); }

fs::path cases() { return fs::path(EXTMAN_SOURCE_DIR) / "test/cases"; }

TEST(Faults, NamesAndVersions) { tell(fail_each(names_and_versions)); }
TEST(Faults, ControlFiles) { tell(fail_each(control_files)); }
TEST(Faults, ConfFiles) { tell(fail_each(conf_files)); }
TEST(Faults, Manifests) { tell(fail_each(manifests)); }
TEST(Faults, Scripts) { tell(fail_each(scripts)); }

// A plan, upgrade paths, what is uninstalled and what comes along with that, an
// explanation with a remedy: at every allocation.
TEST(Faults, Solving) {
  std::size_t faults = 0;
  for (const char *name : {"plan-design-example", "plan-upgrade-in-two-scripts",
                           "plan-uninstall-cascade", "plan-overlay-of-one-version",
                           "plan-autoremove", "fail-hold-behind-a-chain", "fail-cycle"}) {
    SCOPED_TRACE(name);
    const test::CaseFile problem = test::read_case((cases() / name).string() + ".case");
    faults += fail_each([&](Trial &trial) { solving(trial, problem); });
  }
  tell(faults);
}

TEST(Faults, EveryCase) {
  std::size_t faults = 0;
  std::size_t count = 0;
  for (const auto &entry : fs::directory_iterator(cases())) {
    if (entry.path().extension() != ".case") continue;
    SCOPED_TRACE(entry.path().filename().string());
    const test::CaseFile problem = test::read_case(entry.path().string());
    faults += fail_each([&](Trial &trial) { solving(trial, problem); }, 30);
    ++count;
    if (HasFailure()) return;
  }
  EXPECT_GE(count, 30u);
  tell(faults);
}

// More pigeons than holes: a search that has to learn, and a long refutation.
TEST(Faults, HardSearch) {
  constexpr int kHoles = 4;
  test::CaseFile problem;
  for (int pigeon = 0; pigeon <= kHoles; ++pigeon) {
    std::string holes;
    for (int hole = 0; hole < kHoles; ++hole) {
      const auto place = [hole](int one) {
        return "hole_" + std::to_string(hole) + "_of_" + std::to_string(one);
      };
      std::string others;
      for (int other = 0; other <= kHoles; ++other) {
        if (other != pigeon) others += (others.empty() ? "" : ", ") + place(other);
      }
      problem.packages.push_back({place(pigeon), "1.0", "conflicts = " + others + "\n"});
      holes += (holes.empty() ? "" : " | ") + place(pigeon);
    }
    const std::string name = "pigeon_" + std::to_string(pigeon);
    problem.packages.push_back({name, "1.0", "depends = " + holes + "\n"});
    problem.install += (problem.install.empty() ? "" : ", ") + name;
  }
  tell(fail_each([&](Trial &trial) { solving(trial, problem); }, 100));
}

}  // namespace
}  // namespace extman::faults
