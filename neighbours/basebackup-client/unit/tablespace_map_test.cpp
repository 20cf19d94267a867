#include "tablespace_map.h"

#include <gtest/gtest.h>

#include "error.h"

namespace basebackup {
namespace {

TEST(TablespaceMap, ParsesAMapping) {
  const TablespaceMapping mapping = parse_mapping(R"(/a\=b/=/c)");
  EXPECT_EQ(mapping.from, "/a=b");
  EXPECT_EQ(mapping.to, "/c");
}

TEST(TablespaceMap, RefusesWhatIsNoMapping) {
  for (const char *text : {"", "/a", "/a=", "=/b", "a=/b", "/a=b", "/a=/b=/c"}) {
    EXPECT_THROW(parse_mapping(text), UsageError) << text;
  }
}

TEST(TablespaceMap, KeepsLinesWhosePlaceStays) {
  const std::string file = "16385 /old\n16386 /with blank\\\\ and\\\nline feed\n";
  EXPECT_EQ(map_file(file, {}), file);
  EXPECT_EQ(map_file(file, {{"/old", "/new"}}),
            "16385 /new\n16386 /with blank\\\\ and\\\nline feed\n");
}

TEST(TablespaceMap, EscapesAsPostgresqlDoes) {
  EXPECT_EQ(map_file("1 /a\\\\b\n", {{"/a\\b", "/c\nd"}}), "1 /c\\\nd\n");
}

}  // namespace
}  // namespace basebackup
