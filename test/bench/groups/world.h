// One archive, as the core has it and as libsolv has it.
#pragma once

#include "groups/engine.h"
#include "peers/libsolv.h"
#include "universe/universe.h"

#include <string>
#include <vector>

namespace extman::bench {

class World {
 public:
  explicit World(const std::vector<std::string> &paths);

  const universe::Universe &universe() const { return universe_; }
  std::size_t size() const { return universe_.size(); }

  // The request NAME (= VERSION) of a package, for each of the two.
  universe::DependencyId ours(std::size_t package) const { return ours_[package]; }
  Libsolv::Request theirs(std::size_t package) const { return theirs_[package]; }

  std::string name(std::size_t package) const;
  std::string describe(std::size_t package) const;

  Engine &engine() { return engine_; }
  Libsolv &libsolv() { return libsolv_; }

  bool ask_ours(const std::vector<std::size_t> &packages);
  bool ask_theirs(const std::vector<std::size_t> &packages);

 private:
  universe::Universe universe_;
  Libsolv libsolv_;
  Engine engine_;
  std::vector<universe::DependencyId> ours_;
  std::vector<Libsolv::Request> theirs_;
};

}  // namespace extman::bench
