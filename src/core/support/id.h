// Typed indexes: a name's number can't be taken for a package's.
#pragma once

#include "support/no_postgres.h"

#include <cstdint>
#include <functional>

namespace extman::support {

template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : index_(static_cast<std::uint32_t>(index)) {}

  static constexpr Id none() { return Id(); }
  constexpr bool is_none() const { return index_ == UINT32_MAX; }
  constexpr std::uint32_t index() const { return index_; }

  friend constexpr bool operator==(Id a, Id b) { return a.index_ == b.index_; }
  friend constexpr bool operator!=(Id a, Id b) { return a.index_ != b.index_; }
  friend constexpr bool operator<(Id a, Id b) { return a.index_ < b.index_; }

 private:
  std::uint32_t index_ = UINT32_MAX;
};

}  // namespace extman::support

template <class Tag>
struct std::hash<extman::support::Id<Tag>> {
  std::size_t operator()(extman::support::Id<Tag> id) const noexcept { return id.index(); }
};
