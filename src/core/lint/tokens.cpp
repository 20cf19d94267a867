#include "lint/tokens.h"

#include "support/lower_case.h"

#include <algorithm>

namespace extman::lint {

namespace {

constexpr std::string_view kOperatorCharacters = "+-*/<>=~!@#%^&|`?";

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_word_rest(char c) { return is_letter(c) || is_digit(c) || c == '$'; }
bool is_operator(char c) { return kOperatorCharacters.find(c) != std::string_view::npos; }

class Reader {
 public:
  Reader(std::string_view text, std::size_t line, std::vector<Token> &tokens)
      : text_(text), line_(line), tokens_(tokens) {}

  void read() {
    for (;;) {
      skip_blanks();
      if (at_ == text_.size()) return;
      next();
    }
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool sees(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

  void advance(std::size_t to) {
    to = std::min(to, text_.size());
    line_ +=
        static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                            text_.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
    at_ = to;
  }

  void skip_blanks() {
    while (at_ < text_.size()) {
      if (is_space(peek())) {
        advance(at_ + 1);
      } else if (sees("--")) {
        advance(text_.find_first_of("\r\n", at_));
      } else if (sees("/*")) {
        skip_block_comment();
      } else {
        return;
      }
    }
  }

  void skip_block_comment() {
    std::size_t open = 0;
    std::size_t p = at_;
    do {
      const std::string_view two = text_.substr(p, 2);
      open += two == "/*" ? 1U : 0U;
      open -= two == "*/" ? 1U : 0U;
      p += two == "/*" || two == "*/" ? 2 : 1;
    } while (open > 0 && p < text_.size());
    advance(p);
  }

  // The token from here to an end, with a text that need not be what stands there.
  void take(TokenKind kind, std::size_t end, std::string text) {
    tokens_.push_back({kind, std::move(text), line_, depth_});
    advance(end);
  }
  void take(TokenKind kind, std::size_t end) {
    take(kind, end, std::string(text_.substr(at_, end - at_)));
  }

  void next() {
    const char c = peek();
    if (is_letter(c)) {
      word();
    } else if (c == '\'') {
      quoted(at_, '\'', TokenKind::kString, false);
    } else if (c == '"') {
      quoted(at_, '"', TokenKind::kQuotedName, false);
    } else if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
      number();
    } else if (c == '$') {
      dollar();
    } else if (is_operator(c)) {
      operator_or_script_token();
    } else {
      if (c == ')' && depth_ > 0) --depth_;
      take(TokenKind::kSymbol, at_ + 1);
      if (c == '(') ++depth_;
    }
  }

  void word() {
    std::size_t end = at_;
    while (end < text_.size() && is_word_rest(text_[end])) ++end;
    const std::string_view word = text_.substr(at_, end - at_);
    const char behind = end < text_.size() ? text_[end] : '\0';
    if (behind == '\'' && word.size() == 1) {
      const char prefix = word[0];
      if (prefix == 'e' || prefix == 'E') return quoted(end, '\'', TokenKind::kString, true);
      if (std::string_view("bBxXnN").find(prefix) != std::string_view::npos) {
        return quoted(end, '\'', TokenKind::kString, false);
      }
    }
    if ((word == "u" || word == "U") && behind == '&' && end + 1 < text_.size()) {
      if (text_[end + 1] == '\'') return quoted(end + 1, '\'', TokenKind::kString, false);
      if (text_[end + 1] == '"') return quoted(end + 1, '"', TokenKind::kQuotedName, false);
    }
    take(TokenKind::kWord, end, support::lower_case(word));
  }

  // The quote stands at open.
  void quoted(std::size_t open, char quote, TokenKind kind, bool escapes) {
    std::string value;
    std::size_t p = open + 1;
    for (; p < text_.size(); ++p) {
      if (text_[p] == quote) {
        if (p + 1 == text_.size() || text_[p + 1] != quote) break;
        ++p;
      } else if (escapes && text_[p] == '\\' && p + 1 < text_.size()) {
        value += text_[p++];
      }
      value += text_[p];
    }
    take(kind, p + 1, std::move(value));
  }

  void number() {
    std::size_t end = at_;
    while (end < text_.size() && (is_word_rest(text_[end]) || text_[end] == '.')) {
      if (text_.substr(end, 2) == "..") break;  // FOR i IN 1..10
      ++end;
    }
    take(TokenKind::kNumber, end);
  }

  void dollar() {
    std::size_t end = at_ + 1;
    if (is_digit(peek(1))) {
      while (end < text_.size() && is_digit(text_[end])) ++end;
      return take(TokenKind::kNumber, end);
    }
    while (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]))) ++end;
    if (end == text_.size() || text_[end] != '$') return take(TokenKind::kSymbol, at_ + 1);
    const std::string_view tag = text_.substr(at_, end + 1 - at_);
    const std::size_t begin = at_ + tag.size();
    const std::size_t close = std::min(text_.find(tag, begin), text_.size());
    take(TokenKind::kString, close + tag.size(), std::string(text_.substr(begin, close - begin)));
  }

  void operator_or_script_token() {
    if (sees("@ext")) {
      const std::size_t end = text_.find('@', at_ + 1);
      const std::size_t blank = text_.find_first_of(" \t\r\n'\"();,", at_);
      if (end < blank) return take(TokenKind::kQuotedName, end + 1);
    }
    std::size_t end = at_;
    while (end < text_.size() && is_operator(text_[end]) && text_.substr(end, 2) != "--" &&
           text_.substr(end, 2) != "/*") {
      ++end;
    }
    take(TokenKind::kOperator, end);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_;
  std::size_t depth_ = 0;
  std::vector<Token> &tokens_;
};

}  // namespace

Tokens::Tokens(std::string_view text, std::size_t line)
    : end_{TokenKind::kSymbol, std::string(1, '\0'), line, 0} {
  Reader(text, line, tokens_).read();
}

bool Tokens::match(std::size_t at, std::initializer_list<std::string_view> words) const {
  for (const std::string_view word : words) {
    if (!(*this)[at++].is(word)) return false;
  }
  return true;
}

std::size_t Tokens::find(std::size_t from, std::initializer_list<std::string_view> words) const {
  for (std::size_t at = from; at < size(); ++at) {
    if ((*this)[at].depth == 0 && match(at, words)) return at;
  }
  return size();
}

std::size_t Tokens::behind_name(std::size_t at) const {
  while ((*this)[at].is_name() && (*this)[at + 1].is_symbol('.')) at += 2;
  return at + 1;
}

}  // namespace extman::lint
