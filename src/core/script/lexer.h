// Finds the semicolons that end SQL statements.
//
// The rules are those of PostgreSQL's scan.l, and for parentheses and bodies of
// routines those of psqlscan.l.  The lexer works byte by byte and keeps all of
// its look-ahead in its state, so the text may arrive in pieces of any size.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "script/routine_body.h"
#include "support/no_postgres.h"

namespace extman::script {

class Lexer {
 public:
  enum class Stop {
    kMore,       // all of the text was read
    kSemicolon,  // at a semicolon that ends a statement, perhaps an empty one
    kBackslash   // at a backslash between statements
  };

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  explicit Lexer(bool standard_strings) noexcept : standard_strings_(standard_strings) {}

  void set_standard_strings(bool on) noexcept { standard_strings_ = on; }

  // Reads text from *position on and leaves *position at what it stopped for.
  // The text is the one of the call before, perhaps longer, or with its head
  // cut off as told by dropped().
  Stop scan(std::string_view text, std::size_t *position);

  // Where the statement begins: its first token, or what may still turn out to
  // be one.  An open comment counts, a "--" comment does not.
  std::size_t start() const noexcept;

  // The statement was taken.
  void next_statement() noexcept;

  // The first bytes of the text, all before start(), are gone.
  void dropped(std::size_t count) noexcept;

 private:
  enum class Mode {
    kBetween,        // between tokens
    kWord,           // identifier or keyword
    kNumber,         // number or $1
    kDash,           // "-", perhaps of "--"
    kSlash,          // "/", perhaps of "/*"
    kDollar,         // "$", perhaps of "$tag$"
    kUnicodePrefix,  // "u&", perhaps of U&'...' or U&"..."
    kString,
    kStringEscape,  // behind a backslash
    kQuotedName,
    kDollarString,
    kLineComment,
    kBlockComment
  };

  enum class Quote {
    kPlain,    // '...' with '' for a quote; also U&'...'
    kEscape,   // E'...'
    kNumeric,  // B'...' and X'...', which know no ''
  };

  // What lies between the end of a string and here.  A quote right behind it
  // is the second half of ''; one behind white space with a line break goes on
  // with the same string.
  enum class Gap { kNoString, kNothing, kBlanks, kLineBreak };

  void begin(std::size_t position) noexcept {
    if (start_ == kNone) start_ = position;
  }
  void symbol(char first) noexcept {
    routine_.symbol(first);
    gap_ = Gap::kNoString;
  }
  void open_string(Quote quote) noexcept {
    symbol('\'');
    quote_ = quote;
    mode_ = Mode::kString;
  }

  Stop between_tokens(std::string_view text, std::size_t *position);
  std::size_t end_word(std::string_view text, std::size_t position);
  std::size_t dollar(std::string_view text, std::size_t position);
  std::size_t string(std::string_view text, std::size_t position);
  std::size_t dollar_string(std::string_view text, std::size_t position);
  std::size_t block_comment(std::string_view text, std::size_t position);

  Mode mode_ = Mode::kBetween;
  Quote quote_ = Quote::kPlain;
  Gap gap_ = Gap::kNoString;
  bool standard_strings_;
  std::size_t start_ = kNone;    // of the statement
  std::size_t token_ = 0;        // start of the word, dash, slash, dollar or comment
  std::size_t parentheses_ = 0;  // that are open
  std::size_t comments_ = 0;     // that are open
  char comment_byte_ = 0;        // the byte before in a comment, unless it was used up
  std::string delimiter_;        // $tag$
  std::size_t matched_ = 0;      // bytes of it seen
  RoutineBody routine_;
};

}  // namespace extman::script
