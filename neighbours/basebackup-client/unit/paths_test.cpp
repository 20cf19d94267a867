#include "paths.h"

#include <gtest/gtest.h>

namespace basebackup {
namespace {

TEST(Paths, OnlyWhatStaysBelowIsSafe) {
  EXPECT_TRUE(is_safe("base/5/1259"));
  EXPECT_TRUE(is_safe("..a/b.."));
  for (const char *path :
       {"", "/", "/etc/passwd", "a//b", "a/", "./a", "a/.", "..", "a/../b", "../a"}) {
    EXPECT_FALSE(is_safe(path)) << path;
  }
  EXPECT_FALSE(is_safe(std::string_view("a\0b", 3)));
}

TEST(Paths, Split) {
  EXPECT_EQ(file_name("a/b/c"), "c");
  EXPECT_EQ(file_name("c"), "c");
  EXPECT_EQ(parent("a/b/c"), "a/b");
  EXPECT_EQ(parent("c"), "");
  EXPECT_EQ(without_trailing_slashes("/a//"), "/a");
  EXPECT_EQ(without_trailing_slashes("/"), "/");
}

}  // namespace
}  // namespace basebackup
