// Control files: any bytes are a control file, or an error that points into them.
// What was read says the same when it is written down and read again.
#include "check.h"
#include "control/control_file.h"
#include "support/error.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using extman::fuzz::check;
namespace control = extman::control;

namespace {

std::string quoted(const std::string &value) {
  std::string result = "'";
  for (const char c : value) result += c == '\'' ? std::string("''") : std::string(1, c);
  return result + "'";
}

std::string joined(const std::vector<std::string> &parts) {
  std::string result;
  for (const std::string &part : parts) result += (result.empty() ? "" : ", ") + part;
  return result;
}

std::string written(const control::ControlFile &file) {
  std::string text = "name = " + quoted(file.name) + "\n";
  const auto line = [&](const char *key, const std::string &value) {
    text += std::string(key) + " = " + quoted(value) + "\n";
  };
  const auto boolean = [](bool value) { return std::string(value ? "true" : "false"); };
  if (file.version) line("version", *file.version);
  if (file.comment) line("comment", *file.comment);
  if (!file.depends.empty()) line("depends", control::to_string(file.depends));
  if (!file.conflicts.empty()) line("conflicts", control::conflicts_to_string(file.conflicts));
  if (!file.provides.empty()) line("provides", control::to_string(file.provides));
  if (!file.classes.empty()) line("custom_variable_classes", joined(file.classes));
  if (file.schema) line("schema", *file.schema);
  if (file.module_pathname) line("module_pathname", *file.module_pathname);
  if (file.encoding) line("encoding", *file.encoding);
  line("relocatable", boolean(file.relocatable));
  line("superuser", boolean(file.superuser));
  line("trusted", boolean(file.trusted));
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char *>(data), size);
  try {
    const std::string once = written(control::parse_control(text));
    check(written(control::parse_control(once)) == once, "a second reading says the same", once);
  } catch (const extman::support::BadInput &error) {
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    // What is missing stands nowhere.
    check(error.line() <= lines, "the line is one of the file", error.what());
    check(error.column() <= size + 1, "the column is one of it", error.what());
    check((error.line() == 0) == (error.column() == 0), "both or none", error.what());
    check(error.what()[0] != '\0', "there is a message");
  }
  return 0;
}
