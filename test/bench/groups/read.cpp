// Reading an archive: wall time and resident memory, each reader in a process
// of its own.
#include "debian/archive.h"
#include "groups/clock.h"
#include "groups/figures.h"
#include "groups/groups.h"
#include "peers/libsolv.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <stdexcept>

namespace extman::bench {

namespace {

constexpr int kRounds = 15;

struct Cost {
  double seconds = std::numeric_limits<double>::infinity();
  double resident = 0;  // bytes more than before, when it is done
  double peak = 0;      // bytes more than before, at most
};

// A line of /proc/self/status, in bytes.
double status_of(const std::string &key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.compare(0, key.size(), key) == 0) return std::stod(line.substr(key.size())) * 1024;
  }
  throw std::runtime_error("no " + key + " in /proc/self/status");
}

template <class Work>
Cost measure_here(Work work) {
  std::ofstream("/proc/self/clear_refs") << "5";  // the peak begins anew
  const double before = status_of("VmRSS:");
  Cost cost;
  const Clock::time_point begin = Clock::now();
  const auto kept = work();
  cost.seconds = seconds_since(begin);
  cost.resident = status_of("VmRSS:") - before;
  cost.peak = status_of("VmHWM:") - before;
  return cost;
}

// The same in a child, whose heap nothing else has used.
template <class Work>
Cost measure(Work work) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("cannot make a pipe");
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child == 0) {
    Cost cost;
    try {
      cost = measure_here(work);
    } catch (const std::exception &error) {
      print_note(error.what());
      _exit(1);
    }
    _exit(write(ends[1], &cost, sizeof cost) == sizeof cost ? 0 : 1);
  }
  close(ends[1]);
  Cost cost;
  const bool whole = read(ends[0], &cost, sizeof cost) == sizeof cost;
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (!whole || status != 0) throw std::runtime_error("a reader failed");
  return cost;
}

// The fastest run, and the memory of the run that needed least.
void keep_best(Cost &best, const Cost &cost, bool first) {
  best.seconds = std::min(best.seconds, cost.seconds);
  best.resident = first ? cost.resident : std::min(best.resident, cost.resident);
  best.peak = first ? cost.peak : std::min(best.peak, cost.peak);
}

}  // namespace

bool run_read(const Paths &paths) {
  const auto ours = [&] {
    auto universe = std::make_unique<universe::Universe>();
    read_archive(paths, *universe);
    // Ready to solve: what is computed when it is first asked for is asked for.
    if (universe->size() > 0 && !universe->depends(universe::PackageId(0)).empty()) {
      universe->candidates(universe->depends(universe::PackageId(0)).front());
    }
    return universe;
  };
  const auto theirs = [&] {
    auto libsolv = std::make_unique<Libsolv>();
    for (const std::string &path : paths) libsolv->read(path);
    libsolv->prepare();
    return libsolv;
  };
  Cost our_best;
  Cost their_best;
  for (int round = 0; round < kRounds; ++round) {
    if (round % 2 == 0) {
      keep_best(our_best, measure(ours), round == 0);
      keep_best(their_best, measure(theirs), round == 0);
    } else {
      keep_best(their_best, measure(theirs), false);
      keep_best(our_best, measure(ours), false);
    }
  }
  print_figure("read-bookworm-time", time_text(our_best.seconds), time_text(their_best.seconds),
               our_best.seconds / their_best.seconds, 0.5);
  print_figure("read-bookworm-memory", memory_text(our_best.resident),
               memory_text(their_best.resident), our_best.resident / their_best.resident, 1);
  print_note("reading, best of " + std::to_string(kRounds) + "; memory at the peak: ours " +
             memory_text(our_best.peak) + ", libsolv " + memory_text(their_best.peak));
  return true;
}

}  // namespace extman::bench
