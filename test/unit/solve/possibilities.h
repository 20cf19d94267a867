// Everything that could be there after a small problem, found by trying all of it.
// Reads control files and versions as DESIGN has them, and knows nothing of clauses.
#pragma once

#include "problem/problem.h"

#include <cstdint>
#include <string>
#include <vector>

namespace extman::test {

using Mask = std::uint32_t;  // a set of packages
inline Mask bit(std::size_t package) { return Mask{1} << package; }

class Possibilities {
 public:
  explicit Possibilities(const Problem &problem);

  // What meets the request and all relations, keeps what is installed and what is
  // held, and can be put in order.
  const std::vector<Mask> &solutions() const { return solutions_; }
  // Whether something is wrong with the order alone.
  bool is_unordered() const { return unordered_; }

  Mask installed() const { return installed_; }
  Mask held() const { return held_; }
  Mask gone() const { return gone_; }  // what is uninstalled, by name or by cascade
  bool only_uninstalls() const;

  // The packages of a name, newest first; names are sorted.
  const std::vector<std::vector<std::size_t>> &names() const { return names_; }
  // What meets a part of a request, in order of preference.
  std::vector<std::size_t> candidates(const control::Alternatives &part) const;
  // For each dependency of a package, what meets it.
  const std::vector<Mask> &depends(std::size_t package) const { return depends_[package]; }
  bool is_newer(std::size_t a, std::size_t b) const;

  bool has_order(Mask selection) const;
  // Whether a new package can be installed when that is there.
  bool is_ready(std::size_t package, Mask there) const;
  bool is_solution(Mask selection) const { return relations_hold(selection, nullptr); }

 private:
  const control::ControlFile &package(std::size_t i) const { return problem_.packages[i]; }
  Mask meeting(const control::Alternatives &part) const;

  void group_by_name();
  void find_relations();
  void find_gone();
  bool stays_together(Mask there) const;
  void find_choices();
  bool is_reachable(const control::ControlFile &from, const control::ControlFile &to) const;

  void enumerate(std::size_t name, Mask selection);
  bool relations_hold(Mask selection, bool *only_order_fails) const;

  const Problem &problem_;
  Mask installed_ = 0;
  Mask held_ = 0;
  Mask gone_ = 0;
  std::vector<std::vector<std::size_t>> names_;
  std::vector<std::vector<Mask>> depends_;
  std::vector<Mask> conflicts_;             // of each package, both ways
  std::vector<Mask> install_;               // what meets each part of the request
  std::vector<std::vector<Mask>> choices_;  // by name: a package, or none of them
  std::vector<Mask> solutions_;
  bool unordered_ = false;
};

}  // namespace extman::test
