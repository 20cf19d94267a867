// Samples that are the same in every run.
#pragma once

#include "universe/universe.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace extman::bench {

// Numbers that look random (Steele, Lea, Flood: Fast splittable pseudorandom
// number generators, 2014), the same ones on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }

  // Below bound.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }

 private:
  std::uint64_t state_;
};

// That many of the numbers below total, evenly spread; all of them for 0.
std::vector<std::size_t> evenly_spread(std::size_t total, std::size_t count);

// Requests of 2 to 6 different packages each.  Packages at random hardly ever
// exclude each other: in every second request, the first one conflicts with the
// second by its name or by what it provides.
std::vector<std::vector<std::size_t>> joint_requests(const universe::Universe &universe,
                                                     std::size_t count);

}  // namespace extman::bench
