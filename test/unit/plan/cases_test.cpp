// Every file of test/cases.  With EXTMAN_UPDATE_CASES set in the environment the
// expected sections are written anew instead; read the difference before you
// commit it.

#include "problem/case_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace extman::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto &entry : fs::directory_iterator(fs::path(EXTMAN_SOURCE_DIR) / "test/cases")) {
    if (entry.path().extension() == ".case") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Cases : public testing::TestWithParam<std::string> {};

TEST_P(Cases, GivesTheExpectedAnswer) {
  fs::path path = fs::path(EXTMAN_SOURCE_DIR) / "test/cases" / (GetParam() + ".case");
  CaseFile problem = read_case(path.string());
  std::string answer = answer_case(problem, false);
  EXPECT_EQ(answer, answer_case(problem, true)) << "the order of the packages made a difference";

  if (std::getenv("EXTMAN_UPDATE_CASES") != nullptr) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    std::string whole = text.str();
    whole.resize(std::min(whole.size(), whole.find("== expected\n")));
    std::ofstream(path) << whole << "== expected\n" << answer;
    return;
  }
  EXPECT_EQ(answer, problem.expected);
}

INSTANTIATE_TEST_SUITE_P(Files, Cases, testing::ValuesIn(case_names()),
                         [](const testing::TestParamInfo<std::string> &test) {
                           std::string name = test.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(CasesFolder, IsNotEmpty) { EXPECT_GE(case_names().size(), 30u); }

}  // namespace
}  // namespace extman::test
