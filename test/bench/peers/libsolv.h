// libsolv, which most distributions' package managers solve with, in process.
#pragma once

#include <string>
#include <utility>
#include <vector>

struct s_Pool;
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
  // Ready to solve: called after the last file.
  void prepare();

  // The request NAME (= VERSION), which what provides that meets as well.
  using Request = int;
  Request request(const std::string &name, const std::string &version);

  // Its name and version.
  std::pair<std::string, std::string> text_of(Package package) const;

  // Whether all of these can be met together, in an empty system.
  bool solve(const std::vector<Request> &wanted);
  // What is there then: of the last solve() that said yes.
  std::vector<Package> chosen() const;

  std::vector<Package> packages() const;
  // Which packages cannot be there: by asking for many at once, as far as they
  // agree, and for fewer of those that are left.
  std::vector<Package> impossible();

 private:
  // What the numbers are, and how much each is wanted, say libsolv's flags.
  bool run(const std::vector<int> &wanted, int flags);

  s_Pool *pool_;
  s_Solver *solver_ = nullptr;
};

}  // namespace extman::bench
