#include "lint/files.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

using extman::lint::Finding;
using extman::lint::lint_conf;
using extman::lint::lint_control;

namespace {

std::vector<std::size_t> lines(const std::vector<Finding> &findings) {
  std::vector<std::size_t> result;
  for (const Finding &finding : findings) result.push_back(finding.line);
  return result;
}

using Lines = std::vector<std::size_t>;

TEST(LintFiles, SaysNothingOfAGoodControlFile) {
  EXPECT_TRUE(lint_control("name = foo\nversion = 1.0\n").empty());
}

TEST(LintFiles, FindsEveryErrorOfAControlFile) {
  EXPECT_EQ(lines(lint_control("name = foo\nverson = 1\ntrusted = maybe\ndepends = bar (>= 1.0,\n"
                               "  baz\nschema = 'open\n")),
            (Lines{2, 3, 5, 6}));
}

TEST(LintFiles, SaysOnceThatANameIsMissing) {
  EXPECT_EQ(lines(lint_control("version = 1.0\n")), Lines{0});
  EXPECT_EQ(lines(lint_control("")), Lines{0});
}

TEST(LintFiles, DoesNotMissTheNameThatIsWrong) {
  EXPECT_EQ(lines(lint_control("name = -foo\nversion = 1.0")), Lines{1});
}

TEST(LintFiles, EndsOnTextThatIsNoControlFile) {
  std::string text;
  for (int line = 0; line < 1000; ++line) text += "no control file at all\n";
  EXPECT_EQ(lint_control(text).size(), 100U);
  EXPECT_EQ(lint_control(std::string(3, '\0')).size(), 2U);  // and there is no name
  EXPECT_EQ(lint_control(" indented\n \n =").size(), 2U);
}

TEST(LintFiles, FindsEveryErrorOfAConfFile) {
  EXPECT_EQ(lines(lint_conf("foo.a = 1\nbar.b = 2\nfoo.a = 3\n", {"foo"})), (Lines{2, 3}));
  EXPECT_TRUE(lint_conf("# foo.a = 1\n", {"foo"}).empty());
}

}  // namespace
