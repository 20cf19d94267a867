// Conf files: the settings that a package brings.
#include "control/conf_file.h"

#include "support/error.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace extman::control {
namespace {

const std::vector<std::string> kClasses = {"foo", "Bar_2"};

// "name=value@line" of each.
std::vector<std::string> settings(std::string_view text) {
  std::vector<std::string> result;
  for (const ConfEntry &entry : parse_conf(text, kClasses)) {
    result.push_back(entry.name + "=" + entry.value + "@" + std::to_string(entry.line));
  }
  return result;
}

std::string fault(std::string_view text) {
  try {
    parse_conf(text, kClasses);
  } catch (const support::BadInput &error) {
    return std::to_string(error.line()) + ":" + std::to_string(error.column()) + " " +
           error.what() + " / " + error.hint();
  }
  return "";
}

using List = std::vector<std::string>;

TEST(ConfFile, ReadsLinesAsControlFilesHaveThem) {
  EXPECT_EQ(settings("# what foo does\n\nfoo.limit = 10 # a few\nfoo.path='a ''b'' #c'\r\n"
                     "foo.list = a,\n  b"),
            (List{"foo.limit=10@3", "foo.path=a 'b' #c@4", "foo.list=a, b@5"}));
  EXPECT_EQ(settings(""), List{});
  EXPECT_EQ(settings("\xEF\xBB\xBF# nothing\n"), List{});
}

TEST(ConfFile, LeavesValuesToTheServer) {
  EXPECT_EQ(settings("foo.memory = 64MB\nfoo.on = yes\nfoo.pattern = '\\d+'\nfoo.none = ''\n"),
            (List{"foo.memory=64MB@1", "foo.on=yes@2", "foo.pattern=\\d+@3", "foo.none=@4"}));
}

TEST(ConfFile, DoesNotTellCasesApart) {
  EXPECT_EQ(settings("FOO.Limit = 1\nbar_2.a$ = 2"), (List{"FOO.Limit=1@1", "bar_2.a$=2@2"}));
  EXPECT_EQ(fault("foo.a = 1\nfoo.b = 1\nFOO.A = 2"),
            "3:1 setting \"FOO.A\" is given twice / It stands on line 1 already.");
}

TEST(ConfFile, SettingsMayHaveSeveralParts) {
  EXPECT_EQ(settings("foo.a.b = 1"), List{"foo.a.b=1@1"});
}

TEST(ConfFile, RefusesOtherClasses) {
  EXPECT_EQ(
      fault("foo.a = 1\nfop.a = 1"),
      "2:1 class \"fop\" is not one of the package's / Perhaps you meant \"foo\"; else name it in "
      "custom_variable_classes in the control file.");
  EXPECT_EQ(fault("plpgsql.extra_errors = all"),
            "1:1 class \"plpgsql\" is not one of the package's / Name it in "
            "custom_variable_classes in the control file.");
  EXPECT_THROW(parse_conf("foo.a = 1", {}), support::BadInput);
}

TEST(ConfFile, RefusesWhatIsNoSetting) {
  EXPECT_EQ(fault("work_mem = 1GB"),
            "1:1 invalid name of a setting: \"work_mem\" / A package brings settings of its own "
            "classes only, written as in: foo.limit = 10.");
  for (const char *name : {"foo.", ".a", "foo..a", "foo.1a", "1.a", "foo.a-b", "foo.\xC3\xA4",
                           "foo.a;b", "foo.\"a\"", "foo.a\\"}) {
    EXPECT_EQ(fault(std::string(name) + " = 1").substr(0, 33),
              "1:1 invalid name of a setting: \"" + std::string(name).substr(0, 1))
        << name;
  }
}

TEST(ConfFile, SaysWhereALineIsWrong) {
  EXPECT_EQ(fault("foo.a\n"),
            "1:6 expected \"=\" after \"foo.a\" / A line is written as in: foo.limit = 10.");
  EXPECT_EQ(fault("foo.a =\n"),
            "1:8 expected a value for \"foo.a\" / Write the value, '' for an empty one, or remove "
            "the line.");
  EXPECT_EQ(fault("foo.a = 'b").substr(0, 29), "1:11 expected a closing quote");
  EXPECT_EQ(fault("foo.a = 'b' c").substr(0, 8), "1:13 exp");
  EXPECT_EQ(fault("foo.a = a\x1B[31m"),
            "1:10 control character in a value / Remove the character.");
  EXPECT_EQ(fault("foo.a = 1\nfoo.b = a\rb").substr(0, 14), "2:10 carriage ");
  EXPECT_NE(fault(std::string_view("foo.a = a\0b", 11)), "");
  EXPECT_NE(fault("foo.a = \xFF"), "");
  EXPECT_EQ(fault(" foo.a = 1").substr(0, 44), "1:1 expected a key at the start of the line ");
}

TEST(ConfFile, TakesHugeFiles) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "foo.s" + std::to_string(i) + " = '" + "x" + "'\n";
  EXPECT_EQ(parse_conf(text, kClasses).size(), 100'000u);
  EXPECT_EQ(parse_conf("foo.a = " + std::string(10'000'000, 'x'), kClasses).front().value.size(),
            10'000'000u);
}

}  // namespace
}  // namespace extman::control
