// libsolv, which most distributions' package managers solve with, in process.
#pragma once

#include "debian/catalog.h"

#include <string>
#include <utility>
#include <vector>

struct s_Pool;
struct s_Queue;
struct s_Solver;

namespace extman::bench {

class Libsolv {
 public:
  using Package = int;  // libsolv's number of a solvable

  Libsolv();
  Libsolv(const Libsolv &) = delete;
  Libsolv &operator=(const Libsolv &) = delete;
  ~Libsolv();

  void read(const std::string &path);
  // The text of a Packages file.  At most once with installed.
  void read_text(const std::string &text, bool installed);
  // Ready to solve: called after the last file.
  void prepare();

  // The request NAME (= VERSION), which what provides that meets as well.
  using Request = int;
  Request request(const std::string &name, const std::string &version);

  // Its name and version.
  std::pair<std::string, std::string> text_of(Package package) const;

  // Whether all of these can be met together, in an empty system.
  bool solve(const std::vector<Request> &wanted);
  struct Change {
    std::vector<std::vector<Wanted>> install;  // of each list, one
    std::vector<std::string> remove;           // names
    std::vector<std::string> held;             // names of installed packages
    bool nothing_new = false;
  };
  // Whether there is a way: what is installed stays, at whatever version, unless it
  // is to be removed.
  bool solve(const Change &change);

  // What is there then: of the last solve() that said yes.
  std::vector<Package> chosen() const;

  std::vector<Package> packages() const;
  // Which packages cannot be there: by asking for many at once, as far as they
  // agree, and for fewer of those that are left.
  std::vector<Package> impossible();

 private:
  // What the numbers are, and how much each is wanted, say libsolv's flags.
  bool run(const std::vector<int> &wanted, int flags);
  bool run(s_Queue &job);
  bool is_installed(Package package) const;
  // What meets one of these, in libsolv's form.
  int any_of(const std::vector<Wanted> &alternatives);

  s_Pool *pool_;
  s_Solver *solver_ = nullptr;
};

}  // namespace extman::bench
