// Interned names: of packages, of what they provide, of variable classes.
#pragma once

#include "support/id.h"
#include "support/no_postgres.h"

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace extman::universe {

using NameId = support::Id<struct NameTag>;

class Names {
 public:
  NameId intern(std::string_view text) {
    auto found = ids_.find(text);
    if (found != ids_.end()) return found->second;
    NameId id(texts_.size());
    texts_.emplace_back(text);
    try {
      ids_.emplace(texts_.back(), id);
    } catch (...) {
      texts_.pop_back();
      throw;
    }
    return id;
  }

  // none() when nobody ever said that name.
  NameId find(std::string_view text) const {
    auto found = ids_.find(text);
    return found == ids_.end() ? NameId::none() : found->second;
  }

  // Forgets the names that were interned last, down to that many.
  void shrink(std::size_t size) noexcept {
    while (texts_.size() > size) {
      ids_.erase(ids_.find(texts_.back()));
      texts_.pop_back();
    }
  }

  const std::string &text(NameId id) const { return texts_[id.index()]; }
  std::size_t size() const { return texts_.size(); }

 private:
  std::deque<std::string> texts_;  // a deque never moves its elements
  std::unordered_map<std::string_view, NameId> ids_;
};

}  // namespace extman::universe
