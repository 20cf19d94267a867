#include "debian/archive.h"

#include <gtest/gtest.h>

#include <string>

namespace extman::bench {
namespace {

using universe::PackageId;
using universe::Universe;

void add(ArchiveReader &reader, const char *name, const char *version, const char *depends = "",
         const char *conflicts = "", const char *provides = "") {
  Stanza stanza;
  stanza.package = name;
  stanza.version = version;
  stanza.depends = depends;
  stanza.conflicts = conflicts;
  stanza.provides = provides;
  reader.add(stanza);
}

// The dependencies of a package, joined by ", ".
std::string depends_of(const Universe &universe, std::size_t package) {
  std::string text;
  for (universe::DependencyId dependency : universe.depends(PackageId(package))) {
    if (!text.empty()) text += ", ";
    text += universe.describe(dependency);
  }
  return text;
}

TEST(ArchiveReader, ReadsDebiansSpelling) {
  Universe universe;
  ArchiveReader reader(universe);
  add(reader, "a", "1", "b (<< 2),\n c (>> 1) | d (= 3) , e:any (>= 4)");
  EXPECT_EQ(depends_of(universe, 0), "b (< 2), c (> 1) | d (= 3), e (>= 4)");
}

TEST(ArchiveReader, ReadsOldOperatorsAsDebianDoes) {
  Universe universe;
  ArchiveReader reader(universe);
  add(reader, "a", "1", "b (< 2), c (> 1)");
  EXPECT_EQ(depends_of(universe, 0), "b (<= 2), c (>= 1)");
}

TEST(ArchiveReader, DropsTheQualifiersOfItsOwnArchitectureAlone) {
  Universe universe;
  ArchiveReader reader(universe);
  add(reader, "a", "1", "b:any, c:amd64, d:i386");
  EXPECT_EQ(depends_of(universe, 0), "b, c, d:i386");
}

TEST(ArchiveReader, TakesNamesThatExtensionsMayNotHave) {
  Universe universe;
  ArchiveReader reader(universe);
  add(reader, "a--b", "1", "libc++1, c-");
  EXPECT_EQ(universe.describe(PackageId(0)), "a--b 1");
  EXPECT_EQ(depends_of(universe, 0), "libc++1, c-");
}

TEST(ArchiveReader, TakesEqualVersionsOnce) {
  Universe universe;
  ArchiveReader reader(universe);
  add(reader, "a", "1.0", "first");
  add(reader, "a", "1.00", "second");
  add(reader, "a", "1.1");
  ASSERT_EQ(universe.size(), 2u);
  EXPECT_EQ(depends_of(universe, 0), "first");
}

TEST(ArchiveReader, KeepsKindsOfRelationsApart) {
  Universe universe;
  ArchiveReader reader(universe);
  add(reader, "a", "1", "x (= 1)", "x (= 1)", "x (= 1)");
  add(reader, "b", "1", "x (= 1)");
  const PackageId a(0);
  const PackageId b(1);
  ASSERT_EQ(universe.conflicts(a).size(), 1u);
  EXPECT_EQ(universe.describe(universe.conflicts(a).front()), "x (= 1)");
  ASSERT_EQ(universe.provides(a).size(), 1u);
  EXPECT_EQ(universe.text(universe.provides(a).front().version), "1");
  EXPECT_TRUE(universe.conflicts(b).empty());
  EXPECT_EQ(universe.depends(a).front(), universe.depends(b).front());
  EXPECT_EQ(universe.candidates(universe.depends(b).front()).front(), a);
}

}  // namespace
}  // namespace extman::bench
