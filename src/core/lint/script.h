// What is wrong or risky in a script of a package.
#pragma once

#include "control/control_file.h"
#include "lint/finding.h"
#include "support/budget.h"
#include "support/no_postgres.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace extman::lint {

enum class Role { kInstall, kUninstall, kUpgrade };

// The findings, by line.  The text is UTF-8.  control: of the package, or nullptr
// when it could not be parsed; then nothing is said that depends on it.  The budget is
// polled once for each statement.
std::vector<Finding> lint_script(std::string_view text, Role role,
                                 const control::ControlFile *control, support::Budget &budget);

// The line of the first statement that takes away or renames what users of an earlier
// version may use, in an update script; 0: there is none.
std::size_t first_breaking_line(std::string_view text, support::Budget &budget);

}  // namespace extman::lint
