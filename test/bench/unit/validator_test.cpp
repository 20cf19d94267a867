#include "debian/validator.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace extman::bench {
namespace {

Entry entry(const std::string &name, const std::string &version, const std::string &depends = "",
            const std::string &conflicts = "", const std::string &provides = "") {
  Entry made;
  made.name = name;
  made.version = version;
  made.depends = read_relations_by_policy(depends);
  for (const auto &clause : read_relations_by_policy(conflicts)) {
    made.conflicts.push_back(clause.front());
  }
  for (const auto &clause : read_relations_by_policy(provides)) {
    made.provides.push_back(clause.front());
  }
  return made;
}

// Whether all packages of a catalog can be there together.
std::string fault_of_all(const std::vector<Entry> &entries, const std::vector<Wanted> &asked = {}) {
  Catalog catalog;
  std::vector<std::size_t> all;
  for (const Entry &made : entries) {
    all.push_back(catalog.size());
    catalog.add(made);
  }
  return fault_of(catalog, all, asked);
}

TEST(Validator, AcceptsWhatHolds) {
  EXPECT_EQ(fault_of_all({entry("a", "1", "b (>= 2) | c, d:any", "e, b (<< 2)"), entry("b", "2"),
                          entry("x", "1", "", "", "d")},
                         {{"a", "=", "1"}, {"d", "", ""}}),
            "");
}

TEST(Validator, MissesADependency) {
  EXPECT_EQ(fault_of_all({entry("a", "1", "b (>= 2)"), entry("b", "1")}), "a 1 lacks b (>= 2)");
}

TEST(Validator, WantsAVersionOfWhatIsProvided) {
  EXPECT_EQ(fault_of_all({entry("a", "1", "v (>= 2)"), entry("b", "3", "", "", "v")}),
            "a 1 lacks v (>= 2)");
  EXPECT_EQ(fault_of_all({entry("a", "1", "v (>= 2)"), entry("b", "1", "", "", "v (= 3)")}), "");
}

TEST(Validator, SeesConflicts) {
  EXPECT_EQ(fault_of_all({entry("a", "1", "", "b (<< 2)"), entry("b", "1")}),
            "a 1 conflicts with b (<< 2)");
  EXPECT_EQ(fault_of_all({entry("a", "1", "", "v"), entry("b", "1", "", "", "v")}),
            "a 1 conflicts with v");
}

TEST(Validator, LetsNoPackageConflictWithItself) {
  EXPECT_EQ(fault_of_all({entry("a", "1", "", "v", "v")}), "");
}

TEST(Validator, SeesANameThatIsThereTwice) {
  EXPECT_EQ(fault_of_all({entry("a", "1"), entry("a", "2")}), "a is there twice");
}

TEST(Validator, MissesWhatWasAskedFor) {
  EXPECT_EQ(fault_of_all({entry("a", "1")}, {{"a", ">=", "2"}}), "a (>= 2) was asked for");
}

TEST(Catalog, TakesTheFirstOfEqualVersions) {
  Catalog catalog;
  catalog.add(entry("a", "1.0", "first"));
  catalog.add(entry("a", "1.00", "second"));
  ASSERT_EQ(catalog.size(), 1u);
  EXPECT_EQ(catalog[0].depends.front().front().name, "first");
}

TEST(Catalog, KeepsQualifiersOfOtherArchitectures) {
  EXPECT_EQ(read_relations_by_policy("a:any, b:amd64, c:i386")[0][0].name, "a");
  EXPECT_EQ(read_relations_by_policy("a:any, b:amd64, c:i386")[1][0].name, "b");
  EXPECT_EQ(read_relations_by_policy("a:any, b:amd64, c:i386")[2][0].name, "c:i386");
}

}  // namespace
}  // namespace extman::bench
