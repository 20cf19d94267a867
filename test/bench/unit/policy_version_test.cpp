#include "debian/policy_version.h"

#include "version/version.h"

#include <gtest/gtest.h>

namespace extman::bench {
namespace {

int sign(int value) { return (value > 0) - (value < 0); }

TEST(PolicyVersion, OrdersAsThePolicySays) {
  EXPECT_LT(compare_by_policy("1.0~beta1", "1.0"), 0);
  EXPECT_LT(compare_by_policy("1.0~~", "1.0~~a"), 0);
  EXPECT_LT(compare_by_policy("1.0", "1.0a"), 0);
  EXPECT_LT(compare_by_policy("1.0a", "1.0+"), 0);
  EXPECT_LT(compare_by_policy("1.9", "1.10"), 0);
  EXPECT_LT(compare_by_policy("9", "1:1"), 0);
  EXPECT_EQ(compare_by_policy("1.0", "0:1.00-0"), 0);
  EXPECT_NE(compare_by_policy("1", "1.0"), 0);
}

TEST(PolicyVersion, AgreesWithTheCore) {
  const char *const kVersions[] = {"1",       "1.",
                                   "1.0",     "1.00",
                                   "0:1.0",   "1.0-0",
                                   "1.0-0~",  "1.0~~",
                                   "1.0~~a",  "1.0~",
                                   "1.0a",    "1.0+",
                                   "1.0rc1",  "1.0-1",
                                   "1.0-1-1", "2:0.1",
                                   "abc",     "1.0-1+b2",
                                   "1.0.1",   "010.2~x",
                                   "10.2",    "99999999999999999999",
                                   "1.0+b"};
  for (const char *a : kVersions) {
    for (const char *b : kVersions) {
      EXPECT_EQ(sign(compare_by_policy(a, b)), version::compare(a, b)) << a << " and " << b;
    }
  }
}

TEST(PolicyVersion, KnowsTheOperators) {
  EXPECT_TRUE(holds_by_policy("1", "<<", "2"));
  EXPECT_FALSE(holds_by_policy("1", "<<", "1"));
  EXPECT_FALSE(holds_by_policy("1", "<=", "1~"));
  EXPECT_TRUE(holds_by_policy("1", "=", "01"));
  EXPECT_TRUE(holds_by_policy("1", ">=", "1"));
  EXPECT_FALSE(holds_by_policy("1", ">>", "1"));
}

}  // namespace
}  // namespace extman::bench
