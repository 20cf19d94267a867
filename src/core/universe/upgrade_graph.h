// The upgrade scripts of one name, as a graph over its versions.
#pragma once

#include "support/no_postgres.h"
#include "version/version.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace extman::universe {

class UpgradeGraph {
  struct NewestFirst {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const {
      return version::compare(a, b) > 0;
    }
  };

 public:
  // Of two scripts between equal versions the first wins.
  void add(std::string_view from, std::string_view to, std::uint32_t tag);

  bool empty() const { return ways_.empty(); }

  // The fewest scripts that lead from one version to another, as their tags;
  // among equally many, the one whose intermediate versions are newest.  Empty
  // when the versions are equal; nothing when there is no way.
  std::optional<std::vector<std::uint32_t>> path(std::string_view from, std::string_view to) const;

  // All versions to which there is a way, the start among them; views of the
  // graph's own texts and of from.
  using Versions = std::set<std::string_view, NewestFirst>;
  Versions reachable(std::string_view from) const;

 private:
  // The scripts that start from a version: their targets, newest first.
  using Targets = std::map<std::string, std::uint32_t, NewestFirst>;

  std::map<std::string, Targets, NewestFirst> ways_;
};

}  // namespace extman::universe
