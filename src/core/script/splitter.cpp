#include "script/splitter.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "script/lexer.h"
#include "support/error.h"
#include "support/translate.h"

namespace extman::script {

namespace {

// A buffer that a huge statement made grow beyond this is given back.
constexpr std::size_t kKeptCapacity = 1024 * 1024;

constexpr std::string_view kEcho = "\\echo";
constexpr std::string_view kEndOfCopy = "\\.";

// With its carriage return.  Of a longer head of a line, the rest does not matter.
constexpr std::size_t kEndOfCopyRoom = 3;

std::string_view without_carriage_return(std::string_view line) noexcept {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

bool starts_with_word(std::string_view line, std::string_view word) noexcept {
  return line.substr(0, word.size()) == word &&
         (line.size() == word.size() || std::strchr(" \t\r\f\v", line[word.size()]) != nullptr);
}

// Core skips what starts with \echo, whatever follows.  The other two are what
// pg_dump writes around a dump, to keep psql from obeying such lines in between,
// as nothing here ever does.
bool is_skipped(std::string_view line) noexcept {
  return line.substr(0, kEcho.size()) == kEcho || starts_with_word(line, "\\restrict") ||
         starts_with_word(line, "\\unrestrict");
}

}  // namespace

struct Splitter::State {
  enum class Mode {
    kSql,
    kMetaLine,        // behind a backslash between statements
    kLineBeforeCopy,  // behind COPY ... FROM stdin;
    kCopyData,
    kEnd
  };

  explicit State(bool standard_strings) : lexer(standard_strings) {}

  std::string_view text() const noexcept { return buffer; }

  // Ends the text of the last piece no longer with a NUL.
  void unterminate() noexcept {
    if (terminated < buffer.size()) buffer[terminated] = terminated_byte;
    terminated = Lexer::kNone;
  }

  Piece piece(PieceKind kind, std::size_t from, std::size_t to) {
    count_lines(from);
    const Piece result{kind, text().substr(from, to - from), dropped + from, line};
    if (to < buffer.size()) {
      terminated = to;
      terminated_byte = buffer[to];
      buffer[to] = '\0';
    }
    return result;
  }

  // A piece without text, at the first byte that was not given out.
  Piece nothing(PieceKind kind) {
    count_lines(needed());
    return Piece{kind, std::string_view(""), dropped + needed(), line};
  }

