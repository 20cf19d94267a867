// extman_bench WHAT [OPTION…] [FILE…]: see usage() and README.md.
#include "groups/groups.h"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

namespace {

using extman::bench::Paths;

constexpr char kUsage[] =
    "usage: extman_bench WHAT [OPTION...] [FILE...]\n"
    "\n"
    "  oracle [--packages N] [--joint N] [--plans-suffice] FILE...\n"
    "                                  verdicts against libsolv, of N packages (0: all);\n"
    "                                  or libsolv is asked only where we have no plan\n"
    "  random [--count N] [--seed S]   N random universes from seed S on, against libsolv\n"
    "  solve FILE                      requests against libsolv\n"
    "  solve-three-suites FILE...      the same, of several suites together\n"
    "  verdict FILE                    every package, against dose-debcheck\n"
    "  verdict-three-suites [--libsolv] FILE...\n"
    "  read FILE                       reading, against libsolv\n"
    "  explain FILE...                 why what cannot be installed cannot\n"
    "  hard [--limit SECONDS]          hard instances, against CaDiCaL\n"
    "\n"
    "FILE is a Packages file of a Debian archive.\n";

struct Options {
  std::string what;
  std::size_t packages = 3000;
  std::size_t joint = 200;
  std::size_t count = 2000;
  std::size_t seed = 1;
  double limit = 60;
  bool libsolv = false;
  bool plans_suffice = false;
  Paths paths;
};

[[noreturn]] void wrong_usage() {
  std::fputs(kUsage, stderr);
  std::exit(2);
}

Options parse(int argc, char **argv) {
  Options options;
  if (argc < 2) wrong_usage();
  options.what = argv[1];
  for (int i = 2; i < argc; ++i) {
    const std::string argument = argv[i];
    const auto value = [&] {
      if (++i == argc) wrong_usage();
      return argv[i];
    };
    if (argument == "--packages") {
      options.packages = std::strtoul(value(), nullptr, 10);
    } else if (argument == "--joint") {
      options.joint = std::strtoul(value(), nullptr, 10);
    } else if (argument == "--count") {
      options.count = std::strtoul(value(), nullptr, 10);
    } else if (argument == "--seed") {
      options.seed = std::strtoul(value(), nullptr, 10);
    } else if (argument == "--limit") {
      options.limit = std::strtod(value(), nullptr);
    } else if (argument == "--plans-suffice") {
      options.plans_suffice = true;
    } else if (argument == "--libsolv") {
      options.libsolv = true;
    } else if (argument.compare(0, 1, "-") == 0) {
      wrong_usage();
    } else {
      options.paths.push_back(argument);
    }
  }
  const bool made_up = options.what == "hard" || options.what == "random";
  if (options.paths.empty() != made_up) wrong_usage();
  return options;
}

bool run(const Options &options) {
  using namespace extman::bench;  // NOLINT(google-build-using-namespace)
  if (options.what == "oracle") {
    return run_oracle(options.paths, options.packages, options.joint, options.plans_suffice);
  }
  if (options.what == "random") return run_random(options.count, options.seed);
  if (options.what == "solve") return run_solve(options.paths);
  if (options.what == "solve-three-suites") return run_solve_three_suites(options.paths);
  if (options.what == "verdict") return run_verdict(options.paths);
  if (options.what == "verdict-three-suites") {
    return run_verdict_three_suites(options.paths, options.libsolv);
  }
  if (options.what == "read") return run_read(options.paths);
  if (options.what == "explain") return run_explain(options.paths);
  if (options.what == "hard") return run_hard(options.limit);
  wrong_usage();
}

}  // namespace

int main(int argc, char **argv) {
  try {
    return run(parse(argc, argv)) ? 0 : 1;
  } catch (const std::exception &error) {
    std::fprintf(stderr, "extman_bench: %s\n", error.what());
    return 2;
  }
}
