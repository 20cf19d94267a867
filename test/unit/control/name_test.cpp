#include "control/name.h"
#include "control/version_name.h"
#include "support/error.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace extman::control {
namespace {

// The hint, which says what is wrong; empty when nothing is.
std::string fault(void (*check)(std::string_view), std::string_view text) {
  try {
    check(text);
  } catch (const support::BadInput &error) {
    return error.hint();
  }
  return "";
}

std::string name_fault(std::string_view text) { return fault(check_name, text); }
std::string version_fault(std::string_view text) { return fault(check_version_name, text); }

TEST(Name, TakesNamesOfRealExtensions) {
  for (const char *text : {"foo", "uuid-ossp", "pg_stat_statements", "ip4r", "Foo-Bar", "a.b", "_",
                           "K\xC3\xA4se", "foo bar", "..."}) {
    EXPECT_EQ(name_fault(text), "") << text;
  }
}

TEST(Name, LengthIsInBytes) {
  EXPECT_EQ(name_fault(std::string(63, 'a')), "");
  EXPECT_EQ(name_fault(std::string(64, 'a')), "Extension names must be shorter than 64 bytes.");
  std::string umlauts;
  for (int i = 0; i < 32; ++i) umlauts += "\xC3\xA4";
  EXPECT_EQ(name_fault(umlauts), "Extension names must be shorter than 64 bytes.");
}

TEST(Name, CoresRules) {
  EXPECT_EQ(name_fault(""), "Extension names must not be empty.");
  EXPECT_EQ(name_fault("foo--bar"), "Extension names must not contain \"--\".");
  EXPECT_EQ(name_fault("-foo"), "Extension names must not begin or end with \"-\".");
  EXPECT_EQ(name_fault("foo-"), "Extension names must not begin or end with \"-\".");
  const char *separator = "Extension names must not contain directory separator characters.";
  EXPECT_EQ(name_fault("foo/bar"), separator);
  EXPECT_EQ(name_fault("../foo"), separator);
  EXPECT_EQ(name_fault("foo\\bar"), separator);
}

TEST(Name, RefusesFolders) {
  EXPECT_EQ(name_fault("."), "Extension names must not be the name of a folder.");
  EXPECT_EQ(name_fault(".."), "Extension names must not be the name of a folder.");
}

TEST(Name, RefusesWhatCouldEscapeFromAScript) {
  for (const char *text : {"foo'bar", "\"foo\"", "foo$bar", "`foo`"}) {
    EXPECT_EQ(name_fault(text), "Extension names must not contain quotes or \"$\".") << text;
  }
  for (std::string_view text :
       {std::string_view("a\nb"), std::string_view("a\0b", 3), std::string_view("a\x7F"),
        std::string_view("a\x1B[31m"), std::string_view("a\xC2\x85")}) {
    EXPECT_EQ(name_fault(text), "Extension names must not contain control characters.") << text;
  }
  EXPECT_EQ(name_fault("\xEF\xBB\xBF"), "Extension names must not contain byte order marks.");
  EXPECT_EQ(name_fault("a\xFF"), "Extension names must be valid UTF-8.");
}

TEST(Name, MessageIsCoresAndSafeToPrint) {
  try {
    check_name(std::string(1000, 'a') + "\n");
    FAIL() << "a name of 1001 bytes was taken";
  } catch (const support::BadInput &error) {
    const std::string message = error.what();
    EXPECT_EQ(message.find("invalid extension name: \"aaa"), 0u);
    EXPECT_LT(message.size(), 150u);
    EXPECT_EQ(message.find('\n'), std::string::npos);
    EXPECT_EQ(error.line(), 0u);
  }
}

TEST(VersionName, TakesVersionsOfRealExtensions) {
  for (const char *text : {"1.0", "1.4-1", "unpackaged", "1.0_1", "1:1.0~rc1+b2", "20240101"}) {
    EXPECT_EQ(version_fault(text), "") << text;
  }
}

TEST(VersionName, RefusesWhatCoreRefuses) {
  EXPECT_EQ(version_fault("1.0--1.1"), "Version names must not contain \"--\".");
  EXPECT_NE(version_fault("-1"), "");
  EXPECT_NE(version_fault("1-"), "");
  EXPECT_EQ(version_fault("-0:1"), "Version names must not begin with \"-\".");
  EXPECT_EQ(version_fault("1/2"), "Version names must not contain directory separator characters.");
  EXPECT_EQ(version_fault("1\\2"),
            "Version names must not contain directory separator characters.");
  EXPECT_NE(version_fault(""), "");
}

TEST(VersionName, RefusesWhatNoRelationCouldName) {
  for (const char *text : {"1,0", "1(2", "1)2", "1|2", "<1", "1>", "1=2", " 1", "1 "}) {
    EXPECT_NE(version_fault(text), "") << text;
  }
  EXPECT_EQ(version_fault("'1.0'"),
            "Version names must not contain quotes; a value may stand in single quotes.");
  EXPECT_EQ(version_fault("1\x1B"), "Version names must not contain control characters.");
  EXPECT_EQ(version_fault("1\xC3"), "Version names must be valid UTF-8.");
}

}  // namespace
}  // namespace extman::control
