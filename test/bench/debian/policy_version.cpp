#include "debian/policy_version.h"

#include <cctype>
#include <stdexcept>

namespace extman::bench {

namespace {

struct Parts {
  std::string epoch;
  std::string upstream;
  std::string revision;
};

Parts split(std::string text) {
  Parts parts{"0", "", "0"};
  const std::size_t colon = text.find(':');
  if (colon != std::string::npos) {
    parts.epoch = text.substr(0, colon);
    text.erase(0, colon + 1);
  }
  const std::size_t hyphen = text.rfind('-');
  if (hyphen != std::string::npos) {
    parts.revision = text.substr(hyphen + 1);
    text.erase(hyphen);
  }
  parts.upstream = text;
  return parts;
}

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// "The lexical comparison is a comparison of ASCII values modified so that all
// the letters sort earlier than all the non-letters and so that a tilde sorts
// before anything, even the end of a part."
int weight(const std::string &text, std::size_t at) {
  if (at >= text.size() || is_digit(text[at])) return 0;
  const char c = text[at];
  if (c == '~') return -1;
  return std::isalpha(static_cast<unsigned char>(c)) != 0 ? c : c + 256;
}

int compare_part(std::string a, std::string b) {
  while (!a.empty() || !b.empty()) {
    std::size_t at = 0;
    for (;; ++at) {
      const int difference = weight(a, at) - weight(b, at);
      if (difference != 0) return difference;
      if (weight(a, at) == 0) break;
    }
    a.erase(0, at);
    b.erase(0, at);

    std::string numbers[2];
    std::string *rests[2] = {&a, &b};
    for (int side = 0; side < 2; ++side) {
      std::size_t length = 0;
      while (length < rests[side]->size() && is_digit((*rests[side])[length])) ++length;
      numbers[side] = rests[side]->substr(0, length);
      rests[side]->erase(0, length);
      numbers[side].erase(0, numbers[side].find_first_not_of('0'));
    }
    if (numbers[0].size() != numbers[1].size()) {
      return numbers[0].size() < numbers[1].size() ? -1 : 1;
    }
    if (numbers[0] != numbers[1]) return numbers[0] < numbers[1] ? -1 : 1;
  }
  return 0;
}

}  // namespace

int compare_by_policy(const std::string &a, const std::string &b) {
  if (a == b) return 0;
  const Parts left = split(a);
  const Parts right = split(b);
  if (const int result = compare_part(left.epoch, right.epoch)) return result;
  if (const int result = compare_part(left.upstream, right.upstream)) return result;
  return compare_part(left.revision, right.revision);
}

bool holds_by_policy(const std::string &version, const std::string &op, const std::string &other) {
  const int order = compare_by_policy(version, other);
  if (op == "<<") return order < 0;
  if (op == "<=") return order <= 0;
  if (op == "=") return order == 0;
  if (op == ">=") return order >= 0;
  if (op == ">>") return order > 0;
  throw std::runtime_error("unknown operator " + op);
}

}  // namespace extman::bench
