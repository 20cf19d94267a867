// What fuzzers share: a check that ends the run with the input that broke it.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

namespace extman::fuzz {

// libFuzzer keeps the input of a run that aborts.
inline void check(bool holds, const char *what, const std::string &detail = {}) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n%s\n", what, detail.c_str());
  std::abort();
}

}  // namespace extman::fuzz
