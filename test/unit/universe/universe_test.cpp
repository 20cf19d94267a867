#include "universe/universe.h"

#include "support/error.h"

#include <gtest/gtest.h>

namespace extman::universe {
namespace {

control::ControlFile package(const std::string &name, const std::string &version,
                             const std::string &rest = "") {
  return control::parse_control("name = " + name + "\nversion = " + version + "\n" + rest);
}

RelationId relation(Universe &universe, const std::string &text) {
  return universe.intern(control::parse_request(text)[0][0]);
}

std::vector<std::string> describe(const Universe &universe, support::Span<PackageId> ids) {
  std::vector<std::string> texts;
  for (PackageId id : ids) texts.push_back(universe.describe(id));
  return texts;
}

using Texts = std::vector<std::string>;

TEST(Universe, ListsVersionsNewestFirst) {
  Universe universe;
  for (const char *version : {"1.0", "1.10", "1.2", "1.2~rc1", "2:0.1"}) {
    universe.add(package("foo", version), 0);
  }
  EXPECT_EQ(describe(universe, universe.versions(universe.find_name("foo"))),
            (Texts{"foo 2:0.1", "foo 1.10", "foo 1.2", "foo 1.2~rc1", "foo 1.0"}));
}

TEST(Universe, FirstOfEqualVersionsWins) {
  Universe universe;
  PackageId first = universe.add(package("foo", "1.0"), 7).id;
  Universe::Added second = universe.add(package("foo", "0:1.00-0"), 8);
  EXPECT_TRUE(second.id.is_none());
  EXPECT_EQ(second.shadowed_by, first);
  EXPECT_EQ(universe.tag(first), 7u);
  EXPECT_EQ(universe.size(), 1u);
}

TEST(Universe, CandidatesAreOwnNameThenProviders) {
  Universe universe;
  universe.add(package("zgis", "1.0", "provides = gis (= 3)\n"), 0);
  universe.add(package("agis", "1.0", "provides = gis (= 2), gis (= 3)\n"), 0);
  universe.add(package("gis", "1.0"), 0);
  universe.add(package("gis", "3.1"), 0);
  universe.add(package("bare", "1.0", "provides = gis\n"), 0);
  EXPECT_EQ(describe(universe, universe.candidates(relation(universe, "gis"))),
            (Texts{"gis 3.1", "gis 1.0", "agis 1.0", "bare 1.0", "zgis 1.0"}));
  EXPECT_EQ(describe(universe, universe.candidates(relation(universe, "gis (>= 3)"))),
            (Texts{"gis 3.1", "agis 1.0", "zgis 1.0"}));
  EXPECT_EQ(describe(universe, universe.candidates(relation(universe, "gis (< 2)"))),
            (Texts{"gis 1.0"}));
}

TEST(Universe, CandidatesSeeWhatIsAddedLater) {
  Universe universe;
  universe.add(package("foo", "1.0"), 0);
  RelationId any = relation(universe, "foo");
  EXPECT_EQ(universe.candidates(any).size(), 1u);
  universe.add(package("foo", "2.0"), 0);
  EXPECT_EQ(describe(universe, universe.candidates(any)), (Texts{"foo 2.0", "foo 1.0"}));
}

TEST(Universe, InternsARelationOnce) {
  Universe universe;
  EXPECT_EQ(relation(universe, "foo (>= 1, < 2)"), relation(universe, "foo(>=1,<2)"));
  EXPECT_NE(relation(universe, "foo (>= 1)"), relation(universe, "foo (>= 1.0)"));
}

TEST(Universe, PlainPackagesTakeAnyVersionText) {
  Universe universe;
  std::string_view needs[] = {"plpgsql", "odd name"};
  PackageId id = universe.add_plain({"core", "no version, really!", {needs, 2}, {}, false}, 0).id;
  EXPECT_EQ(universe.depends(id).size(), 2u);
  EXPECT_EQ(universe.describe(id), "core no version, really!");
}

TEST(Universe, OverlayWithoutVersionIsRefused) {
  Universe universe;
  EXPECT_THROW(universe.add(control::parse_control("name = foo\n"), 0), support::BadInput);
}

TEST(Universe, KnowsTheNearestNames) {
  Universe universe;
  for (const char *name : {"audit", "currency", "partition", "audio"}) {
    universe.add(package(name, "1.0"), 0);
  }
  relation(universe, "auddit");  // only asked for, so no suggestion
  EXPECT_EQ(universe.nearest_names("auditt"), (Texts{"audit", "audio"}));
  EXPECT_EQ(universe.nearest_names("audi"), (Texts{"audio", "audit"}));
  EXPECT_EQ(universe.nearest_names("nothing"), Texts{});
}

TEST(Universe, ForgetsWhatARequestNamed) {
  Universe universe;
  universe.add(package("foo", "1.0", "depends = bar\n"), 0);
  RelationId known = relation(universe, "bar");
  std::size_t names = universe.name_count();
  {
    Universe::RequestScope scope(universe);
    EXPECT_EQ(relation(universe, "bar"), known);
    relation(universe, "other (>= 1)");
    relation(universe, "another");
    EXPECT_EQ(universe.name_count(), names + 2);
  }
  EXPECT_EQ(universe.name_count(), names);
  EXPECT_TRUE(universe.find_name("other").is_none());
  EXPECT_EQ(relation(universe, "bar"), known);
  EXPECT_EQ(universe.describe(relation(universe, "other (>= 2)")), "other (>= 2)");
}

TEST(UpgradeGraph, TakesTheFewestScripts) {
  UpgradeGraph graph;
  graph.add("1.0", "1.1", 1);
  graph.add("1.1", "1.2", 2);
  graph.add("1.2", "2.0", 3);
  graph.add("1.0", "1.2", 4);
  EXPECT_EQ(graph.path("1.0", "2.0"), (std::vector<std::uint32_t>{4, 3}));
  EXPECT_EQ(graph.path("1.0", "1.0-0"), std::vector<std::uint32_t>{});
  EXPECT_EQ(graph.path("2.0", "1.0"), std::nullopt);
  EXPECT_EQ(graph.path("0.9", "1.0"), std::nullopt);
}

TEST(UpgradeGraph, ComparesVersionsNotText) {
  UpgradeGraph graph;
  graph.add("1.0", "1.1", 1);
  graph.add("1.10", "1.2", 2);
  EXPECT_EQ(graph.path("0:1.00", "1.01"), std::vector<std::uint32_t>{1});
  EXPECT_EQ(graph.path("1.1", "1.2"), std::nullopt);
}

TEST(UpgradeGraph, PrefersTheNewestWayAmongEqualOnes) {
  UpgradeGraph graph;
  graph.add("1", "2", 12);
  graph.add("2", "4", 24);
  graph.add("1", "3", 13);
  graph.add("3", "4", 34);
  EXPECT_EQ(graph.path("1", "4"), (std::vector<std::uint32_t>{13, 34}));
}

TEST(Universe, RefusesScriptsBetweenWhatAreNoVersions) {
  Universe universe;
  EXPECT_THROW(universe.add_upgrade("foo", "2.0-", "3.0", 0), support::BadInput);
  EXPECT_THROW(universe.add_upgrade("foo", "2.0", "", 0), support::BadInput);
}

TEST(UpgradeGraph, LoopsDoNotMatter) {
  UpgradeGraph graph;
  graph.add("1", "1", 11);
  graph.add("1", "2", 12);
  graph.add("2", "1", 21);
  EXPECT_EQ(graph.path("1", "2"), std::vector<std::uint32_t>{12});
  EXPECT_EQ(graph.path("2", "1"), std::vector<std::uint32_t>{21});
  EXPECT_EQ(graph.path("2", "3"), std::nullopt);
}

}  // namespace
}  // namespace extman::universe
