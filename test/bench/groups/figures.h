// What a benchmark prints.
#pragma once

#include <string>
#include <vector>

namespace extman::bench {

// Figures go to standard output, a line each, fields split by tabs: name, ours,
// peer, ratio, reach, "reached" or "missed".  What else is worth knowing goes to
// standard error, for people.
void print_figure(const std::string &name, const std::string &ours, const std::string &peer,
                  double ratio, double reach);

// A figure whose reach is a time by itself, of which no peer is measured.
void print_absolute(const std::string &name, double seconds, double reach);

void print_note(const std::string &text);

// With a unit that fits: "13.6 ms".
std::string time_text(double seconds);
std::string memory_text(double bytes);

// The value below which that share of the values lies (nearest rank).
double quantile(std::vector<double> values, double share);

// A line for people: median, 90th and 99th percentile, maximum.
void print_times(const std::string &name, const std::vector<double> &seconds);

}  // namespace extman::bench
