// All that is wrong with a control or conf file: their parsers stop at the first error.
#pragma once

#include "lint/finding.h"
#include "support/no_postgres.h"

#include <string>
#include <string_view>
#include <vector>

namespace extman::lint {

// By line.  What follows from another error only, as "missing name" does where the
// line of the name is the bad one, is left out.
std::vector<Finding> lint_control(std::string_view text);

// classes: the custom_variable_classes of the package.
std::vector<Finding> lint_conf(std::string_view text, const std::vector<std::string> &classes);

}  // namespace extman::lint
