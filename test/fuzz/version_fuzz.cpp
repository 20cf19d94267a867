// The order of versions: the same as an independent one, written after the words of
// Debian Policy, and an order at all.
#include "check.h"
#include "debian/policy_version.h"
#include "support/error.h"
#include "version/version.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using extman::fuzz::check;
namespace version = extman::version;

namespace {

int sign(int value) { return (value > 0) - (value < 0); }

bool is_version(const std::string &text) {
  try {
    version::check(text);
    return true;
  } catch (const extman::support::BadInput &) {
    return false;
  }
}

// Debian Policy knows neither white space around a version nor a sign before its
// epoch, which dpkg takes.
bool is_of_policy(const std::string &text) {
  const std::size_t colon = text.find(':');
  return text.find_first_of(" \t\n\v\f\r") == std::string::npos &&
         (colon == std::string::npos || text.find_first_not_of("0123456789") >= colon);
}

// Three texts between spaces or line ends.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c != ' ' && c != '\n') {
      parts.back() += c;
    } else if (parts.size() < 3) {
      parts.emplace_back();
    }
  }
  parts.resize(3);
  return parts;
}

void check_pair(const std::string &a, const std::string &b) {
  const int order = version::compare(a, b);
  const std::string both = a + "\n" + b;
  check(order >= -1 && order <= 1, "-1, 0 or 1", both);
  check(version::compare(b, a) == -order, "the other way round", both);
  check(version::satisfies(a, version::Operator::kLess, b) == (order < 0), "<", both);
  check(version::satisfies(a, version::Operator::kNotEqual, b) == (order != 0), "!=", both);
  if (is_version(a) && is_version(b) && is_of_policy(a) && is_of_policy(b)) {
    check(order == sign(extman::bench::compare_by_policy(a, b)), "as Debian Policy says", both);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  std::vector<std::string> parts = split({reinterpret_cast<const char *>(data), size});
  for (const std::string &a : parts) {
    check(version::compare(a, a) == 0, "equal to itself", a);
    for (const std::string &b : parts) check_pair(a, b);
  }
  std::sort(parts.begin(), parts.end(),
            [](const std::string &a, const std::string &b) { return version::compare(a, b) < 0; });
  check(version::compare(parts[0], parts[2]) <= 0, "transitive",
        parts[0] + "\n" + parts[1] + "\n" + parts[2]);
  return 0;
}
