#include "timelines.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "error.h"
#include "wal_name.h"

namespace basebackup {

namespace {

// A line of a history file: the timeline left, and where it was left.
struct Switch {
  uint32_t timeline = 0;
  uint64_t at = 0;
};

std::vector<Switch> parse_history(std::string_view history) {
  std::vector<Switch> switches;
  while (!history.empty()) {
    const size_t line_end = history.find('\n');
    std::string_view line = history.substr(0, line_end);
    history =
        line_end == std::string_view::npos ? std::string_view() : history.substr(line_end + 1);

    const size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos || line[begin] == '#') continue;
    line = line.substr(begin);
    Switch found;
    const auto [end, error] =
        std::from_chars(line.data(), line.data() + line.size(), found.timeline);
    line = line.substr(static_cast<size_t>(end - line.data()));
    const size_t lsn = line.find_first_not_of(" \t");
    if (error != std::errc() || lsn == std::string_view::npos) {
      throw Error("syntax error in a timeline history file: \"" + std::string(line) + "\"");
    }
    line = line.substr(lsn);
    found.at = parse_lsn(line.substr(0, line.find_first_of(" \t\r")));
    switches.push_back(found);
  }
  return switches;
}

}  // namespace

std::vector<WalRange> wal_ranges(const WalRange &whole, uint32_t end_timeline,
                                 std::string_view history) {
  std::vector<WalRange> ranges;
  WalRange range = {end_timeline, whole.begin, whole.end};
  if (end_timeline != whole.timeline) {
    std::vector<Switch> switches = parse_history(history);
    for (auto last = switches.rbegin(); last != switches.rend(); ++last) {
      range.begin = last->at;
      ranges.push_back(range);
      range = {last->timeline, whole.begin, last->at};
      if (last->timeline == whole.timeline) break;
    }
  }
  if (range.timeline != whole.timeline || range.begin > range.end) {
    throw Error("timeline " + std::to_string(end_timeline) +
                ", on which the backup ends, does not descend from timeline " +
                std::to_string(whole.timeline) + ", on which it begins");
  }
  ranges.push_back(range);
  return ranges;
}

}  // namespace basebackup
