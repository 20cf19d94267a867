#include "control/conf_file.h"

#include "control/entries.h"
#include "control/source.h"
#include "control/values.h"
#include "support/error.h"
#include "support/lower_case.h"
#include "support/nearest.h"
#include "support/quote.h"
#include "support/translate.h"

#include <boost/spirit/home/x3.hpp>

#include <algorithm>
#include <unordered_map>

namespace extman::control {

namespace {

namespace x3 = boost::spirit::x3;

constexpr const char *kExample = "foo.limit = 10";

// name = identifier "." identifier { "." identifier }; the first one is the class.
// (valid_custom_variable_name in guc.c, without letters beyond ASCII.)
const auto identifier = x3::char_("a-zA-Z_") >> *x3::char_("a-zA-Z0-9_$");
const auto setting_name = identifier >> +('.' >> identifier) >> x3::eoi;

bool is_setting_name(std::string_view text) {
  const char *first = text.data();
  return x3::parse(first, text.data() + text.size(), setting_name);
}

// Turns entries into settings, one by one.
class Reader {
 public:
  Reader(const Source &source, const std::vector<std::string> &classes) : source_(source) {
    for (const std::string &one : classes) classes_.push_back(support::lower_case(one));
  }

  // Throws SyntaxError with an offset into the source.
  ConfEntry read(const Entry &entry) {
    const std::string name = support::lower_case(entry.key);
    check_name(entry);
    check_class(entry, name.substr(0, name.find('.')));
    check_first(entry, name);
    check_value(entry);
    return {std::string(entry.key), entry.value, next_line(entry.key_offset)};
  }

 private:
  static void check_name(const Entry &entry) {
    if (is_setting_name(entry.key)) return;
    const bool has_class = entry.key.find('.') != std::string_view::npos;
    throw SyntaxError(entry.key_offset,
                      tr("invalid name of a setting: %s", support::quoted(entry.key)),
                      has_class ? tr("Class and setting each begin with a letter or an underscore, "
                                     "and go on with letters, digits, underscores and \"$\".")
                                : tr("A package brings settings of its own classes only, written "
                                     "as in: %s.",
                                     kExample));
  }

  void check_class(const Entry &entry, const std::string &class_name) const {
    for (const std::string &one : classes_) {
      if (one == class_name) return;
    }
    const std::vector<std::string> nearest = support::nearest(class_name, classes_, 1);
    throw SyntaxError(
        entry.key_offset, tr("class %s is not one of the package's", support::quoted(class_name)),
        nearest.empty() ? tr("Name it in custom_variable_classes in the control file.")
                        : tr("Perhaps you meant %s; else name it in custom_variable_classes in the "
                             "control file.",
                             support::quoted(nearest.front())));
  }

  void check_first(const Entry &entry, const std::string &name) {
    const auto [first, added] = first_.emplace(name, entry.key_offset);
    if (added) return;
    throw SyntaxError(
        entry.key_offset, tr("setting %s is given twice", support::quoted(entry.key)),
        tr("It stands on line %s already.", std::to_string(source_.line_of(first->second))));
  }

  void check_value(const Entry &entry) const {
    try {
      if (entry.value.empty() && !entry.quoted) {
        throw SyntaxError(0, tr("expected a value for %s", support::quoted(entry.key)),
                          tr("Write the value, '' for an empty one, or remove the line."));
      }
      check_one_line(entry.value);
      check_no_control(entry.value);
    } catch (const SyntaxError &error) {
      throw SyntaxError(entry.source_offset(error.offset(), source_), error.what(), error.hint());
    }
  }

  // The line of an offset behind the one asked for before: counts on from there.
  std::size_t next_line(std::size_t offset) {
    const std::string_view text = source_.text();
    line_ +=
        static_cast<std::size_t>(std::count(text.begin() + counted_, text.begin() + offset, '\n'));
    counted_ = offset;
    return line_;
  }

  const Source &source_;
  std::size_t line_ = 1;
  std::size_t counted_ = 0;
  std::vector<std::string> classes_;  // in lower case
  std::unordered_map<std::string, std::size_t> first_;
};

}  // namespace

std::vector<ConfEntry> parse_conf(std::string_view text, const std::vector<std::string> &classes) {
  const Source source(text);
  try {
    Reader reader(source, classes);
    std::vector<ConfEntry> settings;
    for (const Entry &entry : read_entries(source, kExample)) {
      settings.push_back(reader.read(entry));
    }
    return settings;
  } catch (const SyntaxError &error) {
    source.fail(error.offset(), error.what(), error.hint());
  }
}

}  // namespace extman::control
