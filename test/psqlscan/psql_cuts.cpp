#include "psql_cuts.h"

#include "psql_scanner.h"

#include <algorithm>
#include <memory>

namespace extman::psqlscan {

namespace {

using script::PieceKind;
using script::Split;

std::size_t line_end(std::string_view text, std::size_t from) {
  return std::min(text.find('\n', from), text.size());
}

// The next line, or the end.
std::size_t next_line(std::string_view text, std::size_t from) {
  return std::min(line_end(text, from) + 1, text.size());
}

std::string_view line_at(std::string_view text, std::size_t from) {
  std::string_view line = text.substr(from, line_end(text, from) - from);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

// Behind the block comment that starts there, or npos if it has no end.
std::size_t behind_comment(std::string_view text, std::size_t from) {
  std::size_t depth = 0;
  for (std::size_t i = from; i + 1 < text.size();) {
    const std::string_view two = text.substr(i, 2);
    if (two == "/*") {
      ++depth;
      i += 2;
    } else if (two == "*/") {
      i += 2;
      if (--depth == 0) return i;
    } else {
      ++i;
    }
  }
  return std::string_view::npos;
}

// The first byte that is no white space and not of a comment.
std::size_t first_token(std::string_view text, std::size_t from) {
  while (from < text.size()) {
    const std::string_view two = text.substr(from, 2);
    if (two == "--") {
      from = std::min(text.find_first_of("\n\r", from), text.size());
    } else if (two == "/*") {
      const std::size_t behind = behind_comment(text, from);
      if (behind == std::string_view::npos) return from;
      from = behind;
    } else if (std::string_view(" \t\n\r\f").find(text[from]) != std::string_view::npos) {
      ++from;
    } else {
      break;
    }
  }
  return from;
}

class Cutter {
 public:
  Cutter(std::string_view text, bool standard_strings)
      : text_(text),
        scanner_(psql_scanner_new(text.data(), text.size(), standard_strings), psql_scanner_free) {}

  PsqlCuts cut() {
    for (;;) {
      std::size_t position = 0;
      const PsqlStop stop = psql_scanner_next(scanner_.get(), &position);
      const std::size_t start = first_token(text_, from_);

      if (stop == PSQL_BACKSLASH) {
        if (start < position) {
          add(PieceKind::kStatement, start, position);
          return {std::move(splits_), position, false};
        }
        command(position);
        continue;
      }
      if (start < position) add(PieceKind::kStatement, start, position);
      const bool data = start < position && script::has_copy_data(splits_.back().text);
      from_ = std::min(position + 1, text_.size());
      if (data && !line_is_blank()) return {std::move(splits_), text_.size(), true};
      if (data) copy_data(stop == PSQL_END);
      if (stop == PSQL_END) return {std::move(splits_), text_.size(), false};
    }
  }

 private:
  void add(PieceKind kind, std::size_t from, std::size_t to) {
    line_ += static_cast<std::uint64_t>(std::count(at(counted_), at(from), '\n'));
    counted_ = from;
    splits_.push_back({kind, std::string(text_.substr(from, to - from)), from, line_});
  }

  std::string_view::const_iterator at(std::size_t position) const {
    return text_.begin() + static_cast<std::ptrdiff_t>(position);
  }

  void go_on_at(std::size_t position) {
    from_ = position;
    psql_scanner_seek(scanner_.get(), position);
  }

  // One between statements: a line, whatever psql makes of its arguments.
  void command(std::size_t position) {
    const std::string_view line = line_at(text_, position);
    const std::string_view word = line.substr(0, line.find_first_of(" \t\r\f\v"));
    if (line.substr(0, 5) != "\\echo" && word != "\\restrict" && word != "\\unrestrict") {
      add(PieceKind::kMeta, position, position + line.size());
    }
    go_on_at(line_end(text_, position));
  }

  // Behind a semicolon.
  bool line_is_blank() const {
    const std::string_view rest = text_.substr(from_, line_end(text_, from_) - from_);
    const std::size_t first = rest.find_first_not_of(" \t\r\f");
    return first == std::string_view::npos || rest.substr(first, 2) == "--";
  }

  // As psql hands it to the server: up to a line of "\." alone.
  void copy_data(bool at_end) {
    const std::size_t first = at_end ? text_.size() : next_line(text_, from_);
    std::size_t end = first;
    while (end < text_.size() && line_at(text_, end) != "\\.") end = next_line(text_, end);
    if (end > first) add(PieceKind::kCopyData, first, end);
    add(PieceKind::kCopyEnd, end, end + line_at(text_, end).size());
    go_on_at(next_line(text_, end));
  }

  std::string_view text_;
  std::unique_ptr<PsqlScanner, decltype(&psql_scanner_free)> scanner_;
  std::size_t from_ = 0;     // behind the last statement
  std::size_t counted_ = 0;  // lines are counted up to there
  std::uint64_t line_ = 1;
  std::vector<Split> splits_;
};

}  // namespace

PsqlCuts psql_cuts(std::string_view text, bool standard_strings) {
  return Cutter(text, standard_strings).cut();
}

}  // namespace extman::psqlscan
