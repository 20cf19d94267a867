#include "script/lexer.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace extman::script {

namespace {

enum Class : unsigned char {
  kSpace = 1,      // [ \t\n\r\f]
  kLetter = 2,     // [A-Za-z_\200-\377]
  kDigit = 4,      // [0-9]
  kDollarSign = 8  // [$]
};

constexpr unsigned char kWordRest = kLetter | kDigit | kDollarSign;
constexpr unsigned char kTagRest = kLetter | kDigit;

constexpr std::array<unsigned char, 256> make_classes() {
  std::array<unsigned char, 256> classes{};
  for (std::size_t c = 0; c < 256; ++c) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') classes[c] = kSpace;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80) {
      classes[c] = kLetter;
    }
    if (c >= '0' && c <= '9') classes[c] = kDigit;
    if (c == '$') classes[c] = kDollarSign;
  }
  return classes;
}

constexpr std::array<unsigned char, 256> kClasses = make_classes();

bool is(char c, unsigned char classes) noexcept {
  return (kClasses[static_cast<unsigned char>(c)] & classes) != 0;
}

// The first byte from position on that is not of these classes, or the end.
std::size_t skip(std::string_view text, std::size_t position, unsigned char classes) noexcept {
  while (position < text.size() && is(text[position], classes)) ++position;
  return position;
}

// The next such byte, or the end.
std::size_t find(std::string_view text, std::size_t position, char byte) noexcept {
  const void *hit = std::memchr(text.data() + position, byte, text.size() - position);
  if (hit == nullptr) return text.size();
  return static_cast<std::size_t>(static_cast<const char *>(hit) - text.data());
}

}  // namespace

Lexer::Stop Lexer::scan(std::string_view text, std::size_t *position) {
  std::size_t p = *position;
  while (p < text.size()) {
    switch (mode_) {
      case Mode::kBetween: {
        const Stop stop = between_tokens(text, &p);
        if (stop != Stop::kMore) {
          *position = p;
          return stop;
        }
        break;
      }
      case Mode::kWord:
        p = skip(text, p, kWordRest);
        if (p < text.size()) p = end_word(text, p);
        break;
      case Mode::kNumber:
        // Takes along what makes it 1.5e10, 0x1F or junk that the server
        // refuses; a "$" behind it may start a string.
        while (p < text.size() && (is(text[p], kTagRest) || text[p] == '.')) ++p;
        if (p < text.size()) mode_ = Mode::kBetween;
        break;
      case Mode::kDash:
        if (text[p] == '-') {
          mode_ = Mode::kLineComment;
          if (gap_ == Gap::kNothing) gap_ = Gap::kBlanks;
          ++p;
        } else {
          begin(token_);
          symbol('-');
          mode_ = Mode::kBetween;
        }
        break;
      case Mode::kSlash:
        if (text[p] == '*') {
          mode_ = Mode::kBlockComment;
          comments_ = 1;
          comment_byte_ = 0;
          gap_ = Gap::kNoString;
          ++p;
        } else {
          begin(token_);
          symbol('/');
          mode_ = Mode::kBetween;
        }
        break;
      case Mode::kDollar:
        p = dollar(text, p);
        break;
      case Mode::kUnicodePrefix:
        mode_ = Mode::kBetween;
        if (text[p] == '\'') {
          open_string(Quote::kPlain);
          ++p;
        } else if (text[p] == '"') {
          mode_ = Mode::kQuotedName;
          ++p;
        }
        symbol('&');
        break;
      case Mode::kString:
        p = string(text, p);
        break;
      case Mode::kStringEscape:
        mode_ = Mode::kString;
        ++p;
        break;
      case Mode::kQuotedName:
        // A doubled quote ends one name and starts another: no harm in that.
        p = find(text, p, '"');
        if (p < text.size()) {
          mode_ = Mode::kBetween;
          ++p;
        }
        break;
      case Mode::kDollarString:
        p = dollar_string(text, p);
        break;
      case Mode::kLineComment:
        while (p < text.size() && text[p] != '\n' && text[p] != '\r') ++p;
        if (p < text.size()) mode_ = Mode::kBetween;
        break;
      case Mode::kBlockComment:
        p = block_comment(text, p);
        break;
    }
  }
  *position = p;
  return Stop::kMore;
}

