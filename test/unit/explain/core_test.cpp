// A minimal core: it contradicts itself, and without any one of its facts it
// does not.

#include "explain/core.h"

#include <gtest/gtest.h>

#include <random>

namespace extman::explain {
namespace {

using solve::Fact;
using universe::PackageId;

Fact fact(std::vector<std::size_t> excluded, std::vector<std::size_t> offered) {
  Fact result;
  for (std::size_t id : excluded) result.excluded.emplace_back(id);
  for (std::size_t id : offered) result.offered.emplace_back(id);
  return result;
}

bool contradict(const std::vector<Fact> &facts, std::size_t packages) {
  for (std::size_t bits = 0; bits < (std::size_t{1} << packages); ++bits) {
    auto there = [&](PackageId id) { return ((bits >> id.index()) & 1) != 0; };
    bool all = true;
    for (const Fact &f : facts) {
      bool met = false;
      for (PackageId id : f.excluded) met = met || !there(id);
      for (PackageId id : f.offered) met = met || there(id);
      all = all && met;
    }
    if (all) return false;
  }
  return true;
}

TEST(MinimalCore, LeavesOutWhatIsNotNeeded) {
  support::Budget budget;
  std::vector<Fact> core =
      minimal_core({fact({}, {0}), fact({0}, {1, 2}), fact({3}, {}), fact({0}, {})}, budget);
  ASSERT_EQ(core.size(), 2u);
  EXPECT_TRUE(contradict(core, 4));
}

TEST(MinimalCore, IsMinimalOnRandomFacts) {
  constexpr std::size_t kPackages = 6;
  int found = 0;
  for (unsigned seed = 0; seed < 400; ++seed) {
    std::mt19937 random(seed);
    std::vector<Fact> facts;
    for (int i = 0; i < 25; ++i) {
      std::vector<std::size_t> excluded, offered;
      for (std::size_t id = 0; id < kPackages; ++id) {
        unsigned roll = random() % 5;
        if (roll == 0) excluded.push_back(id);
        if (roll == 1) offered.push_back(id);
      }
      if (!excluded.empty() || !offered.empty()) facts.push_back(fact(excluded, offered));
    }
    if (!contradict(facts, kPackages)) continue;
    ++found;
    support::Budget budget;
    std::vector<Fact> core = minimal_core(facts, budget);
    ASSERT_TRUE(contradict(core, kPackages)) << "seed " << seed;
    for (std::size_t i = 0; i < core.size(); ++i) {
      std::vector<Fact> rest = core;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      ASSERT_FALSE(contradict(rest, kPackages)) << "seed " << seed << ", fact " << i;
    }
  }
  EXPECT_GT(found, 50);
}

}  // namespace
}  // namespace extman::explain
