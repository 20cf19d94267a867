#include "groups/world.h"

#include "control/relation.h"
#include "debian/archive.h"

namespace extman::bench {

World::World(const std::vector<std::string> &paths) : engine_(universe_) {
  read_archive(paths, universe_);
  for (const std::string &path : paths) libsolv_.read(path);
  libsolv_.prepare();
  for (std::size_t i = 0; i < universe_.size(); ++i) {
    const universe::PackageId id(i);
    const std::string name(universe_.name_of(id));
    const std::string version(universe_.version(id));
    const control::Relation exactly{name, {{version::Operator::kEqual, version}}};
    ours_.push_back(universe_.intern(control::Alternatives{exactly}));
    theirs_.push_back(libsolv_.request(name, version));
  }
}

std::string World::name(std::size_t package) const {
  return std::string(universe_.name_of(universe::PackageId(package)));
}

std::string World::describe(std::size_t package) const {
  return universe_.describe(universe::PackageId(package));
}

bool World::ask_ours(const std::vector<std::size_t> &packages) {
  std::vector<universe::DependencyId> request;
  request.reserve(packages.size());
  for (std::size_t package : packages) request.push_back(ours_[package]);
  return engine_.solve(request) == Verdict::kYes;
}

bool World::ask_theirs(const std::vector<std::size_t> &packages) {
  std::vector<Libsolv::Request> request;
  request.reserve(packages.size());
  for (std::size_t package : packages) request.push_back(theirs_[package]);
  return libsolv_.solve(request);
}

}  // namespace extman::bench
