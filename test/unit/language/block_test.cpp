// What blocks of the language say, and where what is wrong with them stands.

#include "language/block.h"

#include "support/error.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace extman::language {
namespace {

using Texts = std::vector<std::string>;

// All of a block, as one line for each kind of thing in it.
Texts said(const std::string &text) {
  const Block block = parse_block(text);
  Texts lines;
  auto add = [&](const std::string &verb, const std::string &what) {
    if (!what.empty()) lines.push_back(verb + " " + what);
  };
  for (std::size_t i = 0; i < block.install.size(); ++i) {
    const std::string schema = block.schemas.at(i).empty() ? "" : " into " + block.schemas[i];
    add("install", control::to_string(block.install[i]) + schema);
  }
  add(block.cascade ? "cascade" : "uninstall", control::to_string(block.uninstall));
  add("upgrade", control::to_string(block.upgrade));
  if (block.upgrade_all) lines.emplace_back("upgrade all");
  static const char *const kWords[] = {"hold", "unhold", "automatic", "wanted"};
  for (const Block::PolicyChange &change : block.policies) {
    add(kWords[static_cast<int>(change.policy)], change.name);
  }
  return lines;
}

// "2:5 message"
std::string fault(const std::string &text) {
  try {
    parse_block(text);
  } catch (const support::BadInput &error) {
    return std::to_string(error.line()) + ":" + std::to_string(error.column()) + " " + error.what();
  }
  return "none";
}

TEST(Block, HoldsTheWordsOfTheDesign) {
  EXPECT_EQ(
      said("INSTALL EXTENSION foo, bar (>= 1.1) SCHEMA s; UPGRADE EXTENSION ALL;"
           "UPGRADE EXTENSION foo; UNINSTALL EXTENSION baz CASCADE; HOLD EXTENSION x;"
           "UNHOLD EXTENSION y; MARK EXTENSION z AUTOMATIC; MARK EXTENSION a, b WANTED;"),
      (Texts{"install foo into s", "install bar (>= 1.1) into s", "cascade baz", "upgrade foo",
             "upgrade all", "hold x", "unhold y", "automatic z", "wanted a", "wanted b"}));
  EXPECT_EQ(said(""), Texts{});
  EXPECT_EQ(said(" ;; -- no command\n;"), Texts{});
}

TEST(Block, FoldsWhatIsNotQuoted) {
  EXPECT_EQ(said("install Extension FOO (= 1.0A) Schema Apps"),
            Texts{"install foo (= 1.0A) into apps"});
  EXPECT_EQ(said("INSTALL EXTENSION \"FOO\" SCHEMA \"App s;\""), Texts{"install FOO into App s;"});
  EXPECT_EQ(said("INSTALL EXTENSION a!, \"B!\" (= 1)"), (Texts{"install a!", "install B! (= 1)"}));
  EXPECT_EQ(said("INSTALL EXTENSION uuid-ossp | \"T_Mixed-case.1\"(>=1)"),
            Texts{"install uuid-ossp | T_Mixed-case.1 (>= 1)"});
  EXPECT_EQ(said("INSTALL EXTENSION a!, \"b!\""), (Texts{"install a!", "install b!"}));
}

TEST(Block, KnowsItsWordsFromNames) {
  EXPECT_EQ(said("INSTALL EXTENSION install, cascade, all, extension"),
            (Texts{"install install", "install cascade", "install all", "install extension"}));
  EXPECT_EQ(said("INSTALL EXTENSION \"schema\" SCHEMA schema"),
            Texts{"install schema into schema"});
  EXPECT_EQ(said("UPGRADE EXTENSION \"all\""), Texts{"upgrade all"});
  EXPECT_FALSE(parse_block("UPGRADE EXTENSION \"all\"").upgrade_all);
  EXPECT_EQ(said("UPGRADE EXTENSION all, allx"), Texts{"upgrade all, allx"});
  EXPECT_EQ(said("UNINSTALL EXTENSION cascaded"), Texts{"uninstall cascaded"});
}

TEST(Block, SkipsComments) {
  EXPECT_EQ(said("/* a /* b */ ; */ INSTALL--x\nEXTENSION/**/foo/* ; */,bar -- ; HOLD\n (= 1) ;--"),
            (Texts{"install foo", "install bar (= 1)"}));
  EXPECT_EQ(said("INSTALL EXTENSION \"a\", b--c"), (Texts{"install a", "install b"}));
}

TEST(Block, SaysWhereItWentWrong) {
  EXPECT_EQ(fault("INSTALL foo"), "1:9 expected EXTENSION after \"INSTALL\"");
  EXPECT_EQ(fault("HOLD EXTENSION a;\n  FOO EXTENSION b"), "2:3 expected a command after \";\"");
  EXPECT_EQ(fault("-- \xC3\xA4\n/* \xC3\xA4 */ INSTALL EXTENSION ;"),
            "2:27 expected a package name after \"EXTENSION\"");
  EXPECT_EQ(fault("INSTALL EXTENSION a (= 1, b"), "1:27 expected an operator after \",\"");
  EXPECT_EQ(fault("INSTALL EXTENSION a SCHEMA"), "1:27 expected a schema name after \"SCHEMA\"");
  EXPECT_EQ(fault("INSTALL EXTENSION a SCHEMA \"\""), "1:28 a schema name must not be empty");
  EXPECT_EQ(fault("INSTALL EXTENSION a SCHEMA b c"), "1:30 expected \";\" after \"b\"");
  EXPECT_EQ(fault("INSTALL EXTENSION a\n, \"b$\""), "2:3 invalid extension name: \"b$\"");
  EXPECT_EQ(fault("INSTALL EXTENSION \"a b\""), "1:19 invalid extension name: \"a b\"");
  EXPECT_EQ(fault("MARK EXTENSION a"), "1:17 expected AUTOMATIC or WANTED after \"a\"");
  EXPECT_EQ(fault("UPGRADE EXTENSION"), "1:18 expected a package name or ALL after \"EXTENSION\"");
  EXPECT_EQ(fault("HOLD EXTENSION a \"b"), "1:18 unterminated quoted name");
  EXPECT_EQ(fault("HOLD /* /* */"), "1:6 unterminated comment");
  EXPECT_EQ(fault("HOLD EXTENSION a | b"), "1:18 cannot choose what to hold from alternatives");
  EXPECT_EQ(fault("HOLD EXTENSION a (= 1)"), "1:18 cannot hold by version");
}

TEST(Block, RefusesWhatContradictsItself) {
  EXPECT_EQ(fault("INSTALL EXTENSION a SCHEMA s; INSTALL EXTENSION b | a SCHEMA t"),
            "1:62 extension \"a\" is to be installed into two schemas, \"s\" and \"t\"");
  EXPECT_EQ(fault("UNINSTALL EXTENSION a CASCADE; UNINSTALL EXTENSION b"),
            "1:52 CASCADE is meant for some of what is uninstalled, but not for all");
  EXPECT_EQ(fault("UNINSTALL EXTENSION a; UNINSTALL EXTENSION b CASCADE"),
            "1:46 CASCADE is meant for some of what is uninstalled, but not for all");
  EXPECT_EQ(fault("UPGRADE EXTENSION ALL; UPGRADE EXTENSION a (= 1)"),
            "1:44 UPGRADE EXTENSION ALL asks for other versions, too");
}

TEST(Block, SpreadsTheSchemaToWhereTheSamePackageIsNamed) {
  EXPECT_EQ(
      said("INSTALL EXTENSION a (>= 1); INSTALL EXTENSION a, b SCHEMA s; INSTALL EXTENSION c"),
      (Texts{"install a (>= 1) into s", "install a into s", "install b into s", "install c"}));
}

TEST(Block, TakesLongText) {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += "/*";
  EXPECT_EQ(fault(text), "1:1 unterminated comment");
  EXPECT_EQ(fault("INSTALL EXTENSION a" + std::string(100'000, '(')),
            "1:21 expected an operator after \"(\"");
  EXPECT_EQ(said(std::string(200'000, ';')), Texts{});
}

}  // namespace
}  // namespace extman::language
