#include "manifest.h"

#include <gtest/gtest.h>

#include "hex.h"
#include "sha256.h"

namespace basebackup {
namespace {

TEST(Manifest, IsWrittenAsPostgresqlWritesIt) {
  const std::string text =
      make_manifest({1, "", DigestKind::kCrc32c},
                    {{"base/5/1", 8192, 86400, "839206e3"}, {"PG_VERSION", 3, 0, "64440205"}},
                    {{1, 0x2000028, 0x2000100}});
  const std::string lines =
      "{ \"PostgreSQL-Backup-Manifest-Version\": 1,\n"
      "\"Files\": [\n"
      "{ \"Path\": \"PG_VERSION\", \"Size\": 3, \"Last-Modified\": \"1970-01-01 00:00:00 GMT\", "
      "\"Checksum-Algorithm\": \"CRC32C\", \"Checksum\": \"64440205\" },\n"
      "{ \"Path\": \"base/5/1\", \"Size\": 8192, \"Last-Modified\": \"1970-01-02 00:00:00 GMT\", "
      "\"Checksum-Algorithm\": \"CRC32C\", \"Checksum\": \"839206e3\" }\n"
      "],\n"
      "\"WAL-Ranges\": [\n"
      "{ \"Timeline\": 1, \"Start-LSN\": \"0/2000028\", \"End-LSN\": \"0/2000100\" }\n"
      "],\n";
  Sha256 sha;
  sha.update(lines);
  EXPECT_EQ(text, lines + "\"Manifest-Checksum\": \"" + to_hex(sha.finish()) + "\"}\n");
}

TEST(Manifest, NamesTheSystemFromVersion2On) {
  const std::string text =
      make_manifest({2, "7712479625953554460", DigestKind::kNone}, {{"a", 1, 0, ""}}, {{1, 1, 2}});
  EXPECT_NE(text.find("\"PostgreSQL-Backup-Manifest-Version\": 2,\n"
                      "\"System-Identifier\": 7712479625953554460,\n\"Files\": ["),
            std::string::npos);
  EXPECT_NE(text.find("GMT\" }\n"), std::string::npos) << "no checksum";
}

TEST(Manifest, EscapesPaths) {
  EXPECT_EQ(manifest_path("a\"b\\c\n"), "\"Path\": \"a\\\"b\\\\c\\u000a\"");
  EXPECT_EQ(manifest_path("\xc3\xa4\xf0\x9f\x90\x98"), "\"Path\": \"\xc3\xa4\xf0\x9f\x90\x98\"");
}

TEST(Manifest, EncodesPathsThatAreNotUtf8) {
  for (const char *path :
       {"\xe4", "\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80"}) {
    EXPECT_EQ(manifest_path(path), "\"Encoded-Path\": \"" + to_hex(path) + "\"");
  }
}

}  // namespace
}  // namespace basebackup
