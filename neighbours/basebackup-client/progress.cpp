#include "progress.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>

namespace basebackup {

namespace {

constexpr int kBar = 30;
constexpr double kMegabyte = 1024 * 1024;
constexpr std::chrono::milliseconds kOnTerminal(200);
constexpr std::chrono::seconds kElsewhere(5);

std::string format_duration(double seconds) {
  const auto whole = static_cast<uint64_t>(std::llround(seconds));
  char text[32];
  if (whole >= 3600) {
    std::snprintf(text, sizeof(text), "%llu:%02u:%02u",
                  static_cast<unsigned long long>(whole / 3600),
                  static_cast<unsigned>(whole / 60 % 60), static_cast<unsigned>(whole % 60));
  } else {
    std::snprintf(text, sizeof(text), "%u:%02u", static_cast<unsigned>(whole / 60),
                  static_cast<unsigned>(whole % 60));
  }
  return text;
}

}  // namespace

std::string format_progress(const ProgressState &state) {
  const double part =
      state.total == 0
          ? 1
          : std::min(1.0, static_cast<double>(state.done) / static_cast<double>(state.total));
  const auto filled = static_cast<size_t>(part * kBar);
  char text[96];
  std::snprintf(text, sizeof(text), "] %3d%%  %.0f of %.0f MB", static_cast<int>(part * 100),
                static_cast<double>(state.done) / kMegabyte,
                static_cast<double>(state.total) / kMegabyte);
  std::string line = "[" + std::string(filled, '#') + std::string(kBar - filled, ' ') + text;
  if (state.seconds > 0 && state.done > 0) {
    const double rate = static_cast<double>(state.done) / state.seconds;
    std::snprintf(text, sizeof(text), ", %.1f MB/s", rate / kMegabyte);
    line += text;
    if (state.done < state.total) {
      line +=
          ", " + format_duration(static_cast<double>(state.total - state.done) / rate) + " left";
    } else {
      line += ", took " + format_duration(state.seconds);
    }
  }
  return line;
}

Progress::Progress(bool forced)
    : terminal_(isatty(STDERR_FILENO) == 1), shown_(forced || terminal_) {}

void Progress::start(uint64_t total) {
  total_ = total;
  begin_ = Clock::now();
  drawn_ = begin_;
}

void Progress::draw(uint64_t done, bool last) {
  drawn_ = Clock::now();
  const std::chrono::duration<double> elapsed = drawn_ - begin_;
  const std::string line = format_progress({done, total_, elapsed.count()});
  if (terminal_) {
    // To the end of the line, what an earlier one has left is cleared.
    std::cerr << "\r" << line << "\033[K" << (last ? "\n" : "") << std::flush;
  } else {
    std::cerr << line << "\n";
  }
}

void Progress::show(uint64_t done) {
  const auto since = Clock::now() - drawn_;
  if (shown_ && (terminal_ ? since >= kOnTerminal : since >= kElsewhere)) draw(done, false);
}

void Progress::say(const std::string &text) {
  if (shown_) std::cerr << text << "\n";
}

void Progress::finish(uint64_t done) {
  if (shown_) draw(done, true);
}

}  // namespace basebackup
