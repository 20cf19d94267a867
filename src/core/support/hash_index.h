// Finds the number of something by its contents, which are kept elsewhere:
// open addressing with linear probing, half
// full at most, eight bytes a slot.
#pragma once

#include "support/no_postgres.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace extman::support {

inline std::uint32_t mix(std::uint32_t hash, std::uint32_t value) {
  std::uint64_t product = ((std::uint64_t{hash} << 32) | value) * 0x9E3779B97F4A7C15ull;
  return static_cast<std::uint32_t>(product >> 32) ^ static_cast<std::uint32_t>(product >> 13);
}

class HashIndex {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  // The number for which is_it(number) holds, among those of that hash.
  template <class IsIt>
  std::uint32_t find(std::uint32_t hash, IsIt is_it) const {
    if (slots_.empty()) return kNone;
    for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
      const Slot &slot = slots_[at];
      if (slot.number == kNone || (slot.hash == hash && is_it(slot.number))) return slot.number;
    }
  }

  // Makes room for one more number, so that the next insert() cannot fail.
  // hash_of(number) gives the hash of each number there is.
  template <class HashOf>
  void reserve_one(HashOf hash_of) {
    if (2 * (count_ + 1) <= slots_.size()) return;
    std::vector<Slot> old(slots_.empty() ? 16 : 2 * slots_.size());
    old.swap(slots_);
    // By number, not by place: see remove_last().
    for (std::uint32_t number = 0; number < count_; ++number) place(hash_of(number), number);
  }

  // Numbers are inserted in their order, from 0 on.
  void insert(std::uint32_t hash) noexcept {
    place(hash, static_cast<std::uint32_t>(count_));
    ++count_;
  }

  // Takes back the last number.  No probe for an earlier one ever went beyond
  // its slot, so that the slot can be emptied.
  void remove_last(std::uint32_t hash) noexcept {
    --count_;
    std::size_t at = hash & mask();
    while (slots_[at].number != count_) at = (at + 1) & mask();
    slots_[at] = Slot();
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = kNone;
  };

  std::size_t mask() const { return slots_.size() - 1; }

  void place(std::uint32_t hash, std::uint32_t number) noexcept {
    std::size_t at = hash & mask();
    while (slots_[at].number != kNone) at = (at + 1) & mask();
    slots_[at] = {hash, number};
  }

  std::vector<Slot> slots_;  // a power of two of them
  std::size_t count_ = 0;
};

}  // namespace extman::support
