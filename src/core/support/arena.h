// Memory that is handed out piece by piece and given back all at once, or down
// to a mark.  What was handed out never moves.
#pragma once

#include "support/no_postgres.h"

#include <cstddef>
#include <memory>
#include <type_traits>
#include <vector>

namespace extman::support {

template <class T>
class Arena {
  static_assert(std::is_trivially_destructible_v<T>);

 public:
  struct Mark {
    std::size_t chunks;
    std::size_t used;
  };

  // Room for so many elements, not initialised.
  T *allocate(std::size_t count) {
    if (chunks_.empty() || chunks_.back().size - used_ < count) {
      std::size_t size = count > kChunk ? count : kChunk;
      chunks_.push_back({std::unique_ptr<T[]>(new T[size]), size});
      used_ = 0;
      bytes_ += size * sizeof(T);
    }
    T *room = chunks_.back().data.get() + used_;
    used_ += count;
    return room;
  }

  Mark mark() const { return {chunks_.size(), used_}; }

  // Gives back what was handed out since.
  void rewind(Mark mark) noexcept {
    while (chunks_.size() > mark.chunks) {
      bytes_ -= chunks_.back().size * sizeof(T);
      chunks_.pop_back();
    }
    used_ = mark.used;
  }

  void clear() noexcept { rewind({0, 0}); }

  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr std::size_t kChunk = 8192;

  struct Chunk {
    std::unique_ptr<T[]> data;
    std::size_t size;
  };

  std::vector<Chunk> chunks_;
  std::size_t used_ = 0;  // of the last chunk
  std::size_t bytes_ = 0;
};

}  // namespace extman::support
