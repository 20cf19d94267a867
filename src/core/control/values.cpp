#include "control/values.h"

#include "control/name.h"
#include "control/source.h"
#include "support/quote.h"
#include "support/translate.h"

#include <boost/spirit/home/x3.hpp>

#include <algorithm>
#include <functional>

namespace extman::control {

namespace {

namespace x3 = boost::spirit::x3;

// classes = class { "," class }.  The names of these rules are what an error
// says was expected.
struct classes_tag;

const auto on_class = [](auto &context) {
  const auto &range = x3::_attr(context);
  x3::get<classes_tag>(context).get().emplace_back(
      range.begin(), static_cast<std::size_t>(range.end() - range.begin()));
};

const auto class_name = x3::rule<struct class_name_id>{tr_noop("an identifier")} =
    x3::raw[x3::lexeme[x3::char_("a-zA-Z_") >> *x3::char_("a-zA-Z0-9_$")]][on_class];
const auto end_of_classes = x3::rule<struct end_of_classes_id>{"\",\""} = x3::eoi;
const auto classes = x3::expect[class_name] >>
                     *(',' >> x3::expect[class_name]) >> x3::expect[end_of_classes];

bool is_beginning(std::string_view value, std::string_view word, std::size_t least) {
  if (value.size() < least || value.size() > word.size()) return false;
  return std::equal(value.begin(), value.end(), word.begin(), [](char given, char lower) {
    return (given >= 'A' && given <= 'Z' ? given - 'A' + 'a' : given) == lower;
  });
}

}  // namespace

void check_one_line(std::string_view value) {
  const std::size_t offset = value.find('\r');
  if (offset == std::string_view::npos) return;
  throw SyntaxError(offset, tr("carriage return inside a line"),
                    tr("Lines end with a line feed, or with a carriage return and a line feed."));
}

void check_no_control(std::string_view value) {
  for (std::size_t offset = 0; offset < value.size();
       offset += support::utf8_length(value, offset)) {
    if (support::is_control(value, offset)) {
      throw SyntaxError(offset, tr("control character in a value"), tr("Remove the character."));
    }
  }
}

void check_plain_text(std::string_view value) {
  const std::size_t backslash = value.find('\\');
  check_no_control(value.substr(0, backslash));
  if (backslash == std::string_view::npos) return;
  throw SyntaxError(backslash, tr("backslash in a value"), tr("Remove the backslash."));
}

bool read_boolean(std::string_view key, std::string_view value) {
  if (is_beginning(value, "true", 1) || is_beginning(value, "yes", 1) ||
      is_beginning(value, "on", 2) || value == "1") {
    return true;
  }
  // "o" alone could be either of "on" and "off".
  if (is_beginning(value, "false", 1) || is_beginning(value, "no", 1) ||
      is_beginning(value, "off", 2) || value == "0") {
    return false;
  }
  throw SyntaxError(0, tr("parameter %s requires a Boolean value", support::quoted(key)),
                    tr("Boolean values are true, false, on, off, yes, no, 1 and 0."));
}

std::vector<std::string> read_classes(std::string_view value) {
  static const char *const kHint = tr_noop(
      "Classes are written as in: foo, bar_2; each begins with a letter or an underscore, "
      "and goes on with letters, digits, underscores and \"$\".");
  std::vector<std::string_view> found;
  const char *first = value.data();
  const char *const last = first + value.size();
  try {
    x3::phrase_parse(first, last, x3::with<classes_tag>(std::ref(found))[classes],
                     x3::char_(" \t"));
  } catch (const x3::expectation_failure<const char *> &failure) {
    const std::size_t offset = static_cast<std::size_t>(failure.where() - value.data());
    const std::size_t token = value.find_first_not_of(" \t", offset);
    const std::string expected = tr(failure.which().c_str());
    const std::string before =
        failure.which() == "\",\"" && !found.empty() ? support::quoted(found.back()) : "\",\"";
    throw SyntaxError(
        std::min(token, value.size()),
        found.empty() ? tr("expected %s", expected) : tr("expected %s after %s", expected, before),
        tr(kHint));
  }

  std::vector<std::string> result;
  for (std::string_view one : found) {
    if (one.size() > kMaxNameLength) {
      throw SyntaxError(static_cast<std::size_t>(one.data() - value.data()),
                        tr("class %s is too long", support::quoted(one)),
                        tr("Names of classes must be shorter than 64 bytes."));
    }
    result.emplace_back(one);
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

void check_schema(std::string_view value) {
  check_plain_text(value);
  if (value.size() > kMaxNameLength) {
    throw SyntaxError(0, tr("schema name %s is too long", support::quoted(value)),
                      tr("Names of schemas must be shorter than 64 bytes."));
  }
  const std::size_t quote = value.find_first_of("'\"");
  if (quote == std::string_view::npos) return;
  throw SyntaxError(quote, tr("quote in the name of a schema"),
                    tr("Write the name as it is; a value may stand in single quotes."));
}

void check_encoding(std::string_view value) {
  const std::size_t bad =
      value.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
  if (bad == std::string_view::npos && value.size() <= kMaxNameLength) return;
  throw SyntaxError(0, tr("%s is not a valid encoding name", support::quoted(value)),
                    tr("Encodings are named as in: UTF8, LATIN1, EUC_JP."));
}

void check_module_pathname(std::string_view value) {
  check_plain_text(value);
  const std::size_t quote = value.find_first_of("'\"");
  if (quote == std::string_view::npos) return;
  throw SyntaxError(quote, tr("quote in a file name"),
                    tr("MODULE_PATHNAME stands between quotes in scripts, and is written as in: "
                       "$libdir/foo."));
}

}  // namespace extman::control
