#include "support/nearest.h"

#include <gtest/gtest.h>

namespace extman::support {
namespace {

TEST(EditDistance, CountsEdits) {
  EXPECT_EQ(edit_distance("", "", 5), 0u);
  EXPECT_EQ(edit_distance("depends", "depends", 5), 0u);
  EXPECT_EQ(edit_distance("depend", "depends", 5), 1u);
  EXPECT_EQ(edit_distance("dpeends", "depends", 5), 1u);  // neighbours swapped
  EXPECT_EQ(edit_distance("kitten", "sitting", 5), 3u);
  EXPECT_EQ(edit_distance("abc", "", 5), 3u);
}

TEST(EditDistance, StopsAtTheLimit) {
  EXPECT_EQ(edit_distance("kitten", "sitting", 2), 3u);
  EXPECT_EQ(edit_distance("a", "abcdefgh", 2), 3u);
}

TEST(Nearest, SortsByDistanceThenBytes) {
  std::vector<std::string> known{"bax", "bar", "barrow", "zzz"};
  EXPECT_EQ(nearest("baz", known, 3), (std::vector<std::string>{"bar", "bax"}));
  EXPECT_EQ(nearest("baz", known, 1), (std::vector<std::string>{"bar"}));
}

}  // namespace
}  // namespace extman::support
