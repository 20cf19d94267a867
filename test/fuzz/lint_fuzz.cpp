// Lint: whatever the bytes are, it comes to an end, and what it finds lies in the text.
#include "check.h"
#include "lint/files.h"
#include "lint/script.h"
#include "support/budget.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using extman::fuzz::check;
using extman::lint::Finding;
using extman::lint::Role;

namespace {

void check_findings(const std::vector<Finding> &findings, std::string_view text) {
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  std::size_t last = 0;
  for (const Finding &finding : findings) {
    check(finding.line >= last, "findings are in order", finding.message);
    check(finding.line <= lines, "the line is one of the file", finding.message);
    check(!finding.message.empty(), "there is a message");
    last = finding.line;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char *>(data), size);
  extman::control::ControlFile control;
  control.name = "foo";
  control.version = "1.0";
  control.trusted = size % 2 == 0;
  control.superuser = size % 3 == 0;
  control.relocatable = size % 5 == 0;

  extman::support::Budget budget;
  for (const Role role : {Role::kInstall, Role::kUninstall, Role::kUpgrade}) {
    check_findings(extman::lint::lint_script(text, role, &control, budget), text);
  }
  check_findings(extman::lint::lint_control(text), text);
  check_findings(extman::lint::lint_conf(text, {"foo"}), text);
  return 0;
}
