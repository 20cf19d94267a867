// No word of a message is left out of what is translated: with a translator that
// crosses out all words, no word is left but those of the packages themselves.

#include "control/control_file.h"
#include "lint/script.h"
#include "problem/case_file.h"
#include "support/budget.h"
#include "support/error.h"
#include "support/translate.h"

#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace extman::test {
namespace {

namespace fs = std::filesystem;

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

bool is_of_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

const char *cross_out(const char *text, const char *plural, unsigned long count) {
  static std::string crossed;
  crossed = plural != nullptr && count != 1 ? plural : text;
  for (std::size_t i = 0; i < crossed.size(); ++i) {
    const bool in_placeholder =
        i > 0 && (crossed[i - 1] == '%' || (crossed[i - 1] == '$' && i > 2));
    if (is_letter(crossed[i]) && !(in_placeholder && crossed[i] == 's')) crossed[i] = 'X';
  }
  return crossed.c_str();
}

class CrossedOut {
 public:
  CrossedOut() { support::set_translator(cross_out); }
  ~CrossedOut() { support::set_translator(nullptr); }
};

std::vector<std::string> words(const std::string &text) {
  std::vector<std::string> result;
  std::string word;
  for (char c : text + " ") {
    if (is_of_word(c)) {
      word += c;
      continue;
    }
    while (!word.empty() && word.back() == '.') word.pop_back();
    if (!word.empty()) result.push_back(word);
    word.clear();
  }
  return result;
}

// The words of a text that are not crossed out; what stands in quotes is somebody's text.
std::vector<std::string> words_left(const std::string &text, const std::set<std::string> &names) {
  std::string unquoted;
  bool in_quotes = false;
  for (char c : text) {
    if (c == '"') in_quotes = !in_quotes;
    if (!in_quotes) unquoted += c;
  }
  std::vector<std::string> left;
  for (const std::string &word : words(unquoted)) {
    bool is_word = false;
    for (char c : word) is_word = is_word || (is_letter(c) && c != 'X');
    if (is_word && names.count(word) == 0) left.push_back(word);
  }
  return left;
}

std::string read_file(const fs::path &path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// What a case file calls packages, versions and classes: all words behind the first of
// a line.
std::set<std::string> names_in(const fs::path &path) {
  std::set<std::string> names = {"upgrade", "sql"};
  std::istringstream lines(read_file(path));
  for (std::string line; std::getline(lines, line) && line != "== expected";) {
    if (line.rfind("== ", 0) == 0) line.erase(0, 3);
    const std::vector<std::string> all = words(line);
    if (!all.empty()) names.insert(all.begin() + 1, all.end());
  }
  for (const char *keyword : {"held", "automatic", "requires", "ahead"}) names.erase(keyword);
  return names;
}

// A name, or a call or a file's name made of names.
void add_derived(std::set<std::string> &names) {
  names.insert("pg_extension_unhold");
  const std::set<std::string> plain = names;
  for (const std::string &name : plain) names.insert(name + ".sql");
}

TEST(TranslatedTexts, LeaveNoWordOfAnAnswer) {
  const CrossedOut crossed_out;
  std::size_t answered = 0;
  for (const auto &entry : fs::directory_iterator(fs::path(EXTMAN_SOURCE_DIR) / "test/cases")) {
    const CaseFile problem = read_case(entry.path().string());
    const plan::Answer answer = ask_case(problem, false);
    const std::string text = answer.message + "\n" + answer.detail + "\n" + answer.hint;
    ++answered;
    std::set<std::string> names = names_in(entry.path());
    add_derived(names);
    std::string left;
    for (const std::string &word : words_left(text, names)) {
      // upgrade--1.0--1.1.sql
      if (word.find("--") == std::string::npos) left += " " + word;
    }
    EXPECT_EQ(left, "") << entry.path() << "\n" << text;
  }
  EXPECT_GE(answered, 100u);
}

TEST(TranslatedTexts, LeaveNoWordOfWhatIsWrongWithAControlFile) {
  const CrossedOut crossed_out;
  std::size_t refused = 0;
  // Of the list of keys, and of the line that is an example.
  const std::vector<std::string> keys = words(
      "name version comment depends conflicts provides custom_variable_classes schema "
      "relocatable superuser trusted module_pathname encoding bar");
  const fs::path folder = fs::path(EXTMAN_SOURCE_DIR) / "control-examples/invalid";
  for (const auto &entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".control") continue;
    const std::string text = read_file(entry.path());
    const std::vector<std::string> own = words(text);
    try {
      control::parse_control(text);
    } catch (const support::BadInput &bad) {
      ++refused;
      std::set<std::string> names(own.begin(), own.end());
      names.insert(keys.begin(), keys.end());
      const std::string said = std::string(bad.what()) + "\n" + bad.hint();
      std::string left;
      for (const std::string &word : words_left(said, names)) left += " " + word;
      EXPECT_EQ(left, "") << entry.path() << "\n" << said;
    }
  }
  EXPECT_GE(refused, 50u);
}

TEST(TranslatedTexts, LeaveNoWordOfWhatLintSays) {
  const CrossedOut crossed_out;
  std::size_t found = 0;
  const fs::path folder = fs::path(EXTMAN_SOURCE_DIR) / "test/bad_packages";
  for (const auto &entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".sql") continue;
    control::ControlFile control;
    control.name = "foo";
    for (const bool trusted : {false, true}) {
      control.trusted = trusted;
      control.superuser = trusted;
      const std::string script = read_file(entry.path());
      support::Budget budget;
      for (const lint::Finding &finding :
           lint::lint_script(script, lint::Role::kInstall, &control, budget)) {
        ++found;
        std::set<std::string> names;
        for (std::string word : words(script)) {
          names.insert(word);
          for (char &c : word) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
          names.insert(word);
          for (char &c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
          names.insert(word);
        }
        std::string left;
        for (const std::string &word : words_left(finding.message + "\n" + finding.hint, names)) {
          // Templates put a schema in front of a name.
          const std::string plain = word.substr(word.find('.') + 1);
          if (names.count(plain) == 0) left += " " + word;
        }
        EXPECT_EQ(left, "") << entry.path() << "\n" << finding.message << "\n" << finding.hint;
      }
    }
  }
  EXPECT_GE(found, 50u);
}

}  // namespace
}  // namespace extman::test
