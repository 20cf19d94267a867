// Relations, requests, constraints and manifests: the canonical spelling of what
// was read is read as the same.
#include "check.h"
#include "control/manifest.h"
#include "control/relation.h"
#include "support/error.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using extman::fuzz::check;
namespace control = extman::control;

namespace {

// read: from a text to its canonical spelling.
template <class Read>
void check_canonical(std::string_view text, const char *what, Read read) {
  std::string once;
  try {
    once = read(text);
  } catch (const extman::support::BadInput &error) {
    check(error.what()[0] != '\0', "there is a message");
    return;
  }
  try {
    check(read(once) == once, what, once);
  } catch (const extman::support::BadInput &error) {
    check(false, what, once + "\n" + error.what());
  }
}

std::string manifest(std::string_view text) {
  std::string result;
  for (const control::ManifestEntry &entry : control::parse_manifest(text)) {
    result += (result.empty() ? "" : ", ") + entry.name + " (= " + entry.version + ")";
  }
  return result;
}

std::string constraints(std::string_view text) {
  std::string result;
  for (const auto &constraint : control::parse_constraints(text)) {
    result += (result.empty() ? "" : ", ") + extman::version::to_string(constraint);
  }
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char *>(data), size);
  const auto rule = control::NameRule::kExtension;
  check_canonical(text, "a request",
                  [](auto part) { return control::to_string(control::parse_request(part)); });
  check_canonical(text, "conflicts", [&](auto part) {
    return control::conflicts_to_string(control::parse_conflicts(part, rule));
  });
  check_canonical(text, "provides", [&](auto part) {
    return control::to_string(control::parse_provides(part, rule));
  });
  check_canonical(text, "constraints", constraints);
  check_canonical(text, "a manifest", manifest);
  return 0;
}
