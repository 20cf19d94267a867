// What a computation may use, and whether it is still wanted.
#pragma once

#include "support/error.h"
#include "support/no_postgres.h"

#include <cstddef>
#include <cstdint>

namespace extman::support {

class Budget {
 public:
  using Poll = bool (*)(void *);

  // A limit of 0 is none.
  Budget(Poll poll, void *arg, std::uint64_t max_steps, std::size_t max_memory)
      : poll_(poll), arg_(arg), max_steps_(max_steps), max_memory_(max_memory) {}
  Budget() : Budget(nullptr, nullptr, 0, 0) {}

  // Counts one unit of work (a propagated literal, a clause looked at).  Throws
  // Cancelled or LimitReached.
  void step() {
    if ((++steps_ & (kPollInterval - 1)) == 0) poll();
    if (max_steps_ != 0 && steps_ > max_steps_) fail_steps();
  }

  // Counts bytes that stay allocated until they are released.
  void use_memory(std::size_t bytes) {
    memory_ += bytes;
    if (max_memory_ != 0 && memory_ > max_memory_) fail_memory();
  }

  // The same for many at once; what they were spent on may be finished first.
  void steps_taken(std::uint64_t count) {
    std::uint64_t before = steps_ / kPollInterval;
    steps_ += count;
    if (steps_ / kPollInterval != before) poll();
    if (max_steps_ != 0 && steps_ > max_steps_) step();
  }

  void release_memory(std::size_t bytes) { memory_ -= bytes < memory_ ? bytes : memory_; }

  void poll() const {
    if (poll_ != nullptr && poll_(arg_)) throw Cancelled();
  }

  std::uint64_t steps() const { return steps_; }

 private:
  [[noreturn]] void fail_steps() const;
  [[noreturn]] void fail_memory() const;

  static constexpr std::uint64_t kPollInterval = 1024;  // a power of two

  Poll poll_;
  void *arg_;
  std::uint64_t max_steps_;
  std::size_t max_memory_;
  std::uint64_t steps_ = 0;
  std::size_t memory_ = 0;
};

}  // namespace extman::support
