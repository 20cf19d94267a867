// A solver case as a text file: packages, what is installed, a request, and the
// answer that is expected.
//
//   == package foo 1.0          the rest of its control file follows
//   depends = bar (>= 1.1)
//   == core hstore 1.9 ahead requires baz    an extension of the server's own;
//                               ahead: newer than what its author recommends
//   == overlay hstore 1.9       for that version, or for all; what it adds follows
//   == upgrade bar 1.0 1.1      a script that leads from one version to another
//   == installed bar 1.0 held   also: automatic
//   == installed old 1.0 requires bar baz   at the end; of what no package section
//                               describes: known from the server's catalogs alone
//   == install foo              any mix of these three, the text is the request
//   == uninstall baz
//   == upgrade-request bar      "*": everything
//   == cascade
//   == autoremove
//   == allow-cycles
//   == expected                 to the end of the file
#pragma once

#include "problem/problem.h"

#include <string>
#include <utility>
#include <vector>

namespace extman::test {

struct CaseFile {
  struct Package {
    std::string name;
    std::string version;
    std::string control;  // without name and version
  };
  struct Core {
    std::string name;
    std::string version;
    bool ahead = false;
    std::vector<std::string> required;
  };
  struct Upgrade {
    std::string name;
    std::string from;
    std::string to;
  };
  struct Present {
    std::string name;
    std::string version;
    bool held = false;
    bool automatic = false;
    std::vector<std::string> required;
  };

  std::string head;  // comments before the first section
  std::vector<Package> packages;
  std::vector<Core> core;
  std::vector<Package> overlays;  // an empty version: for all
  std::vector<Upgrade> upgrades;
  std::vector<Present> installed;
  std::string install;
  std::string uninstall;
  std::string upgrade;
  bool cascade = false;
  bool autoremove = false;
  bool allow_cycles = false;
  std::string expected;
};

// Throws std::runtime_error for a file that does not follow the format.
CaseFile read_case(const std::string &path);

// What the solver answers; show sees how.  reversed: packages are added the other
// way round, which must make no difference.
plan::Answer ask_case(const CaseFile &problem, bool reversed, const plan::Show &show = nullptr);

// The same in the form of the expected section: a line for each
// step, or the error as psql shows it.
std::string answer_case(const CaseFile &problem, bool reversed);

// A problem as a case, without head and expected section, and a case as text.
CaseFile case_of(const Problem &problem);
std::string to_string(const CaseFile &problem);

// Writes a problem that shows a defect to build/.../failures/NAME.case, with what
// the solver answers as what is expected: it has to be corrected by whoever adds
// the file to test/cases.  Returns the path, and the text where it cannot be
// written.
std::string write_failure(const Problem &problem, const std::string &name,
                          const std::string &what_is_wrong);

}  // namespace extman::test
