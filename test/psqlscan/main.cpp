// Compares what the splitter makes of SQL with what psql's scanner makes of it: each
// .sql file of the folders in EXTMAN_SQL (separated by colons), and random texts.
#include "compare.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace extman::psqlscan {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> folders() {
  const char *value = std::getenv("EXTMAN_SQL");
  std::istringstream list(value == nullptr ? "" : value);
  std::vector<fs::path> result;
  for (std::string folder; std::getline(list, folder, ':');) result.emplace_back(folder);
  return result;
}

std::vector<fs::path> sql_files(const fs::path &folder) {
  std::vector<fs::path> paths;
  for (const auto &entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".sql") paths.push_back(entry);
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string content(const fs::path &path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(PsqlScanner, Files) {
  ASSERT_FALSE(folders().empty());
  for (const fs::path &folder : folders()) {
    std::size_t files = 0;
    std::size_t statements = 0;
    std::size_t commands = 0;
    for (const fs::path &path : sql_files(folder)) {
      const std::string text = content(path);
      if (text.find('\0') != std::string::npos) continue;
      for (const bool standard_strings : {true, false}) {
        const Compared compared = compare_with_psql(text, standard_strings);
        EXPECT_TRUE(compared.same()) << path << "\n" << compared.difference;
        if (!standard_strings) continue;
        ++files;
        statements += compared.statements;
        commands += compared.psql_commands;
      }
    }
    EXPECT_GT(statements, 0U) << folder;
    std::cout << folder.string() << ": " << files << " files, " << statements << " statements, "
              << commands << " psql commands within statements\n";
  }
}

TEST(PsqlScanner, FilesInChunks) {
  for (const fs::path &folder : folders()) {
    for (const fs::path &path : sql_files(folder)) {
      const std::string difference = compare_chunks(content(path));
      EXPECT_TRUE(difference.empty()) << path << " " << difference;
    }
  }
}

// Where psql does otherwise on purpose, the texts leave it out: it takes BEGIN for a
// body's start also without ATOMIC and within another body, and labels and what only
// begins like CREATE FUNCTION for the words, and knows variables, as in :a.  Letters
// right behind a number mean something else in each version of PostgreSQL.
TEST(PsqlScanner, RandomTexts) {
  constexpr int kTexts = 300'000;
  const std::string kBody = " begin atomic ";
  const std::vector<std::string> parts{
      // clang-format off
      ";", ";", ";", "'", "'", "''", "\"", "$", "$$", "$a$", "$ab$", "\\", "\\\\", "\\'", "\\.",
      "-", "--", "/", "/*", "*/", "*", "+", "(", ")", "[", "]", ",", " :: ", "\n", "\n", "\r", "\t",
      "\f", " ", " ", "a", "e'", " E'", "u&", " u&'", " U&\"", " x'", " B'", " n'", "\xc3\xa4",
      " 1 ", " $1 ", "\n\\echo", kBody, " case ", " end ", " end;", ";create function ",
      ";create or replace procedure ", ";\ncopy t from stdin;\n", ";copy t from stdin;", "\n\\.\n"
      // clang-format on
  };
  std::mt19937 random(20100519);
  std::size_t statements = 0;
  for (int i = 0; i < kTexts; ++i) {
    std::string text;
    bool body = false;
    for (unsigned count = random() % 24; count > 0; --count) {
      const std::string &part = parts[random() % parts.size()];
      if (part == kBody && body) continue;
      body = body || part == kBody;
      text += part;
    }
    const Compared compared = compare_with_psql(text, i % 2 == 0);
    ASSERT_TRUE(compared.same()) << "text: " << text << "\n" << compared.difference;
    statements += compared.statements;
  }
  std::cout << kTexts << " random texts, " << statements << " statements\n";
}

}  // namespace
}  // namespace extman::psqlscan
