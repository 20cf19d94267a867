#include "random/debian_text.h"

#include <stdexcept>

namespace extman::bench {

namespace {

std::string text_of(const control::Relation &relation) {
  using version::Operator;
  if (relation.constraints.empty()) return relation.name;
  const version::Constraint &constraint = relation.constraints.front();
  const char *op = nullptr;
  switch (constraint.op) {
    case Operator::kLess:
      op = "<<";
      break;
    case Operator::kLessEqual:
      op = "<=";
      break;
    case Operator::kEqual:
      op = "=";
      break;
    case Operator::kGreaterEqual:
      op = ">=";
      break;
    case Operator::kGreater:
      op = ">>";
      break;
    case Operator::kNotEqual:
      break;
  }
  if (op == nullptr || relation.constraints.size() > 1) {
    throw std::logic_error("Debian has no words for " + control::to_string(relation));
  }
  return relation.name + " (" + op + " " + constraint.version + ")";
}

std::string conflicts_text(const control::ControlFile &package) {
  std::vector<control::Alternatives> parts;
  for (const control::Relation &relation : package.conflicts) parts.push_back({relation});
  return debian_text(parts);
}

std::vector<Wanted> without_choice(const std::string &text) {
  std::vector<Wanted> list;
  for (const auto &clause : read_relations_by_policy(text)) list.push_back(clause.front());
  return list;
}

}  // namespace

std::string debian_text(const std::vector<control::Alternatives> &relations) {
  std::string text;
  for (const control::Alternatives &part : relations) {
    const char *separator = text.empty() ? "" : ", ";
    for (const control::Relation &relation : part) {
      text += separator + text_of(relation);
      separator = " | ";
    }
  }
  return text;
}

std::string stanza_text(const control::ControlFile &package) {
  std::string text =
      "Package: " + package.name + "\nVersion: " + *package.version + "\nArchitecture: all\n";
  auto line = [&](const char *key, const std::string &value) {
    if (!value.empty()) text += key + (": " + value) + "\n";
  };
  line("Depends", debian_text(package.depends));
  line("Conflicts", conflicts_text(package));
  line("Provides", control::to_string(package.provides));
  return text + "\n";
}

Entry entry_of(const control::ControlFile &package) {
  Entry entry;
  entry.name = package.name;
  entry.version = *package.version;
  entry.depends = read_relations_by_policy(debian_text(package.depends));
  entry.conflicts = without_choice(conflicts_text(package));
  entry.provides = without_choice(control::to_string(package.provides));
  return entry;
}

}  // namespace extman::bench
