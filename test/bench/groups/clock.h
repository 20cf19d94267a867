// Wall time.
#pragma once

#include <chrono>

namespace extman::bench {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

template <class Work>
double seconds_of(Work work) {
  const Clock::time_point begin = Clock::now();
  work();
  return seconds_since(begin);
}

}  // namespace extman::bench
