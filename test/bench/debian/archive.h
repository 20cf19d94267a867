// Packages files into a universe of the core.
#pragma once

#include "debian/stanza.h"
#include "universe/universe.h"

#include <memory>
#include <string>
#include <vector>

namespace extman::bench {

// Depends and Pre-Depends become what a package depends on, Conflicts and Breaks
// what it conflicts with.  A package that two files hold at an equal version is
// taken from the first.  The qualifiers ":any" and ":amd64" are dropped, since
// there is one architecture; any other one stays a part of the name, which then
// no package has.  Names are not held to the rules for extensions' names.
//
// The same relations stand in stanza after stanza: each spelling is read by the
// core's grammar once, and found by its text from then on.
class ArchiveReader {
 public:
  explicit ArchiveReader(universe::Universe &universe);
  ~ArchiveReader();

  void read(const std::string &path);
  void add(const Stanza &stanza);

 private:
  class Memory;

  universe::Universe &universe_;
  std::unique_ptr<Memory> memory_;
  universe::Universe::Draft draft_;
};

void read_archive(const std::vector<std::string> &paths, universe::Universe &universe);

}  // namespace extman::bench
