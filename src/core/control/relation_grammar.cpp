#include "control/relation_grammar.h"

#include "control/source.h"
#include "support/quote.h"
#include "support/translate.h"

#include <boost/spirit/home/x3.hpp>

#include <functional>
#include <string>

namespace extman::control {

namespace {

namespace x3 = boost::spirit::x3;
using version::Operator;

constexpr std::string_view kWhite = " \t\r\n";
constexpr std::string_view kOperatorCharacters = "<>=!";
constexpr std::string_view kPunctuation = "(),|";

// What the grammar's actions write to.
struct Builder {
  std::vector<RelationText> relations;
  std::vector<ConstraintText> lone_constraints;  // when constraints are all there is
  std::string_view bar;

  std::vector<ConstraintText> &constraints() {
    return relations.empty() ? lone_constraints : relations.back().constraints;
  }
};

struct builder_tag;

template <typename Context>
Builder &builder(const Context &context) {
  return x3::get<builder_tag>(context).get();
}

template <typename Context>
std::string_view matched(const Context &context) {
  const auto &range = x3::_attr(context);
  return {range.begin(), static_cast<std::size_t>(range.end() - range.begin())};
}

Operator operator_of(std::string_view text) {
  if (text == "<" || text == "<<") return Operator::kLess;
  if (text == "<=") return Operator::kLessEqual;
  if (text == "=") return Operator::kEqual;
  if (text == ">=") return Operator::kGreaterEqual;
  if (text == ">" || text == ">>") return Operator::kGreater;
  return Operator::kNotEqual;
}

const auto on_name = [](auto &context) {
  Builder &result = builder(context);
  result.relations.push_back({matched(context), result.bar, {}});
  result.bar = {};
};
const auto on_bar = [](auto &context) { builder(context).bar = matched(context); };
const auto on_operator = [](auto &context) {
  const std::string_view text = matched(context);
  builder(context).constraints().push_back({text, operator_of(text), {}});
};
const auto on_version = [](auto &context) {
  builder(context).constraints().back().version = matched(context);
};

// What an error says was expected; each is the name of a rule.
// translator: behind "expected"
constexpr const char *kName = tr_noop("a package name");
constexpr const char *kOperator = tr_noop("an operator");
constexpr const char *kVersion = tr_noop("a version");
constexpr const char *kCommaOrClosing = tr_noop("\",\" or \")\"");
constexpr const char *kComma = "\",\"";
constexpr const char *kCommaOrEnd = tr_noop("\",\" or the end");

const auto white = x3::char_(" \t\r\n");
const auto word = +(~x3::char_(" \t\r\n(),|<>=!") | (x3::char_('!') >> !x3::lit('=')));
const auto name = x3::raw[x3::lexeme[word]][on_name];
const auto version_text = x3::rule<struct version_id>{kVersion} =
    x3::raw[x3::lexeme[word]][on_version];
const auto comparison =
    x3::raw[x3::lit("<=") | "<<" | "<" | ">=" | ">>" | ">" | "!=" | "="][on_operator];

const auto constraint = x3::rule<struct constraint_id>{kOperator} =
    comparison >> x3::expect[version_text];
const auto constraints = x3::expect[constraint] >> *(',' >> x3::expect[constraint]);
const auto closing = x3::rule<struct closing_id>{kCommaOrClosing} = x3::lit(')');

const auto relation = x3::rule<struct relation_id>{kName} = name >> -('(' >> constraints >>
                                                                      x3::expect[closing]);
const auto separator = ',' | x3::raw[x3::lit('|')][on_bar];
const auto end_of_relations = x3::rule<struct end_of_relations_id>{kComma} = x3::eoi;
const auto relations = x3::expect[relation] >>
                       *(separator >> x3::expect[relation]) >> x3::expect[end_of_relations];

const auto end_of_constraints = x3::rule<struct end_of_constraints_id>{kCommaOrEnd} = x3::eoi;
const auto lone_constraints = constraints >> x3::expect[end_of_constraints];

// The token that ends at or before offset, for "expected X after TOKEN".
std::string_view token_before(std::string_view text, std::size_t offset) {
  const std::size_t last = text.substr(0, offset).find_last_not_of(kWhite);
  if (last == std::string_view::npos) return {};
  std::size_t first = last;
  if (kOperatorCharacters.find(text[last]) != std::string_view::npos) {
    while (first > 0 && kOperatorCharacters.find(text[first - 1]) != std::string_view::npos) {
      --first;
    }
  } else if (kPunctuation.find(text[last]) == std::string_view::npos) {
    const std::size_t before = text.substr(0, last).find_last_of(" \t\r\n<>=(),|");
    first = before == std::string_view::npos ? 0 : before + 1;
  }
  return text.substr(first, last + 1 - first);
}

[[noreturn]] void explain(std::string_view text, std::size_t offset, const std::string &expected) {
  const std::string_view before = token_before(text, offset);
  // Point at the token that should not be there; at the end of the text,
  // behind what is there.
  const std::size_t found = text.find_first_not_of(kWhite, offset);
  const bool at_operator = found != std::string_view::npos &&
                           kOperatorCharacters.find(text[found]) != std::string_view::npos;
  std::size_t where = found;
  if (found == std::string_view::npos) {
    where = before.empty() ? 0 : static_cast<std::size_t>(before.end() - text.begin());
  }

  // Nobody who writes "bar >= 1.1" has forgotten a comma.
  const bool bare_constraint = at_operator && expected == kComma;
  const std::string what = bare_constraint ? "\"(\"" : tr(expected.c_str());
  // translator: what is expected is a phrase, or punctuation in quotes
  const std::string message = before.empty()
                                  ? tr("expected %s", what)
                                  : tr("expected %s after %s", what, support::quoted(before));

  std::string hint;
  if (expected == kOperator && before == ",") {
    hint = tr("Only constraints stand in parentheses, as in: bar (>= 1.1, < 2), baz.");
  } else if (expected == kOperator || (expected == kVersion && at_operator)) {
    hint = tr("The operators are <, <<, <=, =, >=, >, >> and !=.");
  } else if (expected == kVersion) {
    hint = tr("A constraint is written as in: bar (>= 1.1).");
  } else if (expected == kCommaOrClosing) {
    hint = tr("Several constraints are written as in: bar (>= 1.1, < 2).");
  } else if (expected == kCommaOrEnd) {
    hint = tr("Several constraints are written as in: >= 1.1, < 2.");
  } else if (bare_constraint) {
    hint = tr("A constraint stands in parentheses, as in: bar (>= 1.1).");
  } else {
    hint = tr("Several packages are written as in: bar (>= 1.1), baz.");
  }
  throw SyntaxError(where, message, std::move(hint));
}

template <typename Grammar>
Builder read(std::string_view text, const Grammar &grammar) {
  Builder result;
  const char *first = text.data();
  const char *const last = first + text.size();
  try {
    x3::phrase_parse(first, last, x3::with<builder_tag>(std::ref(result))[grammar], white);
  } catch (const x3::expectation_failure<const char *> &failure) {
    explain(text, static_cast<std::size_t>(failure.where() - text.data()), failure.which());
  }
  return result;
}

}  // namespace

std::vector<RelationText> read_relations(std::string_view text) {
  return std::move(read(text, relations).relations);
}

std::vector<ConstraintText> read_constraints(std::string_view text) {
  return std::move(read(text, lone_constraints).lone_constraints);
}

}  // namespace extman::control
