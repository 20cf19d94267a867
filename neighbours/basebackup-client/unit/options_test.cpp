#include "options.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "error.h"

namespace basebackup {
namespace {

Options parse(std::vector<std::string> words) {
  words.insert(words.begin(), "basebackup");
  std::vector<char *> argv;
  for (std::string &word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  return parse_options(static_cast<int>(words.size()), argv.data());
}

std::string complaint(const std::vector<std::string> &words) {
  try {
    parse(words);
  } catch (const UsageError &error) {
    return error.what();
  }
  return "none";
}

TEST(Options, TakesOptionsBeforeAndBehindTheArguments) {
  const Options options = parse({"-j", "4", "host=a", "--resume", "/b", "-T", "/x=/y"});
  EXPECT_EQ(options.jobs, 4);
  EXPECT_TRUE(options.resume);
  EXPECT_EQ(options.conninfo, "host=a");
  EXPECT_EQ(options.directory, "/b");
  ASSERT_EQ(options.tablespaces.size(), 1U);
  EXPECT_EQ(options.tablespaces[0].to, "/y");
}

TEST(Options, RefusesWhatIsWrong) {
  EXPECT_EQ(complaint({}), "no connection string and no directory given");
  EXPECT_EQ(complaint({"host=a"}), "no directory given");
  EXPECT_EQ(complaint({"a", "b", "c"}), "too many arguments, the first of them \"c\"");
  EXPECT_EQ(complaint({"--nonsense", "a", "b"}), "unrecognized option \"--nonsense\"");
  EXPECT_EQ(complaint({"a", "b", "-j"}), "option \"-j\" needs a value");
  EXPECT_EQ(complaint({"-l", "a\nSTART TIMELINE: 9", "a", "b"}), "the label must be one line");
  EXPECT_EQ(complaint({"-j", "0", "a", "b"}),
            "the number of jobs must be between 1 and 64, not \"0\"");
  EXPECT_EQ(complaint({"--wal=some", "a", "b"}),
            "invalid value \"some\" for option --wal: it must be \"include\" or \"none\"");
  EXPECT_EQ(complaint({"--manifest-checksums=MD5", "a", "b"}),
            "unrecognized checksum algorithm \"MD5\": it must be CRC32C, SHA256 or NONE");
}

TEST(Options, HelpAndVersionComeFirst) {
  EXPECT_TRUE(parse({"--help"}).help);
  EXPECT_TRUE(parse({"-?", "a"}).help);
  EXPECT_TRUE(parse({"-V"}).version);
}

}  // namespace
}  // namespace basebackup