  void count_lines(std::size_t to) noexcept {
    if (to <= counted) return;
    line += static_cast<std::uint64_t>(
        std::count(buffer.begin() + static_cast<std::ptrdiff_t>(counted),
                   buffer.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
    counted = to;
  }

  // The first byte that may still become part of a piece.
  std::size_t needed() const noexcept {
    if (mode == Mode::kSql) return std::min(position, lexer.start());
    return mode == Mode::kEnd ? position : std::min(position, from);
  }

  void append(std::string_view data) {
    const std::size_t gone = needed();
    count_lines(gone);
    if (gone > 0) {
      buffer.erase(0, gone);
      if (buffer.capacity() > kKeptCapacity && buffer.size() < buffer.capacity() / 4) {
        buffer.shrink_to_fit();
      }
      dropped += gone;
      position -= gone;
      counted -= gone;
      from -= std::min(from, gone);
      lexer.dropped(gone);
    }
    buffer.append(data);
  }

  // Moves position to the next line break, or to the end of what there is.
  // True when the line is complete.
  bool find_line_end() noexcept {
    const std::size_t hit = text().find('\n', position);
    position = hit == std::string_view::npos ? buffer.size() : hit;
    return hit != std::string_view::npos || last;
  }

  // Each of these reads on in its mode.  False: the mode changed instead.
  bool next_sql(Piece *result);
  bool next_meta_line(Piece *result);
  bool next_line_before_copy(Piece *result);
  bool next_copy_data(Piece *result);

  std::string buffer;         // what was fed, but for what is not needed any more
  std::uint64_t dropped = 0;  // bytes of the text before the buffer
  std::size_t position = 0;   // read up to here
  std::size_t from = 0;       // start of the line or of the data being read
  std::size_t counted = 0;    // line breaks are counted up to here
  std::uint64_t line = 1;     // of the byte at counted
  std::size_t terminated = Lexer::kNone;
  char terminated_byte = 0;
  bool last = false;
  bool statement_taken = false;
  bool in_data_line = false;  // the head of the line at from was given out
  Mode mode = Mode::kSql;
  Lexer lexer;
};

bool Splitter::State::next_sql(Piece *result) {
  for (;;) {
    const Lexer::Stop stop = lexer.scan(text(), &position);
    const std::size_t start = lexer.start();

    if (stop == Lexer::Stop::kBackslash) {
      from = position;
      mode = Mode::kMetaLine;
      return false;
    }
    if (stop == Lexer::Stop::kMore && !last) {
      *result = nothing(PieceKind::kMore);
      return true;
    }

    const std::size_t end = position;
    if (stop == Lexer::Stop::kSemicolon) {
      ++position;
    } else {
      mode = Mode::kEnd;
    }
    lexer.next_statement();
    if (start != Lexer::kNone) {
      statement_taken = true;
      *result = piece(PieceKind::kStatement, start, end);
      return true;
    }
    if (mode == Mode::kEnd) return false;
  }
}

bool Splitter::State::next_meta_line(Piece *result) {
  if (!find_line_end()) {
    *result = nothing(PieceKind::kMore);
    return true;
  }
  const std::string_view content = text().substr(from, position - from);
  mode = Mode::kSql;
  if (is_skipped(content)) return false;
  *result = piece(PieceKind::kMeta, from, from + without_carriage_return(content).size());
  return true;
}

bool Splitter::State::next_line_before_copy(Piece *result) {
  if (!find_line_end()) {
    *result = nothing(PieceKind::kMore);
    return true;
  }
  const std::string_view rest = text().substr(from, position - from);
  const std::size_t first = rest.find_first_not_of(" \t\r\f");
  if (first != std::string_view::npos && rest.substr(first, 2) != "--") {
    count_lines(from);
    throw support::BadInput(tr("the line of COPY ... FROM stdin goes on behind its semicolon"),
                            tr("Start the next statement on a line of its own, after the data."),
                            static_cast<std::size_t>(line));
  }
  if (position < buffer.size()) ++position;
  from = position;
  in_data_line = false;
  mode = Mode::kCopyData;
  return false;
}

bool Splitter::State::next_copy_data(Piece *result) {
  // What is between from and position belongs to one line.
  std::size_t line_start = from;

  while (find_line_end()) {
    const std::string_view content =
        without_carriage_return(text().substr(line_start, position - line_start));
    const bool at_end = position == buffer.size();

    if (content == kEndOfCopy && !in_data_line) {
      if (line_start > from) {
        *result = piece(PieceKind::kCopyData, from, line_start);
        from = position = line_start;
        return true;
      }
      if (!at_end) ++position;
      lexer.next_statement();
      mode = Mode::kSql;
      *result = piece(PieceKind::kCopyEnd, line_start, line_start + content.size());
      return true;
    }
    if (at_end) {
      if (from < position) {
        *result = piece(PieceKind::kCopyData, from, position);
        from = position;
      } else {
        mode = Mode::kEnd;
        *result = nothing(PieceKind::kCopyEnd);
      }
      return true;
    }
    line_start = ++position;
    in_data_line = false;
  }

  // A long line is not waited for.
  if (position - line_start > kEndOfCopyRoom) {
    line_start = position;
    in_data_line = true;
  }
  if (line_start == from) {
    *result = nothing(PieceKind::kMore);
  } else {
    *result = piece(PieceKind::kCopyData, from, line_start);
    from = line_start;
  }
  return true;
}

Splitter::Splitter(bool standard_strings) : state_(std::make_unique<State>(standard_strings)) {}

Splitter::~Splitter() = default;

void Splitter::set_standard_strings(bool on) noexcept { state_->lexer.set_standard_strings(on); }

void Splitter::feed(std::string_view data, bool last) {
  if (state_->last) throw support::Misuse("text was fed to a splitter behind the last of it");
  state_->unterminate();
  state_->append(data);
  state_->last = last;
}

Piece Splitter::next() {
  State &state = *state_;
  state.unterminate();
  state.statement_taken = false;

  Piece piece{};
  for (;;) {
    bool found = false;
    switch (state.mode) {
      case State::Mode::kSql:
        found = state.next_sql(&piece);
        break;
      case State::Mode::kMetaLine:
        found = state.next_meta_line(&piece);
        break;
      case State::Mode::kLineBeforeCopy:
        found = state.next_line_before_copy(&piece);
        break;
      case State::Mode::kCopyData:
        found = state.next_copy_data(&piece);
        break;
      case State::Mode::kEnd:
        return state.nothing(PieceKind::kEnd);
    }
    if (found) return piece;
  }
}

void Splitter::expect_copy() {
  State &state = *state_;
  if (!state.statement_taken) throw support::Misuse("COPY data can only follow a statement");
  state.statement_taken = false;
  state.unterminate();
  state.from = state.position;
  state.mode = State::Mode::kLineBeforeCopy;
}

}  // namespace extman::script
