#include "control/control_file.h"

#include "control/entries.h"
#include "control/key.h"
#include "control/name.h"
#include "control/relation_reader.h"
#include "control/source.h"
#include "control/values.h"
#include "control/version_name.h"
#include "support/error.h"
#include "support/quote.h"
#include "support/translate.h"

#include <unordered_map>

namespace extman::control {

namespace {

// Turns entries into a ControlFile, one by one.
class Reader {
 public:
  explicit Reader(const Source &source) : source_(source) {}

  // Throws SyntaxError with an offset into the source.
  void read(const Entry &entry) {
    check_key(entry);
    if (is_private_key(entry.key)) return;
    try {
      set(*find_key(entry.key), entry);
    } catch (const SyntaxError &error) {
      throw SyntaxError(entry.source_offset(error.offset(), source_), error.what(), error.hint());
    } catch (const support::BadInput &error) {
      throw SyntaxError(entry.source_offset(0, source_), error.what(), error.hint());
    }
  }

  // What can be said only when every line was read.
  ControlFile finish() {
    if (result_.name.empty()) {
      throw support::BadInput(tr("missing name"), tr("Add a line such as: name = foo."));
    }
    if (result_.schema && result_.relocatable) {
      throw SyntaxError(
          first_.at("schema"),
          tr("parameter \"%s\" cannot be specified when \"%s\" is true", "schema", "relocatable"),
          tr("Remove one of the two."));
    }
    return std::move(result_);
  }

 private:
  void check_key(const Entry &entry) {
    if (!find_key(entry.key) && !is_private_key(entry.key)) {
      throw SyntaxError(entry.key_offset, tr("unknown key %s", support::quoted(entry.key)),
                        suggest_key(entry.key));
    }
    const auto [first, added] = first_.emplace(entry.key, entry.key_offset);
    if (!added) {
      throw SyntaxError(
          entry.key_offset, tr("key %s is given twice", support::quoted(entry.key)),
          tr("It stands on line %s already.", std::to_string(source_.line_of(first->second))));
    }
  }

  void set(Key key, const Entry &entry) {
    const std::string &value = entry.value;
    if (value.empty()) {
      set_empty(key, entry);
      return;
    }
    check_one_line(value);
    switch (key) {
      case Key::kName:
        check_name(value);
        check_nameable(value);
        result_.name = value;
        break;
      case Key::kVersion:
        check_version_name(value);
        result_.version = value;
        break;
      case Key::kComment:
        check_plain_text(value);
        result_.comment = value;
        break;
      case Key::kDepends:
        result_.depends = read_depends(value);
        break;
      case Key::kConflicts:
        result_.conflicts = read_conflicts(value);
        break;
      case Key::kProvides:
        result_.provides = read_provides(value);
        break;
      case Key::kClasses:
        result_.classes = read_classes(value);
        break;
      case Key::kSchema:
        check_schema(value);
        result_.schema = value;
        break;
      case Key::kRelocatable:
        result_.relocatable = read_boolean(entry.key, value);
        break;
      case Key::kSuperuser:
        result_.superuser = read_boolean(entry.key, value);
        break;
      case Key::kTrusted:
        result_.trusted = read_boolean(entry.key, value);
        break;
      case Key::kModulePathname:
        check_module_pathname(value);
        result_.module_pathname = value;
        break;
      case Key::kEncoding:
        check_encoding(value);
        result_.encoding = value;
        break;
    }
  }

  // Nothing at all is a line that was not finished.  '' is an answer where a
  // text or a list may be empty, as requires = '' is in core.
  void set_empty(Key key, const Entry &entry) {
    const bool list = key == Key::kDepends || key == Key::kConflicts || key == Key::kProvides ||
                      key == Key::kClasses;
    if (!entry.quoted || !(list || key == Key::kComment)) {
      throw SyntaxError(0, tr("expected a value for %s", support::quoted(entry.key)),
                        tr("Write the value, or remove the line."));
    }
    if (key == Key::kComment) result_.comment = "";
  }

  // A relation must be able to name the package, or nobody could ask for it.
  static void check_nameable(std::string_view name) {
    const bool has_operator = name.find("!=") != std::string_view::npos;
    if (name.find_first_of(" (),|<>=") == std::string_view::npos && !has_operator) return;
    throw support::BadInput(
        tr("invalid extension name: %s", support::quoted(name)),
        tr("The name of a package must not contain white space or any of ( ) , | < > =."));
  }

  const Source &source_;
  ControlFile result_;
  std::unordered_map<std::string_view, std::size_t> first_;  // key to where it stands
};

}  // namespace

ControlFile parse_control(std::string_view text) {
  const Source source(text);
  try {
    const std::vector<Entry> entries = read_entries(source, "depends = bar (>= 1.1)");
    Reader reader(source);
    for (const Entry &entry : entries) reader.read(entry);
    return reader.finish();
  } catch (const SyntaxError &error) {
    source.fail(error.offset(), error.what(), error.hint());
  }
}

}  // namespace extman::control
