// Every control file of control-examples/invalid gives exactly the error that
// the .expected file next to it says: "line:column", the message, the hint.
#include "control/control_file.h"
#include "support/error.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace extman::control {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path &path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<fs::path> examples() {
  std::vector<fs::path> paths;
  for (const auto &entry :
       fs::directory_iterator(fs::path(EXTMAN_SOURCE_DIR) / "control-examples" / "invalid")) {
    if (entry.path().extension() == ".control") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string outcome(const std::string &text) {
  try {
    parse_control(text);
  } catch (const support::BadInput &error) {
    return std::to_string(error.line()) + ":" + std::to_string(error.column()) + "\n" +
           error.what() + "\n" + error.hint() + "\n";
  }
  return "no error\n";
}

TEST(InvalidExamples, EachGivesItsMessage) {
  for (const fs::path &path : examples()) {
    fs::path expected = path;
    expected.replace_extension(".expected");
    EXPECT_EQ(outcome(read_file(path)), read_file(expected)) << path.filename();
  }
}

TEST(InvalidExamples, ThereAreMany) {
  std::set<std::string> messages;
  for (const fs::path &path : examples()) messages.insert(outcome(read_file(path)));
  EXPECT_GE(examples().size(), 30u);
  EXPECT_GE(messages.size(), 30u);
}

TEST(InvalidExamples, EachMessageIsOneLineAndSaysWhatToDo) {
  for (const fs::path &path : examples()) {
    const std::string text = outcome(read_file(path));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3) << path.filename();
    EXPECT_EQ(text.substr(text.size() - 2), ".\n")
        << path.filename() << ": the hint is no sentence";
  }
}

}  // namespace
}  // namespace extman::control
