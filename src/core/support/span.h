// A view of consecutive elements; C++17 has no std::span.
#pragma once

#include "support/no_postgres.h"

#include <cstddef>
#include <vector>

namespace extman::support {

template <class T>
class Span {
 public:
  Span() = default;
  Span(const T *data, std::size_t size) : data_(data), size_(size) {}
  // Implicit, so that a vector goes where a view is taken.
  Span(const std::vector<T> &vector)  // NOLINT(google-explicit-constructor)
      : data_(vector.data()), size_(vector.size()) {}

  const T *begin() const { return data_; }
  const T *end() const { return data_ + size_; }
  const T &operator[](std::size_t i) const { return data_[i]; }
  const T &front() const { return data_[0]; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

 private:
  const T *data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace extman::support
