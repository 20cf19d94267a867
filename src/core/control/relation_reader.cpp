#include "control/relation_reader.h"

#include "control/name.h"
#include "control/relation_grammar.h"
#include "control/source.h"
#include "control/version_name.h"
#include "support/error.h"
#include "support/translate.h"

namespace extman::control {

namespace {

std::size_t offset_in(std::string_view text, std::string_view part) {
  return static_cast<std::size_t>(part.data() - text.data());
}

// Runs a check that knows nothing of places on a part of the text.
std::string checked(std::string_view text, std::string_view part, void (*check)(std::string_view)) {
  try {
    check(part);
  } catch (const support::BadInput &error) {
    throw SyntaxError(offset_in(text, part), error.what(), error.hint());
  }
  return std::string(part);
}

std::vector<version::Constraint> convert(std::string_view text,
                                         const std::vector<ConstraintText> &parts) {
  std::vector<version::Constraint> constraints;
  constraints.reserve(parts.size());
  for (const ConstraintText &part : parts) {
    constraints.push_back({part.op, checked(text, part.version, check_version_name)});
  }
  return constraints;
}

Relation convert(std::string_view text, const RelationText &part, NameRule rule) {
  std::string name =
      rule == NameRule::kAny ? std::string(part.name) : checked(text, part.name, check_name);
  return {std::move(name), convert(text, part.constraints)};
}

void refuse_alternatives(std::string_view text, const RelationText &part, const char *key) {
  if (part.bar.empty()) return;
  throw SyntaxError(offset_in(text, part.bar), tr("alternatives are not allowed in \"%s\"", key),
                    tr("Separate the packages by commas; only \"depends\" may offer a choice."));
}

}  // namespace

std::vector<Alternatives> read_depends(std::string_view text, NameRule rule) {
  std::vector<Alternatives> depends;
  for (const RelationText &part : read_relations(text)) {
    if (part.bar.empty()) depends.emplace_back();
    depends.back().push_back(convert(text, part, rule));
  }
  return depends;
}

std::vector<Relation> read_conflicts(std::string_view text, NameRule rule) {
  std::vector<Relation> conflicts;
  for (const RelationText &part : read_relations(text)) {
    refuse_alternatives(text, part, "conflicts");
    conflicts.push_back(convert(text, part, rule));
  }
  return conflicts;
}

std::vector<Provision> read_provides(std::string_view text, NameRule rule) {
  static const char *const kHint =
      tr_noop("A package provides a name, or a name at one version, as in: spatial (= 3.0).");
  std::vector<Provision> provides;
  for (const RelationText &part : read_relations(text)) {
    refuse_alternatives(text, part, "provides");
    Relation relation = convert(text, part, rule);
    for (const ConstraintText &constraint : part.constraints) {
      if (constraint.op == version::Operator::kEqual) continue;
      throw SyntaxError(offset_in(text, constraint.op_text),
                        tr("only \"=\" is allowed in \"provides\""), tr(kHint));
    }
    if (part.constraints.size() > 1) {
      throw SyntaxError(offset_in(text, part.constraints[1].op_text),
                        tr("only one version is allowed in \"provides\""), tr(kHint));
    }
    provides.push_back({std::move(relation.name), std::nullopt});
    if (!relation.constraints.empty()) {
      provides.back().version = std::move(relation.constraints.front().version);
    }
  }
  return provides;
}

std::vector<version::Constraint> read_checked_constraints(std::string_view text) {
  return convert(text, read_constraints(text));
}

}  // namespace extman::control
