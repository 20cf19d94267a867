// What extman_bench does, a function each.  All return whether verdicts agreed.
#pragma once

#include <string>
#include <vector>

namespace extman::bench {

using Paths = std::vector<std::string>;

// The core against libsolv on that many packages (0: all) and joint requests,
// and every plan against the validator.  Where plans suffice, a plan that is right
// proves the verdict, and libsolv is asked only when there is none.
bool run_oracle(const Paths &paths, std::size_t packages, std::size_t joint, bool plans_suffice);

// Random universes with installed packages, holds and removals against libsolv, so
// many from that seed on.  What differs is shrunk and written down as a case file.
bool run_random(std::size_t count, std::size_t seed);

bool run_solve(const Paths &paths);               // solve-bookworm-*
bool run_solve_three_suites(const Paths &paths);  // solve-three-suites-median
bool run_verdict(const Paths &paths);             // verdict-bookworm-all
bool run_verdict_three_suites(const Paths &paths, bool with_libsolv);
bool run_read(const Paths &paths);  // read-bookworm-*
bool run_hard(double limit);        // solve-hard

// Prints the explanation of every package that cannot be installed.  False when
// one is too long or lacks a part.
bool run_explain(const Paths &paths);

}  // namespace extman::bench