// Reads white space and symbols up to the start of a longer token.
Lexer::Stop Lexer::between_tokens(std::string_view text, std::size_t *position) {
  for (std::size_t p = *position; p < text.size(); ++p) {
    const char c = text[p];
    *position = p + 1;
    if (is(c, kSpace)) {
      if (gap_ != Gap::kNoString) {
        if (c == '\n' || c == '\r') {
          gap_ = Gap::kLineBreak;
        } else if (gap_ == Gap::kNothing) {
          gap_ = Gap::kBlanks;
        }
      }
      continue;
    }

    token_ = p;
    if (c == '-' || c == '/') {
      mode_ = c == '-' ? Mode::kDash : Mode::kSlash;
      return Stop::kMore;
    }
    if (c == ';' && parentheses_ == 0 && !routine_.inside()) {
      *position = p;
      return Stop::kSemicolon;
    }
    if (c == '\\' && start_ == kNone) {
      *position = p;
      return Stop::kBackslash;
    }

    begin(p);
    if (is(c, kLetter)) {
      gap_ = Gap::kNoString;
      mode_ = Mode::kWord;
      return Stop::kMore;
    }
    if (c == '\'') {
      const bool doubled = gap_ == Gap::kNothing && quote_ != Quote::kNumeric;
      if (!doubled && gap_ != Gap::kLineBreak) {
        quote_ = standard_strings_ ? Quote::kPlain : Quote::kEscape;
      }
      symbol(c);
      mode_ = Mode::kString;
      return Stop::kMore;
    }
    symbol(c);
    if (c == '"') {
      mode_ = Mode::kQuotedName;
      return Stop::kMore;
    }
    if (is(c, kDigit)) {
      mode_ = Mode::kNumber;
      return Stop::kMore;
    }
    if (c == '$') {
      mode_ = Mode::kDollar;
      return Stop::kMore;
    }
    if (c == '(') {
      ++parentheses_;
    } else if (c == ')' && parentheses_ > 0) {
      --parentheses_;
    }
  }
  return Stop::kMore;
}

// A word ended before position: perhaps it was the prefix of a string.
std::size_t Lexer::end_word(std::string_view text, std::size_t position) {
  const std::string_view word = text.substr(token_, position - token_);
  const char next = text[position];

  if (word.size() == 1 && next == '\'') {
    switch (word[0]) {
      case 'e':
      case 'E':
        open_string(Quote::kEscape);
        return position + 1;
      case 'b':
      case 'B':
      case 'x':
      case 'X':
        open_string(Quote::kNumeric);
        return position + 1;
      default:  // N'...' is what '...' is
        break;
    }
  }
  if (word.size() == 1 && next == '&' && (word[0] == 'u' || word[0] == 'U')) {
    mode_ = Mode::kUnicodePrefix;
    return position + 1;
  }
  routine_.word(word, parentheses_ > 0);
  mode_ = Mode::kBetween;
  return position;
}

// Behind "$", and behind what may be the tag of $tag$.
std::size_t Lexer::dollar(std::string_view text, std::size_t position) {
  const std::size_t tag = token_ + 1;
  if (position == tag && is(text[position], kDigit)) {
    mode_ = Mode::kNumber;
    return position;
  }
  position = skip(text, position, kTagRest);
  if (position == text.size()) return position;
  if (text[position] == '$') {
    delimiter_.assign(text.substr(token_, position + 1 - token_));
    matched_ = 0;
    mode_ = Mode::kDollarString;
    return position + 1;
  }
  // Not a string: "$" is junk, and what follows it a word.
  if (position > tag) {
    token_ = tag;
    mode_ = Mode::kWord;
  } else {
    mode_ = Mode::kBetween;
  }
  return position;
}

std::size_t Lexer::string(std::string_view text, std::size_t position) {
  if (quote_ == Quote::kEscape) {
    while (position < text.size() && text[position] != '\'' && text[position] != '\\') ++position;
  } else {
    position = find(text, position, '\'');
  }
  if (position == text.size()) return position;
  if (text[position] == '\\') {
    mode_ = Mode::kStringEscape;
  } else {
    mode_ = Mode::kBetween;
    gap_ = Gap::kNothing;
  }
  return position + 1;
}

// The delimiter holds "$" only at its ends, so a byte that does not fit can
// at most be the first of another try.
std::size_t Lexer::dollar_string(std::string_view text, std::size_t position) {
  if (matched_ == 0) {
    position = find(text, position, '$');
    if (position == text.size()) return position;
  }
  const char c = text[position];
  if (c == delimiter_[matched_]) {
    ++matched_;
    if (matched_ == delimiter_.size()) mode_ = Mode::kBetween;
  } else {
    matched_ = c == '$' ? 1 : 0;
  }
  return position + 1;
}

std::size_t Lexer::block_comment(std::string_view text, std::size_t position) {
  for (; position < text.size(); ++position) {
    const char c = text[position];
    if (c == '*' && comment_byte_ == '/') {
      ++comments_;
      comment_byte_ = 0;
    } else if (c == '/' && comment_byte_ == '*') {
      comment_byte_ = 0;
      if (--comments_ == 0) {
        mode_ = Mode::kBetween;
        return position + 1;
      }
    } else {
      comment_byte_ = c;
    }
  }
  return position;
}

std::size_t Lexer::start() const noexcept {
  const bool undecided =
      mode_ == Mode::kDash || mode_ == Mode::kSlash || mode_ == Mode::kBlockComment;
  return start_ == kNone && undecided ? token_ : start_;
}

void Lexer::next_statement() noexcept {
  mode_ = Mode::kBetween;
  gap_ = Gap::kNoString;
  start_ = kNone;
  parentheses_ = 0;
  routine_.reset();
}

void Lexer::dropped(std::size_t count) noexcept {
  if (start_ != kNone) start_ -= count;
  token_ -= std::min(token_, count);
}

}  // namespace extman::script
