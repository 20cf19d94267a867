#include "support/nearest.h"

#include <algorithm>
#include <utility>

namespace extman::support {

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit) return limit + 1;

  // Rows of the table of distances between prefixes: the one before the last,
  // the last, and the one being filled.
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    std::size_t smallest = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
      smallest = std::min(smallest, row[j]);
    }
    if (smallest > limit) return limit + 1;
    std::swap(before, last);
    std::swap(last, row);
  }
  return std::min(last[b.size()], limit + 1);
}

std::vector<std::string> nearest(std::string_view wrong, const std::vector<std::string> &known,
                                 std::size_t count) {
  std::size_t limit = std::max<std::size_t>(1, wrong.size() / 3);
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const std::string &word : known) {
    std::size_t distance = edit_distance(wrong, word, limit);
    if (distance <= limit) found.emplace_back(distance, word);
  }
  std::sort(found.begin(), found.end());
  if (found.size() > count) found.resize(count);
  std::vector<std::string> words;
  for (auto &entry : found) words.push_back(std::move(entry.second));
  return words;
}

}  // namespace extman::support
