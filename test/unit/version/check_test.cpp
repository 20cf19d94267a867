#include "support/error.h"
#include "version/version.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace extman::version {
namespace {

std::string fault(std::string_view text) {
  try {
    check(text);
  } catch (const support::BadInput &error) {
    EXPECT_FALSE(error.hint().empty());
    EXPECT_EQ(error.line(), 0u);
    EXPECT_EQ(error.column(), 0u);
    return error.what();
  }
  return "";
}

TEST(VersionCheck, TakesWhatDpkgTakes) {
  for (const char *text : {"1", "1.0", "1.0-1", "1.0-1-2", "2:1.0", "1:2:3", "0:1.0~beta1+b2-1~x",
                           "2147483647:1", "+1:1", "-0:1", " 1.0 ", "\t1.0\n"}) {
    EXPECT_EQ(fault(text), "") << text;
  }
}

TEST(VersionCheck, TakesWhatDpkgWarnsOf) {
  for (const char *text : {"abc", "unpackaged", "1.0_1", "1,0", "~", "1.0\xC3\xA4"}) {
    EXPECT_EQ(fault(text), "") << text;
  }
}

TEST(VersionCheck, SaysWhatIsWrong) {
  EXPECT_EQ(fault(""), "version is empty");
  EXPECT_EQ(fault(" \t"), "version is empty");
  EXPECT_EQ(fault("1.0-"), "version \"1.0-\" has nothing after its last hyphen");
  EXPECT_EQ(fault("-1"), "version \"-1\" has nothing before its last hyphen");
  EXPECT_EQ(fault("1:-1"), "version \"1:-1\" has nothing before its last hyphen");
  EXPECT_EQ(fault(":1"), "version \":1\" has no number before its first colon");
  EXPECT_EQ(fault("x:1"), "version \"x:1\" has no number before its first colon");
  EXPECT_EQ(fault("1x:1"), "version \"1x:1\" has an epoch that is not a number");
  EXPECT_EQ(fault("-1:1"), "version \"-1:1\" has a negative epoch");
  EXPECT_EQ(fault("1:"), "version \"1:\" has nothing after its epoch");
  EXPECT_EQ(fault("1.0 beta"), "version \"1.0 beta\" contains white space");
  EXPECT_EQ(fault(std::string_view("1\0", 2)), "version \"1?\" contains a NUL byte");
}

TEST(VersionCheck, RefusesEpochsThatDpkgCannotHold) {
  EXPECT_EQ(fault("2147483648:1"), "version \"2147483648:1\" has an epoch above 2147483647");
  EXPECT_EQ(fault("99999999999999999999999:1"),
            "version \"99999999999999999999999:1\" has an epoch above 2147483647");
  // 2^64 + 1 would wrap to 1.
  EXPECT_NE(fault("18446744073709551617:1"), "");
}

TEST(VersionCheck, CutsWhatItQuotes) {
  const std::string text = std::string(100'000, '1') + "-";
  EXPECT_LT(fault(text).size(), 200u);
}

}  // namespace
}  // namespace extman::version
