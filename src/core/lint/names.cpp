#include "lint/names.h"

#include "support/quote.h"
#include "support/translate.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <vector>

namespace extman::lint {

namespace {

// Words that stand before a parenthesis and are no functions: keywords of SQL and
// PL/pgSQL, what the grammar itself makes calls of (COALESCE), types with modifiers.
// In byte order.
constexpr std::array<std::string_view, 164> kNoFunctions = {"absolute",
                                                            "all",
                                                            "alter",
                                                            "analyze",
                                                            "and",
                                                            "any",
                                                            "array",
                                                            "as",
                                                            "asc",
                                                            "atomic",
                                                            "attribute",
                                                            "begin",
                                                            "between",
                                                            "bit",
                                                            "both",
                                                            "by",
                                                            "call",
                                                            "case",
                                                            "cast",
                                                            "char",
                                                            "character",
                                                            "check",
                                                            "coalesce",
                                                            "collate",
                                                            "columns",
                                                            "conflict",
                                                            "constraint",
                                                            "copy",
                                                            "create",
                                                            "cross",
                                                            "cursor",
                                                            "dec",
                                                            "decimal",
                                                            "default",
                                                            "delete",
                                                            "desc",
                                                            "distinct",
                                                            "do",
                                                            "else",
                                                            "elsif",
                                                            "end",
                                                            "except",
                                                            "exclude",
                                                            "execute",
                                                            "exists",
                                                            "explain",
                                                            "extract",
                                                            "filter",
                                                            "float",
                                                            "for",
                                                            "foreach",
                                                            "foreign",
                                                            "from",
                                                            "full",
                                                            "function",
                                                            "greatest",
                                                            "group",
                                                            "grouping",
                                                            "having",
                                                            "if",
                                                            "ilike",
                                                            "in",
                                                            "include",
                                                            "index",
                                                            "inherits",
                                                            "inner",
                                                            "insert",
                                                            "intersect",
                                                            "interval",
                                                            "into",
                                                            "is",
                                                            "isnull",
                                                            "join",
                                                            "key",
                                                            "lateral",
                                                            "leading",
                                                            "least",
                                                            "left",
                                                            "like",
                                                            "limit",
                                                            "loop",
                                                            "materialized",
                                                            "natural",
                                                            "nchar",
                                                            "normalize",
                                                            "not",
                                                            "notice",
                                                            "notnull",
                                                            "null",
                                                            "nullif",
                                                            "numeric",
                                                            "of",
                                                            "offset",
                                                            "on",
                                                            "only",
                                                            "operator",
                                                            "or",
                                                            "order",
                                                            "outer",
                                                            "over",
                                                            "overlaps",
                                                            "overlay",
                                                            "partition",
                                                            "perform",
                                                            "position",
                                                            "precision",
                                                            "primary",
                                                            "procedure",
                                                            "query",
                                                            "raise",
                                                            "range",
                                                            "references",
                                                            "return",
                                                            "returning",
                                                            "returns",
                                                            "right",
                                                            "rollup",
                                                            "row",
                                                            "rows",
                                                            "select",
                                                            "set",
                                                            "setof",
                                                            "sets",
                                                            "similar",
                                                            "some",
                                                            "statistics",
                                                            "substring",
                                                            "table",
                                                            "tablesample",
                                                            "then",
                                                            "time",
                                                            "timestamp",
                                                            "to",
                                                            "trailing",
                                                            "treat",
                                                            "trigger",
                                                            "trim",
                                                            "type",
                                                            "union",
                                                            "unique",
                                                            "update",
                                                            "using",
                                                            "values",
                                                            "varbit",
                                                            "varchar",
                                                            "varying",
                                                            "view",
                                                            "when",
                                                            "where",
                                                            "while",
                                                            "window",
                                                            "with",
                                                            "within",
                                                            "xmlattributes",
                                                            "xmlconcat",
                                                            "xmlelement",
                                                            "xmlexists",
                                                            "xmlforest",
                                                            "xmlnamespaces",
                                                            "xmlparse",
                                                            "xmlpi",
                                                            "xmlroot",
                                                            "xmlserialize",
                                                            "xmltable"};

bool is_no_function(std::string_view word) {
  return std::binary_search(kNoFunctions.begin(), kNoFunctions.end(), word);
}

// What may stand where a table's name does, and is none.
bool is_no_table(const Token &token) {
  if (token.kind != TokenKind::kWord) return token.kind != TokenKind::kQuotedName;
  static constexpr std::array kWords = {"lateral", "only", "select",  "unnest", "values",
                                        "with",    "all",  "current", "strict", "rows"};
  return std::find(kWords.begin(), kWords.end(), token.text) != kWords.end();
}

// What a first pass over the tokens finds out, so that the second needs none of its own
// for each token.
class Places {
 public:
  explicit Places(const Tokens &tokens) : tokens_(tokens), from_of_call_(tokens.size()) {
    std::vector<std::size_t> closing(tokens.size(), tokens.size());
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      const Token &token = tokens[at];
      if (token.is_symbol('(')) {
        open_.push_back({at, takes_from(at), false});
      } else if (token.is_symbol(')') && !open_.empty()) {
        closing[open_.back().at] = at;
        open_.pop_back();
      } else if (!open_.empty() && token.is("select")) {
        open_.back().query = true;
      }
      from_of_call_[at] = !open_.empty() && open_.back().takes_from && !open_.back().query;
    }
    for (std::size_t at = 0; at < tokens.size(); ++at) find_definition(at, closing);
  }

