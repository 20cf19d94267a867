// Problems as case files: what is written is what is read.

#include "problem/case_file.h"

#include "problem/ask.h"
#include "solve/random_universe.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace extman::test {
namespace {

std::string text_of(const std::string &path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(CaseFile, IsReadAsItWasWritten) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    const Problem problem = random_problem(random);
    const std::string path = write_failure(problem, "written-by-a-test", "A test writes this.");
    ASSERT_TRUE(std::filesystem::exists(path)) << path;
    const CaseFile read = read_case(path);
    ASSERT_EQ(to_string(read), text_of(path));
    ASSERT_EQ(read.head, "# A test writes this.\n");

    // The solver sees the same problem.
    const Outcome outcome = ask(problem);
    ASSERT_NE(
        read.expected.find(outcome.has_plan() ? outcome.answer.detail : outcome.answer.message),
        std::string::npos)
        << text_of(path);
    ASSERT_EQ(answer_case(read, true), read.expected);
    std::filesystem::remove(path);
  }
}

}  // namespace
}  // namespace extman::test
