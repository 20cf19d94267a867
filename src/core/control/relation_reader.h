// From the text of relations to checked relations.  Everything here throws
// SyntaxError with an offset into the text.
#pragma once

#include "control/name.h"
#include "control/relation.h"
#include "support/no_postgres.h"

#include <string>
#include <string_view>
#include <vector>

namespace extman::control {

std::vector<Alternatives> read_depends(std::string_view text, NameRule rule = NameRule::kExtension);
std::vector<Relation> read_conflicts(std::string_view text, NameRule rule = NameRule::kExtension);
std::vector<Provision> read_provides(std::string_view text, NameRule rule = NameRule::kExtension);
std::vector<version::Constraint> read_checked_constraints(std::string_view text);

}  // namespace extman::control
