// Verdicts against libsolv's, and plans against the validator.
#include "debian/catalog.h"
#include "debian/validator.h"
#include "groups/clock.h"
#include "groups/figures.h"
#include "groups/groups.h"
#include "groups/sample.h"
#include "groups/world.h"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace extman::bench {

namespace {

class Oracle {
 public:
  Oracle(const Paths &paths, bool plans_suffice) : world_(paths), plans_suffice_(plans_suffice) {
    for (const std::string &path : paths) catalog_.read(path);
    if (catalog_.size() != world_.size()) {
      throw std::runtime_error("the readers found " + std::to_string(world_.size()) + " and " +
                               std::to_string(catalog_.size()) + " packages");
    }
    possible_ = world_.engine().verdicts();
  }

  std::size_t size() const { return world_.size(); }
  const universe::Universe &universe() const { return world_.universe(); }

  void ask(const std::vector<std::size_t> &packages) {
    ++asked_;
    const bool ours = world_.ask_ours(packages);
    if (ours) {
      ++met_;
      check_plan(packages);
    }
    if (packages.size() == 1) check_verdict(packages.front(), ours);
    if (ours && plans_suffice_) return;
    const bool theirs = world_.ask_theirs(packages);
    if (ours != theirs) {
      fail(packages, std::string(ours ? "yes" : "no") + ", and libsolv says the opposite" +
                         why_theirs(packages, theirs));
    }
  }

  bool report() const {
    std::printf("%zu requests, %zu of them can be met, %zu failures\n", asked_, met_, failures_);
    return failures_ == 0;
  }

 private:
  std::size_t in_catalog(universe::PackageId id) const {
    const universe::Universe &universe = world_.universe();
    return catalog_.find(std::string(universe.name_of(id)), std::string(universe.version(id)));
  }

  std::vector<Wanted> relations_of(const std::vector<std::size_t> &packages) const {
    std::vector<Wanted> relations;
    for (std::size_t package : packages) {
      const Entry &entry = catalog_[in_catalog(universe::PackageId(package))];
      relations.push_back({entry.name, "=", entry.version});
    }
    return relations;
  }

  void check_plan(const std::vector<std::size_t> &packages) {
    std::vector<std::size_t> chosen;
    for (universe::PackageId id : world_.engine().chosen()) chosen.push_back(in_catalog(id));
    const std::string fault = fault_of(catalog_, chosen, relations_of(packages));
    if (!fault.empty()) fail(packages, "the plan is wrong: " + fault);
  }

  // What was found for all packages at once.  NAME (= VERSION) can be met without
  // that package, by one that provides it.
  void check_verdict(std::size_t package, bool met) {
    const std::vector<universe::PackageId> &chosen = world_.engine().chosen();
    const bool is_there =
        met && std::count(chosen.begin(), chosen.end(), universe::PackageId(package)) != 0;
    if (possible_[package] != 0 ? !met : is_there) {
      fail({package}, "the verdict on all packages says the opposite");
    }
  }

  // When libsolv has a plan that we have not, the validator says whether it is one.
  std::string why_theirs(const std::vector<std::size_t> &packages, bool theirs) {
    if (!theirs) return {};
    std::vector<std::size_t> chosen;
    for (Libsolv::Package package : world_.libsolv().chosen()) {
      const auto [name, version] = world_.libsolv().text_of(package);
      chosen.push_back(catalog_.find(name, version));
    }
    const std::string fault = fault_of(catalog_, chosen, relations_of(packages));
    return fault.empty() ? " with a valid plan" : "; its plan is wrong: " + fault;
  }

  void fail(const std::vector<std::size_t> &packages, const std::string &what) {
    ++failures_;
    std::string names;
    for (std::size_t package : packages) {
      names += (names.empty() ? "" : ", ") + world_.describe(package);
    }
    std::printf("FAILED  %s: %s\n", names.c_str(), what.c_str());
  }

  World world_;
  Catalog catalog_;
  bool plans_suffice_;
  std::vector<char> possible_;
  std::size_t asked_ = 0;
  std::size_t met_ = 0;
  std::size_t failures_ = 0;
};

}  // namespace

bool run_oracle(const Paths &paths, std::size_t packages, std::size_t joint, bool plans_suffice) {
  Oracle oracle(paths, plans_suffice);
  for (std::size_t package : evenly_spread(oracle.size(), packages)) oracle.ask({package});
  for (const auto &request : joint_requests(oracle.universe(), joint)) oracle.ask(request);
  return oracle.report();
}

}  // namespace extman::bench
