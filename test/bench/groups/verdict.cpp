// Whether each package of an archive can be there, reading included.
#include "debian/archive.h"
#include "groups/clock.h"
#include "groups/engine.h"
#include "groups/figures.h"
#include "groups/groups.h"
#include "peers/dose.h"
#include "peers/libsolv.h"

#include <algorithm>
#include <set>

namespace extman::bench {

namespace {

using Broken = std::set<std::string>;  // "name version"

std::string full_name(std::string name, const std::string &version) {
  return name.append(" ").append(version);
}

struct Result {
  double seconds = 0;
  std::size_t packages = 0;
  Broken broken;
};

Result by_us(const Paths &paths) {
  Result result;
  universe::Universe universe;
  std::vector<char> possible;
  result.seconds = seconds_of([&] {
    read_archive(paths, universe);
    possible = Engine(universe).verdicts();
  });
  result.packages = universe.size();
  for (std::size_t i = 0; i < possible.size(); ++i) {
    if (possible[i] == 0) result.broken.insert(universe.describe(universe::PackageId(i)));
  }
  return result;
}

Result by_libsolv(const Paths &paths) {
  Result result;
  Libsolv libsolv;
  std::vector<Libsolv::Package> broken;
  result.seconds = seconds_of([&] {
    for (const std::string &path : paths) libsolv.read(path);
    libsolv.prepare();
    broken = libsolv.impossible();
  });
  result.packages = libsolv.packages().size();
  for (Libsolv::Package package : broken) {
    const auto [name, version] = libsolv.text_of(package);
    result.broken.insert(full_name(name, version));
  }
  return result;
}

Result by_dose(const Paths &paths) {
  Result result;
  const DoseResult dose = dose_debcheck(paths);
  result.seconds = dose.seconds;
  for (const auto &[name, version] : dose.broken) result.broken.insert(full_name(name, version));
  return result;
}

void print_missing(const char *what, const Broken &from, const Broken &in) {
  for (const std::string &package : from) {
    if (in.count(package) == 0) print_note(std::string("  ") + what + ": " + package);
  }
}

bool compare(const char *peer, const Result &ours, const Result &theirs) {
  print_note(std::string(peer) + ": " + time_text(theirs.seconds) + ", " +
             std::to_string(theirs.broken.size()) + " packages that cannot be installed");
  print_missing("only we say no", ours.broken, theirs.broken);
  print_missing("only they say no", theirs.broken, ours.broken);
  return ours.broken == theirs.broken;
}

void print_ours(const Result &ours) {
  print_note("ours: " + time_text(ours.seconds) + ", " + std::to_string(ours.broken.size()) +
             " of " + std::to_string(ours.packages) + " packages that cannot be installed");
}

}  // namespace

bool run_verdict(const Paths &paths) {
  // Once unmeasured, so that all find the file in memory.
  Result ours = by_us(paths);
  const Result again = by_us(paths);
  ours.seconds = std::min(ours.seconds, again.seconds);
  const Result libsolv = by_libsolv(paths);
  const Result dose = by_dose(paths);
  print_figure("verdict-bookworm-all", time_text(ours.seconds), time_text(dose.seconds),
               ours.seconds / dose.seconds, 0.1);
  print_ours(ours);
  const bool as_libsolv = compare("libsolv", ours, libsolv);
  const bool as_dose = compare("dose", ours, dose);
  return as_libsolv && as_dose;
}

bool run_verdict_three_suites(const Paths &paths, bool with_libsolv) {
  const Result ours = by_us(paths);
  print_absolute("verdict-three-suites-all", ours.seconds, 60);
  print_ours(ours);
  return !with_libsolv || compare("libsolv", ours, by_libsolv(paths));
}

}  // namespace extman::bench
