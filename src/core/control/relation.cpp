#include "control/relation.h"

#include "control/relation_reader.h"
#include "control/source.h"

namespace extman::control {

namespace {

// Reads text that stands alone, not in a control file.
template <typename Read>
auto read_alone(std::string_view text, Read read) {
  const Source source(text);
  try {
    return read(source.text());
  } catch (const SyntaxError &error) {
    source.fail(error.offset(), error.what(), error.hint());
  }
}

template <typename Item>
std::string join(const std::vector<Item> &items, std::string_view separator) {
  std::string text;
  for (const Item &item : items) {
    if (!text.empty()) text += separator;
    text += to_string(item);
  }
  return text;
}

}  // namespace

std::vector<Alternatives> parse_request(std::string_view text) {
  return parse_depends(text, NameRule::kExtension);
}

std::vector<Alternatives> parse_depends(std::string_view text, NameRule rule) {
  return read_alone(text, [rule](std::string_view value) { return read_depends(value, rule); });
}

std::vector<Relation> parse_conflicts(std::string_view text, NameRule rule) {
  return read_alone(text, [rule](std::string_view value) { return read_conflicts(value, rule); });
}

std::vector<Provision> parse_provides(std::string_view text, NameRule rule) {
  return read_alone(text, [rule](std::string_view value) { return read_provides(value, rule); });
}

std::vector<version::Constraint> parse_constraints(std::string_view text) {
  return read_alone(text, read_checked_constraints);
}

std::string to_string(const Relation &relation) {
  if (relation.constraints.empty()) return relation.name;
  return relation.name + " (" + join(relation.constraints, ", ") + ")";
}

std::string to_string(const Alternatives &alternatives) { return join(alternatives, " | "); }

std::string to_string(const std::vector<Alternatives> &relations) { return join(relations, ", "); }

std::string to_string(const Provision &provision) {
  if (!provision.version) return provision.name;
  return provision.name + " (= " + *provision.version + ")";
}

std::string to_string(const std::vector<Provision> &provisions) { return join(provisions, ", "); }

std::string conflicts_to_string(const std::vector<Relation> &conflicts) {
  return join(conflicts, ", ");
}

}  // namespace extman::control
