// The grammar of relations, before their names and versions mean anything.
#pragma once

#include "support/no_postgres.h"
#include "version/version.h"

#include <string_view>
#include <vector>

namespace extman::control {

// Every view is a part of the text that was read, so that it also says where
// it stands.
struct ConstraintText {
  std::string_view op_text;
  version::Operator op;
  std::string_view version;
};

struct RelationText {
  std::string_view name;
  std::string_view bar;  // the "|" in front of it, empty when there is none
  std::vector<ConstraintText> constraints;
};

//   relations    = alternatives { "," alternatives }
//   alternatives = relation { "|" relation }
//   relation     = name [ "(" constraint { "," constraint } ")" ]
//   constraint   = ( "<" | "<<" | "<=" | "=" | ">=" | ">" | ">>" | "!=" ) version
//
// with white space between the parts.  A name ends at white space or at one of
// ( ) , | < > = or !=, and so does a version.  Throws SyntaxError.
std::vector<RelationText> read_relations(std::string_view text);

// constraint { "," constraint }
std::vector<ConstraintText> read_constraints(std::string_view text);

}  // namespace extman::control