  // EXTRACT(x FROM y): a FROM that brings no table.
  bool is_from_of_call(std::size_t at) const { return from_of_call_[at]; }

  // WITH name [(columns)] AS [[NOT] MATERIALIZED] (
  bool is_defined_by_with(const std::string &name) const { return defined_.count(name) > 0; }

 private:
  struct Open {
    std::size_t at;
    bool takes_from;
    bool query;  // a SELECT was seen in it
  };

  bool takes_from(std::size_t at) const {
    static constexpr std::array kCalls = {"extract", "overlay", "position", "substring", "trim"};
    return at > 0 && std::find(kCalls.begin(), kCalls.end(), tokens_[at - 1].text) != kCalls.end();
  }

  void find_definition(std::size_t at, const std::vector<std::size_t> &closing) {
    if (!tokens_[at].is_name()) return;
    std::size_t next = at + 1;
    if (tokens_[next].is_symbol('(')) next = closing[next] + 1;
    if (tokens_.match(next, {"as"}) &&
        (tokens_[next + 1].is_symbol('(') || tokens_.match(next + 1, {"materialized"}) ||
         tokens_.match(next + 1, {"not", "materialized"}))) {
      defined_.insert(tokens_[at].text);
    }
  }

  const Tokens &tokens_;
  std::vector<bool> from_of_call_;
  std::vector<Open> open_;
  std::set<std::string> defined_;
};

bool is_qualified(const Tokens &tokens, std::size_t at) {
  return at > 0 && tokens[at - 1].is_symbol('.');
}

bool is_call(const Tokens &tokens, const Places &places, std::size_t at) {
  if (!tokens[at].is_name() || !tokens[at + 1].is_symbol('(') || is_qualified(tokens, at)) {
    return false;
  }
  if (tokens[at].kind == TokenKind::kWord && is_no_function(tokens[at].text)) return false;
  if (places.is_defined_by_with(tokens[at].text)) return false;
  if (at == 0) return true;
  const Token &before = tokens[at - 1];
  if (before.kind == TokenKind::kSymbol) {
    // Aliases with columns, and casts to a type with a modifier, are no calls.
    const bool cast = before.is_symbol(':') && at >= 2 && tokens[at - 2].is_symbol(':');
    return !cast && !before.is_symbol(')') && !before.is_symbol(']');
  }
  if (before.kind != TokenKind::kWord) return before.kind == TokenKind::kOperator;
  // Behind another name it is an alias, and behind these something that is defined here.
  static constexpr std::array kDefining = {"as", "into", "references", "table", "update", "with"};
  return is_no_function(before.text) &&
         std::find(kDefining.begin(), kDefining.end(), before.text) == kDefining.end();
}

bool is_table(const Tokens &tokens, const Places &places, std::size_t at) {
  if (at == 0 || is_no_table(tokens[at]) || tokens[at + 1].is_symbol('.') ||
      tokens[at + 1].is_symbol('(') || places.is_defined_by_with(tokens[at].text)) {
    return false;
  }
  const Token &before = tokens[at - 1];
  if (before.is("join") || (before.is("into") && tokens.match(at - 2, {"insert"})) ||
      (before.is("update") && tokens[at + 1].is("set"))) {
    return true;
  }
  return before.is("from") && !places.is_from_of_call(at - 1) &&
         !(at >= 2 && (tokens[at - 2].is("distinct") || tokens[at - 2].is("fetch") ||
                       tokens[at - 2].is("next") || tokens[at - 2].is("move")));
}

bool is_operand(const Token &token) {
  return token.kind == TokenKind::kNumber || token.kind == TokenKind::kString ||
         token.kind == TokenKind::kQuotedName || token.is_symbol(')') || token.is_symbol(']') ||
         (token.kind == TokenKind::kWord && !is_no_function(token.text));
}

bool is_open_operator(const Tokens &tokens, std::size_t at, bool assignments) {
  const Token &token = tokens[at];
  if (token.kind != TokenKind::kOperator || token.text == "=>" ||
      (assignments && token.text == "=")) {
    return false;
  }
  if (at > 0 && tokens[at - 1].is_symbol(':')) return false;  // :=
  if (at > 0 && tokens[at - 1].is_symbol('.')) return false;  // OPERATOR(pg_catalog.+), t.*
  // count(*), SELECT *
  return token.text != "*" ||
         (at > 0 && is_operand(tokens[at - 1]) && !tokens[at - 1].is("select"));
}

}  // namespace

std::optional<OpenName> find_open_name(const Tokens &tokens, bool assignments) {
  const Places places(tokens);
  std::optional<OpenName> table;
  std::optional<OpenName> operation;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const Token &token = tokens[at];
    if (is_call(tokens, places, at))
      return OpenName{OpenName::Kind::kFunction, token.text, token.line};
    if (!table && is_table(tokens, places, at)) {
      table = OpenName{OpenName::Kind::kTable, token.text, token.line};
    }
    if (!operation && is_open_operator(tokens, at, assignments)) {
      operation = OpenName{OpenName::Kind::kOperator, token.text, token.line};
    }
  }
  return table ? table : operation;
}

std::string describe(const OpenName &name) {
  const std::string text = support::quoted(name.name);
  switch (name.kind) {
    case OpenName::Kind::kFunction:
      return tr("function %s", text);
    case OpenName::Kind::kTable:
      return tr("table %s", text);
    case OpenName::Kind::kOperator:
      break;
  }
  return tr("operator %s", text);
}

}  // namespace extman::lint
