// Pictures of packages that are there together, or will be.
#pragma once

#include "graph/sheet.h"
#include "support/no_postgres.h"

#include <unordered_set>
#include <vector>

namespace extman::graph {

class There {
 public:
  // there: all of them; not all need be drawn.
  There(const Problem &problem, const std::vector<PackageId> &there, Sheet &sheet)
      : universe_(problem.universe), there_(there.begin(), there.end()), sheet_(sheet) {}

  void draw(PackageId id);

  // What a node needs, each by what meets it.
  void draw_dependency(std::size_t from, DependencyId dependency);

  // All that is needed by what is drawn, in depth.
  void draw_needs();

  // A package with those of its dependencies that one of these meets.
  void draw_dependent(PackageId dependent, const std::unordered_set<PackageId> &on);

  // Who of those drawn exclude each other, and what they keep out.
  void draw_exclusions();

 private:
  PackageId met_by(RelationId relation) const;
  void draw_choice(std::size_t from, support::Span<RelationId> alternatives);
  void draw_kept_out(PackageId id);

  const Universe &universe_;
  std::unordered_set<PackageId> there_;
  Sheet &sheet_;
  std::vector<PackageId> drawn_;
  std::size_t next_ = 0;  // the first of them whose needs are not drawn
};

}  // namespace extman::graph
