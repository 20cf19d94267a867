// Manifests: which version of each package there is.

#include "control/manifest.h"

#include "support/error.h"

#include <gtest/gtest.h>

namespace extman::control {
namespace {

TEST(Manifest, NamesOneVersionOfEachPackage) {
  std::vector<ManifestEntry> entries = parse_manifest("foo (= 1.0), bar (= 1:1.1~rc1-2)");
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].name, "foo");
  EXPECT_EQ(entries[0].version, "1.0");
  EXPECT_EQ(entries[1].name, "bar");
  EXPECT_EQ(entries[1].version, "1:1.1~rc1-2");
}

TEST(Manifest, RefusesEverythingElse) {
  for (const char *text : {"", "foo", "foo (>= 1.0)", "foo (= 1.0) | bar (= 1.0)",
                           "foo (= 1.0, != 2)", "foo (= 1.0), ", "foo = 1.0"}) {
    EXPECT_THROW(parse_manifest(text), support::BadInput) << text;
  }
}

}  // namespace
}  // namespace extman::control
