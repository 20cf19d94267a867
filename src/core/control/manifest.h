// A manifest: of each package, which version there is, in the grammar of
// requests: "foo (= 1.0), bar (= 1.1)".
#pragma once

#include "support/no_postgres.h"

#include <string>
#include <string_view>
#include <vector>

namespace extman::control {

struct ManifestEntry {
  std::string name;
  std::string version;
};

// Throws support::BadInput for anything but names with one exact version each.
std::vector<ManifestEntry> parse_manifest(std::string_view text);

}  // namespace extman::control
