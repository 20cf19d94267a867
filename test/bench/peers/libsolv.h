// libsolv, which most distributions' package managers solve with, in process.
#pragma once

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

struct s_Pool;
struct s_Solver;

namespace extman::bench {

class Libsolv {
 public:
  using Package = int;  // libsolv's number of a solvable
  static constexpr Package kNone = 0;

  Libsolv();
  Libsolv(const Libsolv &) = delete;
  Libsolv &operator=(const Libsolv &) = delete;
  ~Libsolv();

  void read(const std::string &path);
  // Ready to solve: called after the last file.
  void prepare();

  // The first package of that name and text of a version.
  Package find(const std::string &name, const std::string &version) const;
  // Its name and version.
  std::pair<std::string, std::string> text_of(Package package) const;
  // Makes find() work.  Apart, since it is no part of what is measured.
  void index();

  // Whether all of these can be there together, in an empty system.
  bool solve(const std::vector<Package> &wanted);
  // What is there then: of the last solve() that said yes.
  std::vector<Package> chosen() const;

  std::vector<Package> packages() const;
  // Which packages cannot be there: by asking for many at once, as far as they
  // agree, and for fewer of those that are left.
  std::vector<Package> impossible();

 private:
  // Flags are of the job: SOLVER_WEAK asks for as much as is possible.
  int run(const std::vector<Package> &wanted, int flags);

  s_Pool *pool_;
  s_Solver *solver_ = nullptr;
  std::unordered_map<std::string, Package> by_text_;
};

}  // namespace extman::bench
