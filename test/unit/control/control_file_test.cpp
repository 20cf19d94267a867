#include "control/control_file.h"
#include "support/error.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace extman::control {
namespace {

// A control file of foo 1.0 with more lines.
ControlFile foo(const std::string &lines) {
  return parse_control("name = foo\nversion = 1.0\n" + lines);
}

// "line:column message", or nothing when there is no error.
std::string fault(std::string_view text) {
  try {
    parse_control(text);
  } catch (const support::BadInput &error) {
    return std::to_string(error.line()) + ":" + std::to_string(error.column()) + " " + error.what();
  }
  return "";
}

std::string foo_fault(const std::string &line) {
  return fault("name = foo\nversion = 1.0\n" + line);
}

TEST(ControlFile, EveryKey) {
  const ControlFile control = parse_control(
      "# all that there is\n"
      "name = foo\n"
      "version = 1.0\n"
      "comment = 'what foo does'\n"
      "depends  = bar (>= 1.1), baz | qux\n"
      "conflicts = bla (< 0.8)\n"
      "provides = spatial (= 3.0), geometry\n"
      "custom_variable_classes = 'foo, foo_2$'\n"
      "schema = 'Foo schema'\n"
      "relocatable = false\n"
      "superuser = off\n"
      "trusted = yes\n"
      "module_pathname = '$libdir/foo-1.0'\n"
      "encoding = UTF8\n"
      "x_maintainer = 'somebody'\n");
  EXPECT_EQ(control.name, "foo");
  EXPECT_EQ(control.version, "1.0");
  EXPECT_EQ(control.comment, "what foo does");
  EXPECT_EQ(to_string(control.depends), "bar (>= 1.1), baz | qux");
  EXPECT_EQ(conflicts_to_string(control.conflicts), "bla (< 0.8)");
  EXPECT_EQ(to_string(control.provides), "spatial (= 3.0), geometry");
  EXPECT_EQ(control.classes, (std::vector<std::string>{"foo", "foo_2$"}));
  EXPECT_EQ(control.schema, "Foo schema");
  EXPECT_FALSE(control.relocatable);
  EXPECT_FALSE(control.superuser);
  EXPECT_TRUE(control.trusted);
  EXPECT_EQ(control.module_pathname, "$libdir/foo-1.0");
  EXPECT_EQ(control.encoding, "UTF8");
}

TEST(ControlFile, Defaults) {
  const ControlFile control = parse_control("name = foo");
  EXPECT_EQ(control.name, "foo");
  EXPECT_FALSE(control.version);
  EXPECT_FALSE(control.comment);
  EXPECT_FALSE(control.schema);
  EXPECT_FALSE(control.module_pathname);
  EXPECT_FALSE(control.encoding);
  EXPECT_TRUE(control.depends.empty());
  EXPECT_TRUE(control.conflicts.empty());
  EXPECT_TRUE(control.provides.empty());
  EXPECT_TRUE(control.classes.empty());
  EXPECT_FALSE(control.relocatable);
  EXPECT_TRUE(control.superuser);
  EXPECT_FALSE(control.trusted);
}

TEST(ControlFile, BareValuesEndAtTheLineOrAComment) {
  EXPECT_EQ(foo("comment =  what foo does \t\n").comment, "what foo does");
  EXPECT_EQ(foo("comment = what foo does # and bar\n").comment, "what foo does");
  EXPECT_EQ(foo("comment=it's = foo's\n").comment, "it's = foo's");
  EXPECT_EQ(to_string(foo("depends = bar#x\n").depends), "bar");
  EXPECT_EQ(foo("comment\t=\tfoo\t# x").comment, "foo");
}

TEST(ControlFile, QuotedValues) {
  EXPECT_EQ(foo("comment = 'it''s # 1'   # one\n").comment, "it's # 1");
  EXPECT_EQ(foo("comment = ''''\n").comment, "'");
  EXPECT_EQ(foo("comment = ' foo '\n").comment, " foo ");
  EXPECT_EQ(foo("comment = ''\n").comment, "");
  EXPECT_TRUE(foo("depends = ''\n").depends.empty());
  EXPECT_EQ(foo_fault("comment = '''\n"), "3:14 expected a closing quote");
}

TEST(ControlFile, ContinuationLines) {
  EXPECT_EQ(foo("comment = what\n foo  \n\t\tdoes\n").comment, "what foo does");
  EXPECT_EQ(foo("comment =\n  what foo does\n").comment, "what foo does");
  EXPECT_EQ(foo("comment =  # one\n  'what  \n   foo does'\n").comment, "what foo does");
  EXPECT_EQ(to_string(foo("depends = bar (>= 1.1,\n  < 2),\n  baz").depends),
            "bar (>= 1.1, < 2), baz");
}

TEST(ControlFile, CommentsMayStandBetweenContinuationLines) {
  EXPECT_EQ(to_string(foo("depends = bar, # the first\n"
                          "  # indented\n"
                          "# not indented\n"
                          "  baz # the second\n"
                          "# end\n"
                          "schema = s\n")
                          .depends),
            "bar, baz");
}

TEST(ControlFile, BlankLineEndsAValue) {
  EXPECT_EQ(foo("comment = foo\n\n# x\n   \nschema = s\n").comment, "foo");
  EXPECT_EQ(foo_fault("depends = bar,\n\n  baz\n"), "5:1 expected a key at the start of the line");
  EXPECT_EQ(foo_fault("depends = bar,\n  \t\n  baz\n"),
            "5:1 expected a key at the start of the line");
}

TEST(ControlFile, QuotedTextIsNoComment) {
  // Inside quotes, a continuation line that begins with "#" is text.
  EXPECT_EQ(foo("comment = 'a\n  # b'\n").comment, "a # b");
  EXPECT_EQ(foo_fault("comment = 'a\n# b'\n"), "3:13 expected a closing quote");
}

TEST(ControlFile, LineEndsAndByteOrderMark) {
  const std::string text = "name = foo\nversion = '1.0'\ndepends = bar,\n  baz # x\n\n# end";
  std::string crlf;
  for (char c : text) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  for (const std::string &variant :
       {text, crlf, "\xEF\xBB\xBF" + text, "\xEF\xBB\xBF" + crlf, crlf + "\r\n", text + "\n\n"}) {
    const ControlFile control = parse_control(variant);
    EXPECT_EQ(control.version, "1.0");
    EXPECT_EQ(to_string(control.depends), "bar, baz");
  }
  EXPECT_EQ(parse_control("name = foo\r").name, "foo");
  EXPECT_EQ(foo("comment = 'a \r\n  b'\r\n").comment, "a b");
  // Neither the mark nor a carriage return counts as a character.
  EXPECT_EQ(fault("\xEF\xBB\xBFnane = foo\r\n"), "1:1 unknown key \"nane\"");
  EXPECT_EQ(fault("name = foo\r\nversion = 1-\r\n"),
            "2:11 version \"1-\" has nothing after its last hyphen");
}

TEST(ControlFile, BooleansAsCoreReadsThem) {
  for (const char *text : {"true", "t", "TRUE", "Tr", "yes", "y", "on", "ON", "1", "'true'"}) {
    EXPECT_TRUE(foo(std::string("trusted = ") + text).trusted) << text;
  }
  for (const char *text : {"false", "f", "FALSE", "no", "n", "off", "of", "0", "'0'"}) {
    EXPECT_FALSE(foo(std::string("superuser = ") + text).superuser) << text;
  }
  for (const char *text : {"o", "2", "01", "truee", "yess", "onn", "''", "maybe", "t f"}) {
    EXPECT_NE(foo_fault(std::string("trusted = ") + text), "") << text;
  }
}

TEST(ControlFile, SchemaOfARelocatablePackage) {
  const char *message = " parameter \"schema\" cannot be specified when \"relocatable\" is true";
  EXPECT_EQ(foo_fault("schema = s\nrelocatable = on\n"), std::string("3:1") + message);
  EXPECT_EQ(foo_fault("relocatable = on\nschema = s\n"), std::string("4:1") + message);
  EXPECT_EQ(foo_fault("relocatable = off\nschema = s\n"), "");
}

TEST(ControlFile, UnknownKeys) {
  const auto hint = [](const std::string &key) {
    try {
      foo(key + " = 1\n");
    } catch (const support::BadInput &error) {
      EXPECT_EQ(std::string(error.what()), "unknown key \"" + key + "\"");
      EXPECT_EQ(error.line(), 3u);
      EXPECT_EQ(error.column(), 1u);
      return error.hint();
    }
    return std::string("no error");
  };
  EXPECT_EQ(hint("dependz"), "Perhaps you meant \"depends\".");
  EXPECT_EQ(hint("Depends"), "Perhaps you meant \"depends\".");
  EXPECT_EQ(hint("relocateable"), "Perhaps you meant \"relocatable\".");
  EXPECT_EQ(hint("custom_variable_class"), "Perhaps you meant \"custom_variable_classes\".");
  EXPECT_EQ(hint("requires"), "Perhaps you meant \"depends\".");
  EXPECT_EQ(hint("default_version"), "Perhaps you meant \"version\".");
  EXPECT_EQ(hint("wibble").find("The keys are name, version, "), 0u);
}

TEST(ControlFile, PrivateKeysAreIgnored) {
  EXPECT_EQ(foo("x_ = 1\nx_depends = ((\nx_empty =\nx_long = a\n  b\n").name, "foo");
  EXPECT_EQ(foo_fault("x_a = 1\nx_a = 2\n"), "4:1 key \"x_a\" is given twice");
}

TEST(ControlFile, ClassesAreIdentifiers) {
  EXPECT_EQ(foo("custom_variable_classes = foo\n").classes, (std::vector<std::string>{"foo"}));
  EXPECT_EQ(foo("custom_variable_classes = _b,a , b1$,a\n").classes,
            (std::vector<std::string>{"_b", "a", "b1$"}));
  EXPECT_TRUE(foo("custom_variable_classes = ''\n").classes.empty());
  for (const char *text : {"a,", ",a", "a b", "1a", "$a", "a.b", "a-b", "\xC3\xA4", "'a\"'"}) {
    EXPECT_NE(foo_fault(std::string("custom_variable_classes = ") + text), "") << text;
  }
  EXPECT_NE(foo_fault("custom_variable_classes = " + std::string(64, 'a')), "");
}

TEST(ControlFile, MayRelateToItself) {
  const ControlFile control = foo("depends = foo\nconflicts = foo\nprovides = foo (= 2)\n");
  EXPECT_EQ(to_string(control.depends), "foo");
  EXPECT_EQ(conflicts_to_string(control.conflicts), "foo");
}

TEST(ControlFile, ErrorsPointIntoTheLineOfAContinuedValue) {
  EXPECT_EQ(foo_fault("depends = a,\n  # x\n\t  b (>= 1),  # y\n   c (>= )\n"),
            "6:10 expected a version after \">=\"");
  EXPECT_EQ(foo_fault("depends = 'a,\n   b (>= '''\n"), "4:12 expected \",\" or \")\" after \"'\"");
  EXPECT_EQ(foo_fault("depends = 'a'',\n   ''b'\n"), "3:12 invalid extension name: \"a'\"");
  EXPECT_EQ(foo_fault("comment = 'a''b''c\n  d''e\\f'\n"), "4:7 backslash in a value");
  EXPECT_EQ(foo_fault("depends = a,\n"), "3:13 expected a package name after \",\"");
}

TEST(ControlFile, TextThatReachesADumpIsPlain) {
  for (const std::string key : {"comment", "schema", "module_pathname", "name", "version"}) {
    std::string before = key == "name" ? "" : "name = foo\n";
    for (const std::string bad : {"a\\b", "a\x01z", "a\x7Fz", "a\xC2\x9Bz", "a\tb"}) {
      EXPECT_NE(fault(before + key + " = " + bad), "") << key << " " << bad;
    }
  }
}

TEST(ControlFile, NameMustBeWithinReachOfARelation) {
  for (const char *text : {"foo bar", "a,b", "a|b", "a(b", "a)b", "a<b", "a=b", "a!=b"}) {
    EXPECT_NE(fault(std::string("name = '") + text + "'"), "") << text;
  }
  const ControlFile control = parse_control("name = 'wow!'\nversion = 1");
  EXPECT_EQ(to_string(parse_request(control.name)), control.name);
}

}  // namespace
}  // namespace extman::control
