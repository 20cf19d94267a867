// The part of a story that follows what is needed.
#pragma once

#include "explain/reasons.h"
#include "explain/story.h"
#include "solve/problem.h"
#include "support/no_postgres.h"
#include "support/span.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace extman::explain {

class Needs {
 public:
  // All must outlive it.  told marks the facts that a sentence has told.
  Needs(const solve::Problem &problem, const Contradiction &reason, std::vector<char> &told,
        Story &story);

  // What these need, and what that needs, depth first.
  void tell(support::Span<PackageId> packages);

  // Of which a sentence has said that they are.
  const std::unordered_set<PackageId> &said_installed() const { return said_installed_; }

  // Whether there is anything to tell of what these need.
  bool has_needs(support::Span<PackageId> packages) const;

  // Whether what needs tell goes on from there in the same sentence.
  bool goes_on_from(DependencyId dependency) const;

  // The same, with a beginning: "The request wants foo (>= 2)", which ….
  void tell_from(const std::string &start, DependencyId dependency);

 private:
  // Versions of one name that need the very same.
  struct Need {
    DependencyId dependency;
    std::vector<std::size_t> facts;
    std::vector<PackageId> packages;
  };
  // Packages whose needs are to be told; only the one, where it is given.
  struct Task {
    std::vector<PackageId> packages;
    std::optional<DependencyId> only;
  };
  using Links = std::vector<std::vector<Need>>;

  void find_dead();
  void run();
  void push(support::Span<PackageId> packages);
  std::vector<Need> needs_of(support::Span<PackageId> packages) const;
  bool can_be_joined(const std::vector<Need> &needs) const;
  bool can_be_folded(DependencyId dependency, const std::vector<Need> &next) const;
  void tell_chain(std::string text, Links links, DependencyId root);
  std::string provided_by(DependencyId dependency) const;
  void extend(Links &links, DependencyId last);
  std::string begin(const Need &need, const std::string &what);
  std::string objects(const std::vector<Need> &needs) const;
  std::string end_of(const std::vector<Need> &needs);
  std::string known_to_be_dead(DependencyId dependency);

  const solve::Problem &problem_;
  const Universe &universe_;
  const std::vector<Fact> &core_;
  std::vector<char> &told_;
  Story &story_;
  std::vector<Task> tasks_;  // the next one last
  std::unordered_map<PackageId, std::vector<std::size_t>> facts_of_;
  std::unordered_map<PackageId, std::size_t> place_of_;  // the sentence on its needs
  std::unordered_set<PackageId> said_installed_;
  std::unordered_set<PackageId> dead_;  // cannot be there whatever else is
};

}  // namespace extman::explain
