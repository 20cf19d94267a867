// The stanzas of a Packages file (Debian Policy, section 5.1), a package each.
#pragma once

#include <string_view>
#include <vector>

namespace extman::bench {

// The fields that say what a package needs and what it excludes.  A value is
// all of its lines: white space within it may be newlines.  Empty: no such field.
struct Stanza {
  std::string_view package;
  std::string_view version;
  std::string_view architecture;
  std::string_view depends;
  std::string_view pre_depends;
  std::string_view conflicts;
  std::string_view breaks;
  std::string_view provides;
};

// Reads a file a piece at a time, so that memory doesn't follow its size.
class StanzaReader {
 public:
  explicit StanzaReader(int fd);

  // False at the end.  The views hold until the next call.  Throws
  // std::runtime_error when the file can't be read, or for a stanza without a
  // name or a version.
  bool next(Stanza &stanza);

 private:
  // What became of an attempt to cut a stanza out of what was read so far.
  enum class Cut { kStanza, kBlank, kIncomplete };
  Cut cut(Stanza &stanza);
  void fill();

  int fd_;
  std::vector<char> room_;
  const char *next_;  // what was read and not cut yet
  const char *end_;
  bool at_end_ = false;
};

}  // namespace extman::bench
