// How many handles of the C API are alive, so that a test can prove that none
// was leaked.
#pragma once

#include "support/no_postgres.h"

#include <atomic>
#include <cstddef>

namespace extman::support {

inline std::atomic<std::size_t> live_objects{0};

// A base class of what a handle points to.
class Live {
 public:
  Live() noexcept { ++live_objects; }
  Live(const Live &) = delete;
  Live &operator=(const Live &) = delete;
  ~Live() { --live_objects; }
};

}  // namespace extman::support
