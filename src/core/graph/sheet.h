// A picture in the making: packages and relations become nodes, each once.
#pragma once

#include "graph/graph.h"
#include "solve/problem.h"
#include "solve/reason.h"
#include "support/no_postgres.h"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

namespace extman::graph {

using solve::Problem;
using universe::DependencyId;
using universe::PackageId;
using universe::RelationId;
using universe::Universe;

class Sheet {
 public:
  // It must outlive this.
  explicit Sheet(const Problem &problem) : problem_(problem), universe_(problem.universe) {}

  // Says beforehand that a package changes; old_package: of an upgrade.
  void will_change(PackageId id, PackageId old_package) { changes_.emplace(id, old_package); }

  std::size_t request(const std::string &text);
  std::size_t package(PackageId id);
  bool has(PackageId id) const { return packages_.count(id) != 0; }
  std::size_t choice();

  // A relation that nothing drawn meets.
  std::size_t absent(RelationId relation);
  std::size_t missing(RelationId relation);

  // Once, however often it is said.
  void edge(EdgeKind kind, std::size_t from, std::size_t to, const std::string &label);

  // That from needs a package because of a relation.
  void needs(EdgeKind kind, std::size_t from, RelationId relation, PackageId met_by);

  // That two packages exclude each other, and are both in the picture for it.
  void excludes(const solve::Reason &reason);

  // What a conflict says: "conflicts (< 0.8)"; with the name, where the other
  // package has another one.
  std::string conflict_label(RelationId relation, bool with_name) const;

  Graph take() { return std::move(graph_); }

 private:
  std::size_t lacking(NodeKind kind, RelationId relation);
  std::string constraints_of(RelationId relation) const;
  std::string provisions_of(PackageId id) const;

  const Problem &problem_;
  const Universe &universe_;
  Graph graph_;
  std::unordered_map<PackageId, PackageId> changes_;
  std::unordered_map<PackageId, std::size_t> packages_;
  std::map<std::pair<NodeKind, std::uint32_t>, std::size_t> lacking_;
  std::set<std::tuple<EdgeKind, std::size_t, std::size_t, std::string>> edges_;
};

}  // namespace extman::graph
