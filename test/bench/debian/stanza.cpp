#include "debian/stanza.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

namespace extman::bench {

namespace {

constexpr std::size_t kRoom = 1 << 18;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Takes the value when the line is of that field.  Its spelling is always the
// same in an archive's indexes, which a program writes.
template <std::size_t kSize>
bool take(const char *line, const char *end, const char (&name)[kSize], std::string_view &value) {
  constexpr std::size_t kLength = kSize - 1;
  if (static_cast<std::size_t>(end - line) < kLength || std::memcmp(line, name, kLength) != 0) {
    return false;
  }
  const char *first = line + kLength;
  while (first < end && is_blank(*first)) ++first;
  while (end > first && (is_blank(end[-1]) || end[-1] == '\r')) --end;
  value = {first, static_cast<std::size_t>(end - first)};
  return true;
}

// The first character alone rules out nearly all lines.
void take_field(Stanza &stanza, const char *line, const char *end) {
  switch (*line) {
    case 'A':
      take(line, end, "Architecture:", stanza.architecture);
      break;
    case 'B':
      take(line, end, "Breaks:", stanza.breaks);
      break;
    case 'C':
      take(line, end, "Conflicts:", stanza.conflicts);
      break;
    case 'D':
      take(line, end, "Depends:", stanza.depends);
      break;
    case 'P':
      if (!take(line, end, "Package:", stanza.package) &&
          !take(line, end, "Pre-Depends:", stanza.pre_depends)) {
        take(line, end, "Provides:", stanza.provides);
      }
      break;
    case 'V':
      take(line, end, "Version:", stanza.version);
      break;
    default:
      break;
  }
}

}  // namespace

StanzaReader::StanzaReader(int fd) : fd_(fd), room_(kRoom), next_(room_.data()), end_(next_) {}

bool StanzaReader::next(Stanza &stanza) {
  for (;;) {
    switch (cut(stanza)) {
      case Cut::kStanza:
        if (stanza.package.empty() || stanza.version.empty()) {
          throw std::runtime_error("a stanza without a name or a version: " +
                                   std::string(stanza.package));
        }
        return true;
      case Cut::kBlank:
        break;
      case Cut::kIncomplete:
        if (at_end_) return false;
        fill();
        break;
    }
  }
}

// A stanza ends at an empty line, or with the text.
StanzaReader::Cut StanzaReader::cut(Stanza &stanza) {
  stanza = Stanza();
  const char *line = next_;
  while (line < end_) {
    const auto left = static_cast<std::size_t>(end_ - line);
    const auto *newline = static_cast<const char *>(std::memchr(line, '\n', left));
    if (newline == line) {
      const bool anything = line != next_;
      next_ = line + 1;
      return anything ? Cut::kStanza : Cut::kBlank;
    }
    // Whether a line goes on in the next one is seen at what follows it.
    while (newline != nullptr && newline + 1 < end_ && is_blank(newline[1])) {
      newline = static_cast<const char *>(
          std::memchr(newline + 1, '\n', static_cast<std::size_t>(end_ - newline - 1)));
    }
    if (newline == nullptr || newline + 1 == end_) {
      if (!at_end_) return Cut::kIncomplete;
      if (newline == nullptr) newline = end_;
    }
    take_field(stanza, line, newline);
    line = newline < end_ ? newline + 1 : end_;
  }
  if (!at_end_ || line == next_) return Cut::kIncomplete;
  next_ = end_;
  return Cut::kStanza;
}

// Moves what is left to the front, and reads what fits behind it.
void StanzaReader::fill() {
  const auto left = static_cast<std::size_t>(end_ - next_);
  std::memmove(room_.data(), next_, left);
  if (left * 2 > room_.size()) room_.resize(room_.size() * 2);
  ssize_t got;
  do {
    got = read(fd_, room_.data() + left, room_.size() - left);
  } while (got < 0 && errno == EINTR);
  if (got < 0) throw std::runtime_error(std::string("cannot read: ") + std::strerror(errno));
  at_end_ = got == 0;
  next_ = room_.data();
  end_ = next_ + left + static_cast<std::size_t>(got);
}

}  // namespace extman::bench
