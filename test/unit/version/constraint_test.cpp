#include "version/version.h"

#include <gtest/gtest.h>

#include <vector>

namespace extman::version {
namespace {

struct Case {
  Operator op;
  const char *spelling;
  bool older, equal, newer;  // does 0.9, 1.00, 1.1 satisfy it with 1.0?
};

constexpr Case kCases[] = {
    {Operator::kLess, "<", true, false, false},
    {Operator::kLessEqual, "<=", true, true, false},
    {Operator::kEqual, "=", false, true, false},
    {Operator::kGreaterEqual, ">=", false, true, true},
    {Operator::kGreater, ">", false, false, true},
    {Operator::kNotEqual, "!=", true, false, true},
};

TEST(VersionConstraint, EachOperator) {
  for (const Case &one : kCases) {
    const Constraint constraint{one.op, "1.0"};
    EXPECT_EQ(satisfies("0.9", constraint), one.older) << one.spelling;
    EXPECT_EQ(satisfies("1.00", constraint), one.equal) << one.spelling;
    EXPECT_EQ(satisfies("1.1", constraint), one.newer) << one.spelling;
  }
}

TEST(VersionConstraint, CanonicalSpelling) {
  for (const Case &one : kCases) {
    EXPECT_EQ(to_string(one.op), one.spelling);
    EXPECT_EQ(to_string(Constraint{one.op, "1.0"}), std::string(one.spelling) + " 1.0");
  }
}

TEST(VersionConstraint, AllMustHold) {
  const std::vector<Constraint> range = {{Operator::kGreaterEqual, "1.1"}, {Operator::kLess, "2"}};
  EXPECT_FALSE(satisfies("1.0", range));
  EXPECT_TRUE(satisfies("1.1", range));
  EXPECT_TRUE(satisfies("2~rc1", range));
  EXPECT_FALSE(satisfies("2", range));
}

TEST(VersionConstraint, NoneIsMetByAnything) {
  EXPECT_TRUE(satisfies("1.0", std::vector<Constraint>{}));
  EXPECT_TRUE(satisfies(":", std::vector<Constraint>{}));
}

TEST(VersionConstraint, EqualIsNotTheSameText) {
  EXPECT_TRUE(satisfies("0:1.0-0", Constraint{Operator::kEqual, "1.00"}));
  EXPECT_FALSE(satisfies("1", Constraint{Operator::kEqual, "1.0"}));
}

}  // namespace
}  // namespace extman::version
