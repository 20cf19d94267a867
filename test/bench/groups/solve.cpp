// One request at a time, by the core and by libsolv in turn.
#include "groups/clock.h"
#include "groups/closure.h"
#include "groups/figures.h"
#include "groups/groups.h"
#include "groups/sample.h"
#include "groups/world.h"

#include <algorithm>
#include <limits>

namespace extman::bench {

namespace {

constexpr int kRounds = 3;  // of which the fastest counts, for both alike

struct Times {
  std::vector<double> ours;
  std::vector<double> theirs;
  std::vector<double> first;  // ours, when nobody had asked for that package before
  bool agreed = true;

  double ratio(double share) const { return quantile(ours, share) / quantile(theirs, share); }
};

Times measure(World &world, const std::vector<std::size_t> &packages) {
  Times times;
  for (std::size_t package : packages) {
    const std::vector<universe::DependencyId> our_request{world.ours(package)};
    const std::vector<Libsolv::Request> their_request{world.theirs(package)};
    double ours = std::numeric_limits<double>::infinity();
    double theirs = ours;
    bool our_verdict = false;
    bool their_verdict = false;
    const auto time_ours = [&] {
      ours = std::min(ours, seconds_of([&] {
                        our_verdict = world.engine().solve(our_request) == Verdict::kYes;
                      }));
    };
    const auto time_theirs = [&] {
      theirs = std::min(theirs,
                        seconds_of([&] { their_verdict = world.libsolv().solve(their_request); }));
    };
    for (int round = 0; round < kRounds; ++round) {
      if (round == 1) times.first.push_back(ours);
      if (round % 2 == 0) {
        time_ours();
        time_theirs();
      } else {
        time_theirs();
        time_ours();
      }
    }
    times.ours.push_back(ours);
    times.theirs.push_back(theirs);
    if (our_verdict != their_verdict) {
      times.agreed = false;
      print_note("  the verdicts on " + world.describe(package) + " differ");
    }
  }
  return times;
}

void print_figure_at(const char *name, const Times &times, double share, double reach) {
  print_figure(name, time_text(quantile(times.ours, share)),
               time_text(quantile(times.theirs, share)), times.ratio(share), reach);
}

void print_details(const char *what, const Times &times) {
  print_note(std::string(what) + ", fastest of " + std::to_string(kRounds));
  print_times("ours", times.ours);
  print_times("ours, the first time", times.first);
  print_times("libsolv", times.theirs);
}

// Those with the largest closures, and some that people know to be large.
std::vector<std::size_t> large_packages(const World &world) {
  constexpr std::size_t kCount = 20;
  std::vector<std::size_t> large;
  const std::vector<std::string> known{"gnome", "kde-full", "texlive-full", "postgresql-all"};
  for (std::size_t i = 0; i < world.size(); ++i) {
    if (std::count(known.begin(), known.end(), world.name(i)) != 0) large.push_back(i);
  }
  for (std::size_t package : largest_closures(world.universe(), kCount)) {
    const bool there = std::count(large.begin(), large.end(), package) != 0;
    if (large.size() < kCount && !there) large.push_back(package);
  }
  return large;
}

}  // namespace

bool run_solve(const Paths &paths) {
  World world(paths);
  const Times sampled = measure(world, evenly_spread(world.size(), 300));
  print_figure_at("solve-bookworm-median", sampled, 0.5, 0.01);
  print_figure_at("solve-bookworm-p99", sampled, 0.99, 0.1);
  print_details("bookworm, sampled packages", sampled);

  const std::vector<std::size_t> large = large_packages(world);
  const Times largest = measure(world, large);
  print_figure_at("solve-bookworm-large", largest, 0.5, 0.05);
  print_details("bookworm, the largest packages", largest);
  for (std::size_t i = 0; i < large.size(); ++i) {
    print_note("  " + time_text(largest.ours[i]) + "\t" + time_text(largest.theirs[i]) + "\t" +
               world.describe(large[i]));
  }
  return sampled.agreed && largest.agreed;
}

bool run_solve_three_suites(const Paths &paths) {
  World world(paths);
  const Times times = measure(world, evenly_spread(world.size(), 100));
  print_figure_at("solve-three-suites-median", times, 0.5, 0.005);
  print_details("three suites, sampled packages", times);
  return times.agreed;
}

}  // namespace extman::bench
