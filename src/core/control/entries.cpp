#include "control/entries.h"

#include "support/quote.h"
#include "support/translate.h"

#include <boost/spirit/home/x3.hpp>

#include <functional>

namespace extman::control {

namespace {

namespace x3 = boost::spirit::x3;

// What the grammar's actions write to.
class Builder {
 public:
  explicit Builder(std::string_view text) : begin_(text.data()) {}

  void start_entry(std::string_view key) {
    Entry entry;
    entry.key = key;
    entry.key_offset = offset_of(key);
    entries_.push_back(std::move(entry));
  }

  void add_bare(std::string_view line) { append(line, false); }
  void add_quoted(std::string_view line) { append(line, true); }

  void end_bare() { trim_right(entries_.back().value); }

  std::vector<Entry> take() { return std::move(entries_); }

 private:
  std::size_t offset_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - begin_);
  }

  static void trim_right(std::string &text) {
    text.resize(text.find_last_not_of(" \t\r") + 1);  // npos + 1 is 0
  }

  void append(std::string_view line, bool quoted) {
    Entry &entry = entries_.back();
    entry.quoted = quoted;
    if (!entry.pieces.empty()) {
      trim_right(entry.value);
      if (!entry.value.empty()) entry.value += ' ';
    }
    entry.pieces.push_back({entry.value.size(), offset_of(line)});
    if (!quoted) {
      entry.value += line;
      return;
    }
    for (std::size_t at = 0; at < line.size(); ++at) {
      entry.value += line[at];
      if (line[at] == '\'') ++at;  // the grammar lets quotes in as pairs only
    }
  }

  const char *begin_;
  std::vector<Entry> entries_;
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

const auto on_key = [](auto &context) { builder(context).start_entry(matched(context)); };
const auto on_bare = [](auto &context) { builder(context).add_bare(matched(context)); };
const auto on_bare_end = [](auto &context) { builder(context).end_bare(); };
const auto on_quoted = [](auto &context) { builder(context).add_quoted(matched(context)); };

// The names of these rules are what an error says was expected.
const auto white = x3::char_(" \t");
const auto comment = '#' >> *~x3::char_('\n');
const auto line_break = -x3::lit('\r') >> '\n';
const auto line_end = x3::rule<struct line_end_id>{
    tr_noop("the end of the line")} = -x3::lit('\r') >> ('\n' | x3::eoi);

const auto comment_line = *white >> comment >> '\n';
const auto continued = +white >> &~x3::char_("# \t\r\n");
const auto bare_continuation = -comment >> line_break >> *comment_line >> continued;
const auto quoted_continuation = '\n' >> +white >> &~x3::char_(" \t\r\n");

const auto quoted_piece = x3::raw[*(~x3::char_("'\n") | "''")][on_quoted];
const auto closing_quote = x3::rule<struct closing_quote_id>{"a closing quote"} = x3::lit('\'');
const auto quoted_value = '\'' >> quoted_piece >>
                          *(quoted_continuation >> quoted_piece) >> x3::expect[closing_quote] >>
                          *white >> -comment >> x3::expect[line_end];

const auto bare_piece = x3::raw[*~x3::char_("#\n")][on_bare];
const auto bare_value = bare_piece >> *(bare_continuation >> bare_piece) >> -comment
                        >> line_end[on_bare_end];

const auto key = x3::rule<struct key_id>{"a key"} = x3::raw[+~x3::char_(" \t\r\n=#'")][on_key];
const auto equals_sign = x3::rule<struct equals_sign_id>{"\"=\""} = x3::lit('=');
// The value may begin on a continuation line.
const auto entry = key >> *white >> x3::expect[equals_sign] >> *white >> *bare_continuation >>
                   (quoted_value | bare_value);

const auto blank_line = *white >> -comment >> line_end;
const auto end_of_file = x3::rule<struct end_of_file_id>{"a key"} = x3::eoi;
const auto control_file = *(!x3::eoi >> (blank_line | entry)) >> x3::expect[end_of_file];

[[noreturn]] void explain(std::string_view text, std::size_t offset, const std::string &expected,
                          const std::vector<Entry> &entries, const char *example) {
  const std::string as_in = tr("A line is written as in: %s.", example);
  if (expected == "a closing quote") {
    throw SyntaxError(
        offset, tr("expected a closing quote"),
        tr("A quoted value ends with ' on its line or on a line that continues it; '' "
           "stands for a quote."));
  }
  if (expected == "\"=\"") {
    throw SyntaxError(
        offset, tr("expected %s after %s", "\"=\"", support::quoted(entries.back().key)), as_in);
  }
  if (expected == "a key") {
    if (text[offset] == ' ' || text[offset] == '\t') {
      throw SyntaxError(offset, tr("expected a key at the start of the line"),
                        tr("Remove the white space, or put the line directly below the unquoted "
                           "value or open quote that it continues."));
    }
    throw SyntaxError(offset, tr("expected a key at the start of the line"), as_in);
  }
  throw SyntaxError(offset, tr("expected %s after the closing quote", tr(expected.c_str())),
                    tr("Write '' for a quote inside a quoted value, and # before a comment."));
}

}  // namespace

std::size_t Entry::source_offset(std::size_t value_offset, const Source &source) const {
  const Piece *piece = &pieces.front();
  for (const Piece &candidate : pieces) {
    if (candidate.value_begin <= value_offset) piece = &candidate;
  }
  std::size_t at = piece->source_begin;
  for (std::size_t left = value_offset - piece->value_begin; left > 0; --left) {
    at += quoted && source.text()[at] == '\'' ? 2 : 1;
  }
  return at;
}

std::vector<Entry> read_entries(const Source &source, const char *example) {
  const std::string_view text = source.text();
  Builder result(text);
  const char *first = text.data();
  const char *const last = first + text.size();
  try {
    x3::parse(first, last, x3::with<builder_tag>(std::ref(result))[control_file]);
  } catch (const x3::expectation_failure<const char *> &failure) {
    explain(text, static_cast<std::size_t>(failure.where() - text.data()), failure.which(),
            result.take(), example);
  }
  return result.take();
}

}  // namespace extman::control
