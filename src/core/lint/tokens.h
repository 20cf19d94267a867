// A statement, or the body of a routine, as tokens.
//
// The lexical rules are those of PostgreSQL's scan.l.  Text that the server would
// refuse gives some tokens or other, never an error: the server has the last word.
#pragma once

#include "support/no_postgres.h"

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace extman::lint {

enum class TokenKind {
  kWord,        // identifier or keyword; text is in lower case
  kQuotedName,  // "..." without its quotes, and what a script's token such as @extschema@
                // stands for
  kString,      // any kind of string; text is its value, but for backslash escapes
  kNumber,      // or $1
  kOperator,
  kSymbol  // one of ( ) [ ] , ; : .
};

struct Token {
  TokenKind kind;
  std::string text;
  std::size_t line;
  std::size_t depth;  // of parentheses around it; of a parenthesis, outside of it

  bool is(std::string_view word) const { return kind == TokenKind::kWord && text == word; }
  bool is_symbol(char symbol) const { return kind == TokenKind::kSymbol && text[0] == symbol; }
  bool is_name() const { return kind == TokenKind::kWord || kind == TokenKind::kQuotedName; }
};

class Tokens {
 public:
  // line: of the first byte of the text.
  Tokens(std::string_view text, std::size_t line);

  std::size_t size() const { return tokens_.size(); }

  // Behind the end stands an empty symbol, so that looking ahead is always fine.
  const Token &operator[](std::size_t at) const { return at < tokens_.size() ? tokens_[at] : end_; }

  // Whether these words stand one after the other from a position on.
  bool match(std::size_t at, std::initializer_list<std::string_view> words) const;

  // The first position from one on, outside of parentheses, where they do; or size().
  std::size_t find(std::size_t from, std::initializer_list<std::string_view> words) const;

  // Behind a perhaps qualified name that begins there.
  std::size_t behind_name(std::size_t at) const;

 private:
  std::vector<Token> tokens_;
  Token end_;
};

}  // namespace extman::lint
