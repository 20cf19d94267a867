// The upgrade scripts of one name, as a graph over its versions.
#pragma once

#include "support/no_postgres.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace extman::universe {

class UpgradeGraph {
 public:
  // Of two scripts between equal versions the first wins.
  void add(std::string_view from, std::string_view to, std::uint32_t tag);

  bool empty() const { return edges_.empty(); }

  // The fewest scripts that lead from one version to another, as their tags;
  // among equally many, the one whose intermediate versions are newest.  Empty
  // when the versions are equal; nothing when there is no way.
  std::optional<std::vector<std::uint32_t>> path(std::string_view from, std::string_view to) const;

 private:
  struct Edge {
    std::size_t from;  // indexes into versions_
    std::size_t to;
    std::uint32_t tag;
  };

  std::optional<std::size_t> find(std::string_view version) const;
  std::size_t intern(std::string_view version);

  std::vector<std::string> versions_;
  std::vector<Edge> edges_;
};

}  // namespace extman::universe
