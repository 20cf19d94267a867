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

void Libsolv::read_text(const std::string &text, bool installed) {
  Repo *repo = repo_create(pool_, installed ? "installed" : "available");
  if (installed) pool_set_installed(pool_, repo);
  if (text.empty()) return;
  FILE *file = fmemopen(const_cast<char *>(text.data()), text.size(), "r");
  if (file == nullptr) throw std::runtime_error("no memory for libsolv's input");
  const int status = repo_add_debpackages(repo, file, 0);
  std::fclose(file);
  if (status != 0) throw std::runtime_error(pool_errstr(pool_));
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

bool Libsolv::run(s_Queue &job) {
  if (solver_ != nullptr) solver_free(solver_);
  solver_ = solver_create(pool_);
  // Recommendations are no relations that must hold, and packages for all
  // architectures are as good as those for one.  What is installed may go to any
  // version, but not away, which is libsolv's way unless it is told otherwise.
  solver_set_flag(solver_, SOLVER_FLAG_IGNORE_RECOMMENDED, 1);
  solver_set_flag(solver_, SOLVER_FLAG_NO_INFARCHCHECK, 1);
  solver_set_flag(solver_, SOLVER_FLAG_ALLOW_DOWNGRADE, 1);
  return solver_solve(solver_, &job) == 0;
}

bool Libsolv::run(const std::vector<int> &wanted, int flags) {
  Queue job;
  queue_init(&job);
  for (int number : wanted) queue_push2(&job, SOLVER_INSTALL | flags, number);
  const bool is_possible = run(job);
  queue_free(&job);
  return is_possible;
}

bool Libsolv::solve(const std::vector<Request> &wanted) {
  return run(wanted, SOLVER_SOLVABLE_PROVIDES);
}

bool Libsolv::is_installed(Package package) const {
  return pool_->installed != nullptr && pool_id2solvable(pool_, package)->repo == pool_->installed;
}

int Libsolv::any_of(const std::vector<Wanted> &alternatives) {
  Pool *pool = pool_;  // the name that libsolv's macro wants
  Queue found;
  queue_init(&found);
  for (const Wanted &wanted : alternatives) {
    Id relation = pool_str2id(pool, wanted.name.c_str(), 1);
    if (!wanted.op.empty()) {
      int flags = 0;
      for (char c : wanted.op) flags |= c == '<' ? REL_LT : c == '>' ? REL_GT : REL_EQ;
      const Id version = pool_str2id(pool, wanted.version.c_str(), 1);
      relation = pool_rel2id(pool, relation, version, flags, 1);
    }
    Id id;
    Id at;
    FOR_PROVIDES(id, at, relation) { queue_pushunique(&found, id); }
  }
  const Id list = pool_queuetowhatprovides(pool, &found);
  queue_free(&found);
  return list;
}

bool Libsolv::solve(const Change &change) {
  Queue job;
  queue_init(&job);
  bool something_meets_each = true;
  for (const auto &alternatives : change.install) {
    const int list = any_of(alternatives);
    // libsolv takes the demand for one of none to be met.
    something_meets_each = something_meets_each && pool_->whatprovidesdata[list] != 0;
    queue_push2(&job, SOLVER_INSTALL | SOLVER_SOLVABLE_ONE_OF, list);
  }
  for (const std::string &name : change.remove) {
    queue_push2(&job, SOLVER_ERASE | SOLVER_SOLVABLE_NAME, pool_str2id(pool_, name.c_str(), 1));
  }
  for (Package package : packages()) {
    // Locked, what is not installed stays away.
    const bool stays = is_installed(package) ? std::count(change.held.begin(), change.held.end(),
                                                          text_of(package).first) != 0
                                             : change.nothing_new;
    if (stays) queue_push2(&job, SOLVER_LOCK | SOLVER_SOLVABLE, package);
  }
  const bool is_possible = something_meets_each && run(job);
  queue_free(&job);
  return is_possible;
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
