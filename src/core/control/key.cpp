#include "control/key.h"

#include "support/lower_case.h"
#include "support/nearest.h"
#include "support/translate.h"

#include <vector>

namespace extman::control {

namespace {

struct KnownKey {
  std::string_view text;
  Key key;
};

constexpr KnownKey kKeys[] = {
    {"name", Key::kName},
    {"version", Key::kVersion},
    {"comment", Key::kComment},
    {"depends", Key::kDepends},
    {"conflicts", Key::kConflicts},
    {"provides", Key::kProvides},
    {"custom_variable_classes", Key::kClasses},
    {"schema", Key::kSchema},
    {"relocatable", Key::kRelocatable},
    {"superuser", Key::kSuperuser},
    {"trusted", Key::kTrusted},
    {"module_pathname", Key::kModulePathname},
    {"encoding", Key::kEncoding},
};

// What core's control files, or Debian's, call the same thing.
struct OtherName {
  std::string_view text;
  std::string_view key;
};

constexpr OtherName kOtherNames[] = {
    {"requires", "depends"}, {"default_version", "version"}, {"package", "name"},
    {"breaks", "conflicts"}, {"description", "comment"},     {"module", "module_pathname"},
};

// No spelling mistake is longer than this; distances are not worth their time
// beyond it.
constexpr std::size_t kMaxTypo = 100;

}  // namespace

std::optional<Key> find_key(std::string_view text) {
  for (const KnownKey &known : kKeys) {
    if (known.text == text) return known.key;
  }
  return std::nullopt;
}

bool is_private_key(std::string_view text) { return text.substr(0, 2) == "x_"; }

std::string suggest_key(std::string_view unknown) {
  std::string meant;
  if (unknown.size() <= kMaxTypo) {
    const std::string wrong = support::lower_case(unknown);
    for (const OtherName &other : kOtherNames) {
      if (other.text == wrong) meant = other.key;
    }
    std::vector<std::string> known;
    for (const KnownKey &one : kKeys) known.emplace_back(one.text);
    if (meant.empty()) {
      const std::vector<std::string> near = support::nearest(wrong, known, 1);
      if (!near.empty()) meant = near.front();
    }
  }
  if (!meant.empty()) return tr("Perhaps you meant %s.", "\"" + meant + "\"");

  std::string keys;
  for (const KnownKey &known : kKeys) {
    if (!keys.empty()) keys += ", ";
    keys += known.text;
  }
  return tr("The keys are %s, and any that begins with x_.", keys);
}

}  // namespace extman::control
