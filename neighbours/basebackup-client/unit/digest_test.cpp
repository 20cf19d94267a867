#include "digest.h"

#include <gtest/gtest.h>

#include "error.h"
#include "hex.h"

namespace basebackup {
namespace {

TEST(Crc32c, HasTheKnownCheckValue) {
  Crc32c crc;
  crc.update("1234");
  crc.update("56789");
  EXPECT_EQ(crc.value(), 0xe3069283U);
}

TEST(Crc32c, IsTheSameByTableAndByInstruction) {
  std::string data;
  for (int i = 0; i < 1000; ++i) {
    data += static_cast<char>(i * 7);
    Crc32c crc;
    crc.update(data);
    ASSERT_EQ(crc.value(), ~crc32c_by_table(0xffffffffU, data)) << i;
  }
}

TEST(Sha256, HasTheKnownValues) {
  const auto sha = [](std::string_view text) {
    Sha256 sha;
    sha.update(text);
    return to_hex(sha.finish());
  };
  EXPECT_EQ(sha(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, TakesPiecesOfAnyLength) {
  const std::string data(300, 'x');
  Sha256 whole;
  whole.update(data);
  Sha256 parts;
  for (size_t at = 0, length = 0; at < data.size(); at += length) {
    length = at % 70 + 1;
    parts.update(std::string_view(data).substr(at, length));
  }
  EXPECT_EQ(whole.finish(), parts.finish());
}

TEST(Digest, WritesCrcAsPostgresqlDoes) {
  Digest digest(DigestKind::kCrc32c);
  digest.update("123456789");
  EXPECT_EQ(digest.finish(), "839206e3");
}

TEST(Digest, CountsZeros) {
  Digest zeros(DigestKind::kSha256);
  zeros.update_zeros(10000);
  Digest text(DigestKind::kSha256);
  text.update(std::string(10000, '\0'));
  EXPECT_EQ(zeros.crc(), text.crc());
  EXPECT_EQ(zeros.finish(), text.finish());
}

TEST(Digest, KnowsItsNames) {
  EXPECT_EQ(parse_digest_kind("sha256"), DigestKind::kSha256);
  EXPECT_THROW(parse_digest_kind("SHA512"), UsageError);
}

}  // namespace
}  // namespace basebackup
