// dose-debcheck, which tells for each package of an archive whether it can be
// installed, as a program.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace extman::bench {

struct DoseResult {
  double seconds = 0;
  std::vector<std::pair<std::string, std::string>> broken;  // name and version
};

// Of plain text.  What Debian calls Essential is not asked for.
DoseResult dose_debcheck(const std::vector<std::string> &paths);

}  // namespace extman::bench
