// Input that is huge, or that somebody made to break a parser: a right result
// or a clear error, in linear time and without deep recursion.
#include "control/control_file.h"
#include "support/error.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

namespace extman::control {
namespace {

constexpr std::size_t kTenMegabytes = 10'000'000;

const std::string kFoo = "name = foo\nversion = 1.0\n";

std::string repeat(std::string_view text, std::size_t count) {
  std::string result;
  result.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

std::string fault(std::string_view text) {
  try {
    parse_control(text);
  } catch (const support::BadInput &error) {
    return std::to_string(error.line()) + ":" + std::to_string(error.column()) + " " + error.what();
  }
  return "";
}

TEST(HostileInput, LineOfTenMegabytes) {
  const std::string text = repeat("a", kTenMegabytes);
  EXPECT_EQ(parse_control(kFoo + "comment = " + text).comment, text);
  EXPECT_EQ(parse_control(kFoo + "comment = '" + repeat("''", kTenMegabytes / 2) + "'").comment,
            repeat("'", kTenMegabytes / 2));
  EXPECT_EQ(fault(kFoo + "depends = a" + repeat(" ", kTenMegabytes) + "b"),
            "3:10000012 expected \",\" after \"a\"");
  EXPECT_EQ(parse_control(kFoo + "#" + text).name, "foo");
}

TEST(HostileInput, NamesAndVersionsOfTenMegabytes) {
  const std::string digits = repeat("7", kTenMegabytes);
  EXPECT_EQ(parse_control("name = foo\nversion = " + digits).version, digits);
  EXPECT_EQ(fault("name = " + digits).substr(0, 36), "1:8 invalid extension name: \"7777777");
  EXPECT_EQ(fault(digits), "1:10000001 expected \"=\" after \"" + repeat("7", 80) + "...\"");
  EXPECT_LT(fault(kFoo + digits + " = 1").size(), 200u);
  EXPECT_LT(fault(kFoo + "depends = a (= " + digits + "-)").size(), 200u);
}

TEST(HostileInput, HundredThousandRelations) {
  std::string list;
  for (int i = 0; i < 100'000; ++i) {
    if (i > 0) list += i % 2 == 0 ? ", " : ",\n  # a comment\n  ";
    list += "p" + std::to_string(i) + " (>= 1.0, << 2)";
  }
  const ControlFile control = parse_control(kFoo + "depends = " + list + "\nprovides = last\n");
  ASSERT_EQ(control.depends.size(), 100'000u);
  for (std::size_t i = 0; i < control.depends.size(); ++i) {
    ASSERT_EQ(to_string(control.depends[i]), "p" + std::to_string(i) + " (>= 1.0, < 2)");
  }
  EXPECT_EQ(control.provides.size(), 1u);
  EXPECT_EQ(fault(kFoo + "depends = " + list + ",\n ,"),
            "100004:2 expected a package name after \",\"");
}

TEST(HostileInput, HundredThousandAlternativesAndConstraints) {
  const ControlFile control =
      parse_control(kFoo + "depends = a (>= 1" + repeat(", >= 1", 99'999) + ")\n" + "x_a = 1\n");
  EXPECT_EQ(control.depends.at(0).at(0).constraints.size(), 100'000u);
  EXPECT_EQ(parse_request("a" + repeat("|a", 99'999)).at(0).size(), 100'000u);
}

TEST(HostileInput, NestingIsNoRecursion) {
  for (const char *text : {"(", "a(", ",", "|", "<", "a(=1", "'", "((=1)", ")"}) {
    EXPECT_NE(fault(kFoo + "depends = a" + repeat(text, 1'000'000)), "") << text;
  }
}

TEST(HostileInput, ManyLines) {
  EXPECT_EQ(parse_control(repeat("\n", 1'000'000) + kFoo + repeat("  # x\n", 500'000)).name, "foo");
  EXPECT_EQ(parse_control(kFoo + "comment = a" + repeat("\n # x", 500'000) + "\n b").comment,
            "a b");
  EXPECT_EQ(parse_control(kFoo + "comment = a" + repeat("\n b", 500'000)).comment,
            "a" + repeat(" b", 500'000));
  std::string keys;
  for (int i = 0; i < 100'000; ++i) keys += "x_" + std::to_string(i) + " = 1\n";
  EXPECT_EQ(parse_control(kFoo + keys).name, "foo");
  EXPECT_EQ(fault(kFoo + keys + "x_77777 = 1\n"), "100003:1 key \"x_77777\" is given twice");
}

TEST(HostileInput, NulAndInvalidUtf8Anywhere) {
  const std::string text = kFoo + "# c\ndepends = a, b\n";
  for (std::size_t at = 0; at <= text.size(); ++at) {
    std::string nul = text;
    nul.insert(at, 1, '\0');
    EXPECT_NE(fault(nul).find("NUL byte"), std::string::npos) << at;
    for (const char *bad : {"\x80", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                            "\xF8\x88\x80\x80\x80", "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xFF"}) {
      std::string broken = text;
      broken.insert(at, bad);
      EXPECT_NE(fault(broken).find("invalid UTF-8"), std::string::npos) << at;
    }
  }
  EXPECT_EQ(fault(kFoo + "comment = \xF0\x9F\x98\x80\xE2\x82\xAC\xC3\xA4\xFF"),
            "3:14 invalid UTF-8");
}

// Whatever the bytes are: a control file, or an error that points into the text
// and is fit to be shown.
TEST(HostileInput, MutatedFilesGiveResultsOrErrors) {
  const std::string original =
      "# comment\nname = foo\nversion = 1.0\ncomment = 'it''s\n  foo'\n"
      "depends = bar (>= 1.1, << 2),\n  # x\n  a | b\nconflicts = bla (< 0.8)\n"
      "provides = s (= 3.0)\ncustom_variable_classes = foo, bar\ntrusted = on\r\n";
  const std::string alphabet = "'#=,|()<>! \t\n\r\\ax_1-~:.\x01\xC3\xA4";
  std::mt19937 random(42);
  int results = 0;
  int errors = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = original;
    for (unsigned changes = 1 + random() % 4; changes > 0; --changes) {
      const std::size_t at = random() % text.size();
      switch (random() % 4) {
        case 0:
          text[at] = alphabet[random() % alphabet.size()];
          break;
        case 1:
          text.insert(at, 1, alphabet[random() % alphabet.size()]);
          break;
        case 2:
          text.erase(at, 1 + random() % 3);
          break;
        default:
          text.insert(at, text.substr(random() % text.size(), random() % 20));
      }
    }
    try {
      const ControlFile control = parse_control(text);
      ++results;
      // What was read can be written and read again.
      EXPECT_FALSE(control.name.empty());
      if (!control.depends.empty()) {
        EXPECT_EQ(to_string(parse_request(to_string(control.depends))), to_string(control.depends));
      }
    } catch (const support::BadInput &error) {
      ++errors;
      const std::string message = error.what();
      EXPECT_FALSE(message.empty());
      EXPECT_FALSE(error.hint().empty()) << message;
      EXPECT_EQ(message.find_first_of(std::string("\0\n\r\x01", 4)), std::string::npos) << message;
      std::size_t lines = 1;
      for (char c : text) lines += c == '\n';
      EXPECT_LE(error.line(), lines);
      EXPECT_EQ(error.line() == 0, error.column() == 0);
      EXPECT_EQ(error.line() == 0, message == "missing name") << message;
    }
  }
  EXPECT_GT(results, 1'000);
  EXPECT_GT(errors, 1'000);
}

}  // namespace
}  // namespace extman::control
