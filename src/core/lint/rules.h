// Rules that look at one statement at a time.
#pragma once

#include "control/control_file.h"
#include "lint/finding.h"
#include "lint/script.h"
#include "lint/tokens.h"
#include "support/no_postgres.h"

#include <string_view>
#include <vector>

namespace extman::lint {

struct Statement {
  std::string_view text;
  std::size_t line;
  Tokens tokens;
  Role role;
  const control::ControlFile *control;  // or nullptr
};

// Each adds what it finds.
void check_transaction(const Statement &statement, std::vector<Finding> &findings);
void check_commands_on_extensions(const Statement &statement, std::vector<Finding> &findings);
void check_if_not_exists(const Statement &statement, std::vector<Finding> &findings);
void check_cascade(const Statement &statement, std::vector<Finding> &findings);
void check_paths(const Statement &statement, std::vector<Finding> &findings);
void check_public(const Statement &statement, std::vector<Finding> &findings);
void check_script_tokens(const Statement &statement, std::vector<Finding> &findings);
void check_open_calls(const Statement &statement, std::vector<Finding> &findings);

}  // namespace extman::lint
