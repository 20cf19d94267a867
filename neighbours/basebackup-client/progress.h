// Shows how far the copy is: as a line that is written over on a terminal, else as a line
// every few seconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace basebackup {

struct ProgressState {
  uint64_t done = 0;
  uint64_t total = 0;
  double seconds = 0;
};

// "[#####     ]  50%  512 of 1024 MB, 100.5 MB/s, 0:05 left"
std::string format_progress(const ProgressState &state);

class Progress {
 public:
  // Nothing is shown unless the standard error is a terminal, or it is forced.
  explicit Progress(bool forced);

  void start(uint64_t total);
  void show(uint64_t done);
  // What else happens, on a line of its own.
  void say(const std::string &text);
  void finish(uint64_t done);

 private:
  using Clock = std::chrono::steady_clock;

  void draw(uint64_t done, bool last);

  bool terminal_;
  bool shown_;
  uint64_t total_ = 0;
  Clock::time_point begin_;
  Clock::time_point drawn_;
};

}  // namespace basebackup
