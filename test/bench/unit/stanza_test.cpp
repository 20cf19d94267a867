#include "debian/stanza.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace extman::bench {
namespace {

// The stanzas of a text, each as "package version architecture depends".
std::vector<std::string> stanzas_of(const std::string &text) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  // A thread, since a pipe holds less than the longest of the texts.
  std::thread writer([&] {
    for (std::size_t at = 0; at < text.size();) {
      at += static_cast<std::size_t>(write(ends[1], text.data() + at, text.size() - at));
    }
    close(ends[1]);
  });
  std::vector<std::string> found;
  StanzaReader reader(ends[0]);
  Stanza stanza;
  try {
    while (reader.next(stanza)) {
      found.push_back(std::string(stanza.package) + ' ' + std::string(stanza.version) + ' ' +
                      std::string(stanza.architecture) + ' ' + std::string(stanza.depends));
    }
  } catch (const std::runtime_error &error) {
    found.emplace_back(error.what());
  }
  writer.join();
  close(ends[0]);
  return found;
}

TEST(StanzaReader, ReadsTheFieldsThatMatter) {
  EXPECT_EQ(stanzas_of("Package: a\nVersion: 1:2-3\nArchitecture: all\nDepends: b (>= 1),  c\n"),
            std::vector<std::string>{"a 1:2-3 all b (>= 1),  c"});
}

TEST(StanzaReader, TakesEveryFieldOfItsOwn) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const std::string text =
      "Package: a\nVersion: 1\nPre-Depends: p\nConflicts: c\nBreaks: b\nProvides: v (= 1)\n";
  ASSERT_EQ(write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  close(ends[1]);
  StanzaReader reader(ends[0]);
  Stanza stanza;
  ASSERT_TRUE(reader.next(stanza));
  EXPECT_EQ(stanza.pre_depends, "p");
  EXPECT_EQ(stanza.conflicts, "c");
  EXPECT_EQ(stanza.breaks, "b");
  EXPECT_EQ(stanza.provides, "v (= 1)");
  EXPECT_EQ(stanza.depends, "");
  close(ends[0]);
}

TEST(StanzaReader, JoinsLinesThatGoOn) {
  EXPECT_EQ(stanzas_of("Package: a\nVersion: 1\nDepends: b,\n c,\n\td\nArchitecture: all\n"),
            std::vector<std::string>{"a 1 all b,\n c,\n\td"});
}

TEST(StanzaReader, IgnoresFieldsThatOnlyBeginAlike) {
  EXPECT_EQ(stanzas_of("Package: a\nPackage-Type: deb\nVersion: 1\nDepends-Not: x\n"
                       "Description: text\n Depends: no field\n"),
            std::vector<std::string>{"a 1  "});
}

TEST(StanzaReader, SeparatesAtEmptyLines) {
  EXPECT_EQ(stanzas_of("\n\nPackage: a\nVersion: 1\n\n\n\nPackage: b\nVersion: 2\n\n"),
            (std::vector<std::string>{"a 1  ", "b 2  "}));
}

TEST(StanzaReader, NeedsNoNewlineAtTheEnd) {
  EXPECT_EQ(stanzas_of("Package: a\nVersion: 1"), std::vector<std::string>{"a 1  "});
}

TEST(StanzaReader, RefusesAStanzaWithoutAVersion) {
  EXPECT_EQ(stanzas_of("Package: a\n\n"),
            std::vector<std::string>{"a stanza without a name or a version: a"});
}

// Longer than the room that it begins with, and cut at every place by it.
TEST(StanzaReader, ReadsStanzasLongerThanItsRoom) {
  const std::string depends(700 * 1000, 'x');
  std::string text;
  std::vector<std::string> expected;
  for (int i = 0; i < 5; ++i) {
    const std::string name = "p" + std::to_string(i);
    text += "Package: " + name + "\nVersion: 1\nDepends: " + depends + "\n\n";
    expected.push_back(name + " 1  " + depends);
  }
  EXPECT_EQ(stanzas_of(text), expected);
}

TEST(StanzaReader, ReadsManySmallStanzas) {
  std::string text;
  std::vector<std::string> expected;
  for (int i = 0; i < 50000; ++i) {
    const std::string name = "p" + std::to_string(i);
    text += "Package: " + name + "\nVersion: 1\nDepends: a,\n b\n\n";
    expected.push_back(name + " 1  a,\n b");
  }
  EXPECT_EQ(stanzas_of(text), expected);
}

}  // namespace
}  // namespace extman::bench
