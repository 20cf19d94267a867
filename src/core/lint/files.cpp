#include "lint/files.h"

#include "control/conf_file.h"
#include "control/control_file.h"
#include "support/error.h"

#include <algorithm>

namespace extman::lint {

namespace {

// Where a line begins; the size of the text if it has not so many.
std::size_t line_begin(const std::string &text, std::size_t line) {
  std::size_t at = 0;
  for (; line > 1 && at < text.size(); --line) {
    const std::size_t end = text.find('\n', at);
    at = end == std::string::npos ? text.size() : end + 1;
  }
  return at;
}

// Each is one more pass over the text: of a file that is something else altogether, so
// many will do.
constexpr std::size_t kMaxErrors = 100;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Makes a comment of the entry that holds the line: of itself, of those above it up to
// the key, and of those that continue it.  Returns the entry's key.
std::string take_out(std::string &text, std::size_t line) {
  std::size_t first = line;
  while (first > 1 && is_blank(text[line_begin(text, first)])) --first;
  const std::size_t begin = line_begin(text, first);
  std::string key = text.substr(begin, text.find_first_of(" \t=\r\n#", begin) - begin);
  std::size_t at = begin;
  for (std::size_t now = first; at < text.size(); ++now) {
    if (now > line && !is_blank(text[at])) break;
    std::size_t end = text.find('\n', at);
    if (end == std::string::npos) end = text.size();
    text.replace(at, end - at, "#");
    at = std::min(at + 2, text.size());
  }
  return key;
}

// Parses again and again, each time without the entries found to be bad.
template <class Parse>
std::vector<Finding> all_errors(std::string_view given, Parse parse) {
  std::string text(given);
  std::vector<Finding> findings;
  std::vector<std::string> keys;
  while (findings.size() < kMaxErrors) {
    try {
      parse(text);
      break;
    } catch (const support::BadInput &bad) {
      const bool missing = bad.line() == 0;
      const bool follows = missing && std::find(keys.begin(), keys.end(), "name") != keys.end();
      if (!follows) {
        findings.push_back({bad.line(), Severity::kError, bad.what(), bad.hint()});
      }
      if (missing || line_begin(text, bad.line()) >= text.size()) break;
      const std::string before = text;
      keys.push_back(take_out(text, bad.line()));
      if (text == before) break;
    }
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding &a, const Finding &b) { return a.line < b.line; });
  return findings;
}

}  // namespace

std::vector<Finding> lint_control(std::string_view text) {
  return all_errors(text, [](const std::string &now) { control::parse_control(now); });
}

std::vector<Finding> lint_conf(std::string_view text, const std::vector<std::string> &classes) {
  return all_errors(text, [&](const std::string &now) { control::parse_conf(now, classes); });
}

}  // namespace extman::lint
