// The operators new and delete of this program, which count what the core allocates
// and fail when they are told to.
//
// Exceptions themselves come from malloc, by way of __cxa_allocate_exception, and are
// not counted; their texts are.
#pragma once

#include <cstddef>

namespace extman::faults {

struct Plan {
  std::size_t nth = 0;     // which allocation of the core fails, from 1; 0: none
  bool from_then = false;  // so do all that follow it, until the call returns
};

// Counts from zero again, and fails what the plan says.
void start(Plan plan) noexcept;

// While one of these is alive, allocations are the core's.
class InCore {
 public:
  InCore() noexcept;
  InCore(const InCore &) = delete;
  InCore &operator=(const InCore &) = delete;
  ~InCore();
};

// Since start(): how many the core has asked for, and how many of them were refused:
// by std::bad_alloc, or by a null pointer from the operators that may not throw.
std::size_t asked() noexcept;
std::size_t thrown() noexcept;
std::size_t refused() noexcept;

// The core's allocations that were not given back yet.
std::size_t outstanding() noexcept;

}  // namespace extman::faults
