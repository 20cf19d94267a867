// The algorithm is that of dpkg's lib/dpkg/parsehelp.c (what a version is) and
// lib/dpkg/version.c (how two are ordered), restated over string_view: nothing
// is copied, and runs of digits are never turned into numbers.
#include "version/version.h"

#include "support/error.h"
#include "support/quote.h"
#include "support/translate.h"

#include <limits>

namespace extman::version {

namespace {

// dpkg keeps the epoch in an int.
constexpr long kMaxEpoch = std::numeric_limits<int>::max();

enum class Fault {
  kNone,
  kNul,
  kEmpty,
  kSpace,
  kEpochEmpty,
  kEpochNotNumber,
  kEpochNegative,
  kEpochTooBig,
  kNothingAfterColon,
  kRevisionEmpty,
  kUpstreamEmpty
};

struct Parts {
  long epoch = 0;
  std::string_view upstream;
  std::string_view revision;
};

// The C locale's classes, whatever the process's locale is.
bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// What strtol() makes of the text before the first colon: a sign is accepted.
Fault read_epoch(std::string_view text, long *epoch) noexcept {
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (text.empty() || !is_digit(text[0])) return Fault::kEpochEmpty;
  long value = 0;
  for (char c : text) {
    if (!is_digit(c)) return Fault::kEpochNotNumber;
    if (value <= kMaxEpoch) value = value * 10 + (c - '0');
  }
  if (negative && value > 0) return Fault::kEpochNegative;
  if (value > kMaxEpoch) return Fault::kEpochTooBig;
  *epoch = value;
  return Fault::kNone;
}

Fault split(std::string_view text, Parts *parts) noexcept {
  if (text.find('\0') != std::string_view::npos) return Fault::kNul;
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  if (text.empty()) return Fault::kEmpty;
  for (char c : text) {
    if (is_space(c)) return Fault::kSpace;
  }

  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    const Fault fault = read_epoch(text.substr(0, colon), &parts->epoch);
    if (fault != Fault::kNone) return fault;
    text.remove_prefix(colon + 1);
    if (text.empty()) return Fault::kNothingAfterColon;
  }

  parts->upstream = text;
  if (const std::size_t hyphen = text.rfind('-'); hyphen != std::string_view::npos) {
    parts->upstream = text.substr(0, hyphen);
    parts->revision = text.substr(hyphen + 1);
    if (parts->revision.empty()) return Fault::kRevisionEmpty;
  }
  return parts->upstream.empty() ? Fault::kUpstreamEmpty : Fault::kNone;
}

Parts split_or_whole(std::string_view text) noexcept {
  Parts parts;
  if (split(text, &parts) == Fault::kNone) return parts;
  parts.epoch = 0;
  parts.upstream = text;
  parts.revision = {};
  return parts;
}

// The weight of a character outside a run of digits; the end and a digit weigh
// nothing.  dpkg adds 256 to a char, which on amd64 is signed: bytes above 0x7F
// come after the letters and before the other characters, here on any machine.
int weight(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size() || is_digit(text[at])) return 0;
  if (is_letter(text[at])) return text[at];
  if (text[at] == '~') return -1;
  return static_cast<signed char>(text[at]) + 256;
}

bool digit_at(std::string_view text, std::size_t at) noexcept {
  return at < text.size() && is_digit(text[at]);
}

bool other_at(std::string_view text, std::size_t at) noexcept {
  return at < text.size() && !is_digit(text[at]);
}

int sign(long value) noexcept { return (value > 0) - (value < 0); }

// Orders two upstream versions, or two revisions, run by run.
int compare_part(std::string_view a, std::string_view b) noexcept {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    while (other_at(a, i) || other_at(b, j)) {
      const int difference = weight(a, i) - weight(b, j);
      if (difference != 0) return sign(difference);
      ++i;
      ++j;
    }
    while (i < a.size() && a[i] == '0') ++i;
    while (j < b.size() && b[j] == '0') ++j;
    // The longer run is the larger number; of equal length, the first
    // difference decides.
    int first_difference = 0;
    while (digit_at(a, i) && digit_at(b, j)) {
      if (first_difference == 0) first_difference = a[i] - b[j];
      ++i;
      ++j;
    }
    if (digit_at(a, i)) return 1;
    if (digit_at(b, j)) return -1;
    if (first_difference != 0) return sign(first_difference);
  }
  return 0;
}

const char *describe(Fault fault) noexcept {
  switch (fault) {
    case Fault::kNone:
      break;
    case Fault::kNul:
      return tr_noop("version %s contains a NUL byte");
    case Fault::kEmpty:
      return tr_noop("version is empty");
    case Fault::kSpace:
      return tr_noop("version %s contains white space");
    case Fault::kEpochEmpty:
      return tr_noop("version %s has no number before its first colon");
    case Fault::kEpochNotNumber:
      return tr_noop("version %s has an epoch that is not a number");
    case Fault::kEpochNegative:
      return tr_noop("version %s has a negative epoch");
    case Fault::kEpochTooBig:
      return tr_noop("version %s has an epoch above 2147483647");
    case Fault::kNothingAfterColon:
      return tr_noop("version %s has nothing after its epoch");
    case Fault::kRevisionEmpty:
      return tr_noop("version %s has nothing after its last hyphen");
    case Fault::kUpstreamEmpty:
      return tr_noop("version %s has nothing before its last hyphen");
  }
  return "";
}

const char *remedy(Fault fault) noexcept {
  switch (fault) {
    case Fault::kEpochEmpty:
    case Fault::kEpochNotNumber:
    case Fault::kEpochNegative:
    case Fault::kEpochTooBig:
    case Fault::kNothingAfterColon:
      return tr_noop(
          "What stands before the first colon is the epoch, a number from 0 to 2147483647.");
    case Fault::kRevisionEmpty:
    case Fault::kUpstreamEmpty:
      return tr_noop("What stands after the last hyphen is the revision, as in 1.0-1.");
    default:
      return tr_noop("A version is written as in 1.0, 1.0~beta1, 1.0-1 or 2:1.0.");
  }
}

}  // namespace

void check(std::string_view version) {
  Parts parts;
  const Fault fault = split(version, &parts);
  if (fault == Fault::kNone) return;
  throw support::BadInput(
      fault == Fault::kEmpty ? tr(describe(fault)) : tr(describe(fault), support::quoted(version)),
      tr(remedy(fault)));
}

int compare(std::string_view a, std::string_view b) noexcept {
  const Parts left = split_or_whole(a);
  const Parts right = split_or_whole(b);
  if (left.epoch != right.epoch) return left.epoch < right.epoch ? -1 : 1;
  if (const int order = compare_part(left.upstream, right.upstream); order != 0) return order;
  return compare_part(left.revision, right.revision);
}

}  // namespace extman::version
