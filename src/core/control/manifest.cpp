#include "control/manifest.h"

#include "control/relation.h"
#include "support/error.h"
#include "support/translate.h"

#include <utility>

namespace extman::control {

std::vector<ManifestEntry> parse_manifest(std::string_view text) {
  std::vector<ManifestEntry> entries;
  for (Alternatives &part : parse_request(text)) {
    Relation &relation = part.front();
    if (part.size() != 1 || relation.constraints.size() != 1 ||
        relation.constraints.front().op != version::Operator::kEqual) {
      throw support::BadInput(
          tr("a manifest says of each package one version, and not \"%s\"", to_string(part)));
    }
    entries.push_back({std::move(relation.name), std::move(relation.constraints.front().version)});
  }
  return entries;
}

}  // namespace extman::control
