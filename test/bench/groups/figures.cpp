#include "groups/figures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace extman::bench {

namespace {

std::string number_text(double value, const char *unit) {
  char text[64];
  std::snprintf(text, sizeof text, "%.3g%s", value, unit);
  return text;
}

void print_line(const std::string &name, const std::string &ours, const std::string &peer,
                const std::string &ratio, const std::string &reach, bool reached) {
  std::printf("%s\t%s\t%s\t%s\t%s\t%s\n", name.c_str(), ours.c_str(), peer.c_str(), ratio.c_str(),
              reach.c_str(), reached ? "reached" : "missed");
  std::fflush(stdout);
}

}  // namespace

void print_figure(const std::string &name, const std::string &ours, const std::string &peer,
                  double ratio, double reach) {
  print_line(name, ours, peer, number_text(ratio, ""), number_text(reach, ""), ratio <= reach);
}

void print_absolute(const std::string &name, double seconds, double reach) {
  print_line(name, time_text(seconds), "-", "-", time_text(reach), seconds <= reach);
}

void print_note(const std::string &text) { std::fprintf(stderr, "%s\n", text.c_str()); }

std::string time_text(double seconds) {
  if (std::isinf(seconds)) return "none";
  if (seconds >= 1) return number_text(seconds, " s");
  if (seconds >= 1e-3) return number_text(seconds * 1e3, " ms");
  return number_text(seconds * 1e6, " us");
}

std::string memory_text(double bytes) { return number_text(bytes / (1 << 20), " MB"); }

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return std::nan("");
  std::sort(values.begin(), values.end());
  const double rank = std::ceil(share * static_cast<double>(values.size()));
  const auto index = static_cast<std::size_t>(std::max(rank, 1.0)) - 1;
  return values[std::min(index, values.size() - 1)];
}

void print_times(const std::string &name, const std::vector<double> &seconds) {
  char text[256];
  std::snprintf(text, sizeof text, "  %-28s %5zu   median %-9s p90 %-9s p99 %-9s max %s",
                name.c_str(), seconds.size(), time_text(quantile(seconds, 0.5)).c_str(),
                time_text(quantile(seconds, 0.9)).c_str(),
                time_text(quantile(seconds, 0.99)).c_str(),
                time_text(quantile(seconds, 1)).c_str());
  print_note(text);
}

}  // namespace extman::bench
