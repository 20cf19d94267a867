#include "graph/parse.h"

#include <cstdlib>
#include <regex>
#include <sstream>
#include <vector>

namespace extman::test {

namespace {

std::vector<std::string> lines_of(const std::string &text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// The nodes that are declared come first, numbered from 0; edges are between them.
class Numbers {
 public:
  bool declare(const std::string &number) { return number == std::to_string(count_++); }
  bool known(const std::string &number) const { return std::stoul(number) < count_; }

 private:
  std::size_t count_ = 0;
};

}  // namespace

std::string fault_of_dot(const std::string &text) {
  const std::string label = R"re("(?:[^"\\&<>\x80-\xff]|\\\\|\\n|&#[0-9]+;)*")re";
  const std::string value = R"re((?:[a-z]+|[0-9]+|"#[0-9a-f]{6}"|"[a-z,]+"))re";
  const std::string attributes = "(?:[a-z]+=" + value + "(?:, [a-z]+=" + value + ")*)";
  const std::regex node("  n([0-9]+) \\[label=" + label + ", " + attributes + "\\];");
  const std::regex edge("  n([0-9]+) -> n([0-9]+)(?: \\[(?:label=" + label + "(?:, " + attributes +
                        ")?|" + attributes + ")\\])?;");
  const std::vector<std::string> lines = lines_of(text);
  if (lines.size() < 5 || lines[0] != "digraph extensions {" || lines.back() != "}") {
    return "no digraph";
  }
  Numbers numbers;
  for (std::size_t i = 4; i + 1 < lines.size(); ++i) {
    std::smatch match;
    if (std::regex_match(lines[i], match, node)) {
      if (!numbers.declare(match[1])) return "not in order: " + lines[i];
    } else if (std::regex_match(lines[i], match, edge)) {
      if (!numbers.known(match[1]) || !numbers.known(match[2])) return "no such node: " + lines[i];
    } else {
      return "no line of DOT: " + lines[i];
    }
  }
  return {};
}

std::string fault_of_mermaid(const std::string &text) {
  const std::string label = R"re("(?:[ .,()_+:?0-9A-Za-z]|#[0-9]+;|<br/>)*")re";
  const std::regex node("  n([0-9]+)(?:>" + label + "\\]|\\{" + label + "\\}|\\{\\{" + label +
                        "\\}\\}|\\[/" + label + "\\\\\\]|\\(\\[" + label + "\\]\\)|\\[\\[" + label +
                        "\\]\\]|\\(" + label + "\\)|\\[" + label + "\\])(?::::[a-z]+)?");
  const std::regex edge("  n([0-9]+) (?:-->|-\\.->|==>|x--x|-\\.-x)(?:\\|" + label +
                        "\\|)? n([0-9]+)");
  const std::regex style("  classDef [a-z]+ [a-z0-9:#, -]+");
  const std::vector<std::string> lines = lines_of(text);
  if (lines.empty() || lines[0] != "flowchart LR") return "no flowchart";
  Numbers numbers;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    std::smatch match;
    if (std::regex_match(lines[i], match, node)) {
      if (!numbers.declare(match[1])) return "not in order: " + lines[i];
    } else if (std::regex_match(lines[i], match, edge)) {
      if (!numbers.known(match[1]) || !numbers.known(match[2])) return "no such node: " + lines[i];
    } else if (!std::regex_match(lines[i], style)) {
      return "no line of Mermaid: " + lines[i];
    }
  }
  return {};
}

}  // namespace extman::test
