#include "version/version.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace extman::version {
namespace {

// Each group holds equal versions, and comes before the next.
void expect_order(const std::vector<std::vector<std::string>> &groups) {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (std::size_t j = 0; j < groups.size(); ++j) {
      const int expected = i < j ? -1 : i > j ? 1 : 0;
      for (const std::string &a : groups[i]) {
        for (const std::string &b : groups[j]) {
          EXPECT_EQ(compare(a, b), expected) << "'" << a << "' and '" << b << "'";
        }
      }
    }
  }
}

TEST(VersionCompare, SpellingsOfOnePointZeroAreEqual) {
  expect_order({{"1.0", "1.00", "01.0", "0:1.0", "1.0-0", "00:001.000-00", " 1.0", "1.0 "}});
}

TEST(VersionCompare, EndIsNoZero) { expect_order({{"1"}, {"1.", "1.0"}}); }

TEST(VersionCompare, TildeSortsBeforeTheEnd) {
  expect_order({{"1.0~~"}, {"1.0~~a"}, {"1.0~"}, {"1.0~beta1"}, {"1.0"}, {"1.0a"}, {"1.0+"}});
  expect_order({{"1.0-0~"}, {"1.0", "1.0-0"}, {"1.0-1"}});
}

TEST(VersionCompare, RevisionCountsLast) {
  // The upstream part of 1.0-1 is 1.0, and comes before 1.0a.
  expect_order({{"1.0~beta1"}, {"1.0"}, {"1.0-1"}, {"1.0a"}, {"1.0rc1"}});
}

TEST(VersionCompare, CharactersAreOrderedByKind) {
  // "~", then the end and digits, then letters, then all others.
  expect_order({{"1~"}, {"1"}, {"1A"}, {"1Z"}, {"1a"}, {"1z"}, {"1+"}, {"1."}, {"1_"}});
  expect_order({{"1a~"}, {"1a", "1a0"}, {"1a1"}, {"1aa"}, {"1a+"}});
}

TEST(VersionCompare, BytesAboveAsciiComeBetweenLettersAndOthers) {
  expect_order({{"1.0z"}, {"1.0\xC3\xA4"}, {"1.0+"}});
}

TEST(VersionCompare, DigitRunsOfAnyLengthAreNumbers) {
  const std::string nines(30, '9');
  const std::string power = "1" + std::string(30, '0');
  expect_order({{"1.2"}, {"1.10"}, {"1." + nines, "1.000" + nines}, {"1." + power}});
  const std::string long_run(1'000'000, '7');
  expect_order({{long_run}, {long_run + "0"}});
  expect_order({{"1.18446744073709551615"}, {"1.18446744073709551616"}});
}

TEST(VersionCompare, EpochComesFirst) {
  expect_order({{"9", "0:9", "+0:9", "-0:9"}, {"1:1", "+1:1"}, {"2:0.1"}, {"2147483647:0"}});
}

TEST(VersionCompare, SplitsRevisionAtLastHyphen) {
  // 1.0-1-2 is upstream 1.0-1 and revision 2; 1.0-1 is upstream 1.0.
  expect_order({{"1.0-3"}, {"1.0-1-2"}, {"1.0-1-3"}, {"1.0-2-1"}});
}

TEST(VersionCompare, TextsThatOnlyCoreUses) {
  expect_order({{"1.0"}, {"abc"}, {"unpackaged"}});
  expect_order({{"1.0"}, {"1.0_1"}, {"1.0_2"}});
  expect_order({{"1.4-1"}, {"1.4-2"}, {"1.4.1"}});
}

TEST(VersionCompare, BrokenVersionsAreUpstreamParts) {
  // As a whole, ":1" begins with a character after all letters, "1.0-" goes on
  // after 1.0, and an epoch that is none does not count.
  expect_order({{"1.0"}, {"1.0-"}});
  expect_order({{"1"}, {"1:"}, {":1"}});
  expect_order({{"5"}, {"2147483648:1"}, {"1:0"}});
  expect_order({{""}, {"0.1"}, {"a b"}});
  expect_order({{"1"}, {std::string("1\0", 2)}});
}

// Texts made of the characters that matter.
std::vector<std::string> generated(std::size_t count, unsigned seed) {
  const std::string alphabet = "0011239~~..--::+aAzZ_ \xC3";
  std::mt19937 random(seed);
  std::vector<std::string> texts;
  while (texts.size() < count) {
    std::string text;
    for (std::size_t length = random() % 7; length > 0; --length) {
      text += alphabet[random() % alphabet.size()];
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

TEST(VersionCompare, IsReflexiveAndAntisymmetric) {
  const std::vector<std::string> texts = generated(1500, 1);
  for (const std::string &a : texts) {
    ASSERT_EQ(compare(a, a), 0) << a;
    for (const std::string &b : texts) ASSERT_EQ(compare(a, b), -compare(b, a)) << a << " " << b;
  }
}

TEST(VersionCompare, IsTransitive) {
  std::vector<std::string> texts = generated(2500, 2);
  std::sort(texts.begin(), texts.end(),
            [](const std::string &a, const std::string &b) { return compare(a, b) < 0; });
  // Sorted by a total preorder, the earlier is never the greater; and equality
  // holds between all of a run or none.
  std::vector<std::size_t> rank(texts.size(), 0);
  for (std::size_t i = 1; i < texts.size(); ++i) {
    const int order = compare(texts[i - 1], texts[i]);
    ASSERT_LE(order, 0);
    rank[i] = rank[i - 1] + (order < 0 ? 1 : 0);
  }
  EXPECT_GT(rank.back(), 500u);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (std::size_t j = i; j < texts.size(); ++j) {
      ASSERT_EQ(compare(texts[i], texts[j]), rank[i] == rank[j] ? 0 : -1)
          << "'" << texts[i] << "' and '" << texts[j] << "'";
    }
  }
}

}  // namespace
}  // namespace extman::version
