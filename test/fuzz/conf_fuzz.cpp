// Conf files: any bytes are settings of the package's classes, or an error that points
// into them.  What was read says the same when it is written down and read again.
#include "check.h"
#include "control/conf_file.h"
#include "support/error.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using extman::fuzz::check;
namespace control = extman::control;

namespace {

const std::vector<std::string> kClasses = {"foo", "bar", "currency"};

std::string written(const std::vector<control::ConfEntry> &settings) {
  std::string text;
  for (const control::ConfEntry &setting : settings) {
    text += setting.name + " = '";
    for (const char c : setting.value) text += c == '\'' ? std::string("''") : std::string(1, c);
    text += "'\n";
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char *>(data), size);
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  try {
    const std::vector<control::ConfEntry> settings = control::parse_conf(text, kClasses);
    for (const control::ConfEntry &setting : settings) {
      check(setting.line >= 1 && setting.line <= lines, "the line is one of the file");
    }
    const std::string once = written(settings);
    check(written(control::parse_conf(once, kClasses)) == once, "a second reading says the same",
          once);
  } catch (const extman::support::BadInput &error) {
    check(error.line() <= lines, "the line is one of the file", error.what());
    check(error.what()[0] != '\0', "there is a message");
  }
  return 0;
}
