// Interned texts: each is stored once and has a number.
#pragma once

#include "support/arena.h"
#include "support/hash_index.h"
#include "support/no_postgres.h"

#include <string_view>
#include <vector>

namespace extman::support {

// IdType is the Id by which texts of this kind are known.
template <class IdType>
class Texts {
 public:
  IdType intern(std::string_view text) {
    std::uint32_t hash = hash_of(text);
    std::uint32_t found = find_number(text, hash);
    if (found != HashIndex::kNone) return IdType(found);
    if (entries_.size() == entries_.capacity()) entries_.reserve(2 * entries_.size() + 16);
    index_.reserve_one([this](std::uint32_t number) { return entries_[number].hash; });
    char *copy = bytes_.allocate(text.size() + 1);
    text.copy(copy, text.size());
    copy[text.size()] = '\0';
    entries_.push_back({copy, static_cast<std::uint32_t>(text.size()), hash});
    index_.insert(hash);
    return IdType(entries_.size() - 1);
  }

  // none() for a text that nobody ever interned.
  IdType find(std::string_view text) const {
    std::uint32_t found = find_number(text, hash_of(text));
    return found == HashIndex::kNone ? IdType::none() : IdType(found);
  }

  // Ends in NUL, and never moves.
  std::string_view text(IdType id) const {
    const Entry &entry = entries_[id.index()];
    return {entry.data, entry.size};
  }

  std::size_t size() const { return entries_.size(); }

  struct Mark {
    std::size_t size;
    Arena<char>::Mark bytes;
  };
  Mark mark() const { return {entries_.size(), bytes_.mark()}; }

  // Forgets the texts that were interned since.
  void rewind(const Mark &mark) noexcept {
    while (entries_.size() > mark.size) {
      index_.remove_last(entries_.back().hash);
      entries_.pop_back();
    }
    bytes_.rewind(mark.bytes);
  }

 private:
  struct Entry {
    const char *data;
    std::uint32_t size;
    std::uint32_t hash;
  };

  static std::uint32_t hash_of(std::string_view text) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>()(text));
  }

  std::uint32_t find_number(std::string_view text, std::uint32_t hash) const {
    return index_.find(hash, [&](std::uint32_t number) {
      const Entry &entry = entries_[number];
      return std::string_view(entry.data, entry.size) == text;
    });
  }

  std::vector<Entry> entries_;
  HashIndex index_;
  Arena<char> bytes_;
};

}  // namespace extman::support
