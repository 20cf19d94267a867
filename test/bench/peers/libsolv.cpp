#include "peers/libsolv.h"

#include "debian/input.h"

#include <unistd.h>
#include <algorithm>
#include <cstdio>
#include <stdexcept>

extern "C" {
#include <solv/pool.h>
#include <solv/repo.h>
#include <solv/repo_deb.h>
#include <solv/solver.h>
}

namespace extman::bench {

Libsolv::Libsolv() : pool_(pool_create()) {
  if (pool_setdisttype(pool_, DISTTYPE_DEB) < 0) {
    throw std::runtime_error("this libsolv was built without Debian's rules");
  }
  pool_setarch(pool_, "amd64");
}

Libsolv::~Libsolv() {
  if (solver_ != nullptr) solver_free(solver_);
  pool_free(pool_);
}

void Libsolv::read(const std::string &path) {
  Input input(path);
  FILE *file = fdopen(dup(input.fd()), "r");
  if (file == nullptr) throw std::runtime_error("cannot read " + path);
  Repo *repo = repo_create(pool_, path.c_str());
  const int status = repo_add_debpackages(repo, file, 0);
  std::fclose(file);
  if (status != 0) throw std::runtime_error(path + ": " + pool_errstr(pool_));
  input.finish();
}

void Libsolv::prepare() { pool_createwhatprovides(pool_); }

std::vector<Libsolv::Package> Libsolv::packages() const {
  const Pool *pool = pool_;  // the name that libsolv's macro wants
  std::vector<Package> packages;
  Id id;
  FOR_POOL_SOLVABLES(id) { packages.push_back(id); }
  return packages;
}

Libsolv::Request Libsolv::request(const std::string &name, const std::string &version) {
  const Id name_id = pool_str2id(pool_, name.c_str(), 1);
  const Id version_id = pool_str2id(pool_, version.c_str(), 1);
  return pool_rel2id(pool_, name_id, version_id, REL_EQ, 1);
}

std::pair<std::string, std::string> Libsolv::text_of(Package package) const {
  const Solvable *solvable = pool_id2solvable(pool_, package);
  return {pool_id2str(pool_, solvable->name), pool_id2str(pool_, solvable->evr)};
}

bool Libsolv::run(const std::vector<int> &wanted, int flags) {
  if (solver_ != nullptr) solver_free(solver_);
  solver_ = solver_create(pool_);
  // Recommendations are no relations that must hold, and packages for all
  // architectures are as good as those for one.
  solver_set_flag(solver_, SOLVER_FLAG_IGNORE_RECOMMENDED, 1);
  solver_set_flag(solver_, SOLVER_FLAG_NO_INFARCHCHECK, 1);
  Queue job;
  queue_init(&job);
  for (int number : wanted) queue_push2(&job, SOLVER_INSTALL | flags, number);
  const int problems = solver_solve(solver_, &job);
  queue_free(&job);
  return problems == 0;
}

bool Libsolv::solve(const std::vector<Request> &wanted) {
  return run(wanted, SOLVER_SOLVABLE_PROVIDES);
}

std::vector<Libsolv::Package> Libsolv::chosen() const {
  std::vector<Package> packages;
  Queue decisions;
  queue_init(&decisions);
  solver_get_decisionqueue(solver_, &decisions);
  for (int i = 0; i < decisions.count; ++i) {
    const Id id = decisions.elements[i];
    if (id > 0 && id != SYSTEMSOLVABLE) packages.push_back(id);
  }
  queue_free(&decisions);
  return packages;
}

std::vector<Libsolv::Package> Libsolv::impossible() {
  std::vector<char> possible(static_cast<std::size_t>(pool_->nsolvables), 0);
  const auto is_possible = [&](Package package) {
    return possible[static_cast<std::size_t>(package)] != 0;
  };
  std::vector<Package> open = packages();
  for (std::size_t batch = 4096; !open.empty(); batch = std::max<std::size_t>(batch / 4, 1)) {
    for (std::size_t from = 0; from < open.size(); from += batch) {
      std::vector<Package> wanted;
      for (std::size_t i = from; i < std::min(open.size(), from + batch); ++i) {
        if (!is_possible(open[i])) wanted.push_back(open[i]);
      }
      const int weak = batch > 1 ? SOLVER_WEAK : 0;  // as many of them as is possible
      if (wanted.empty() || !run(wanted, SOLVER_SOLVABLE | weak)) continue;
      for (Package package : chosen()) possible[static_cast<std::size_t>(package)] = 1;
    }
    open.erase(std::remove_if(open.begin(), open.end(), is_possible), open.end());
    if (batch == 1) break;
  }
  return open;
}

}  // namespace extman::bench
