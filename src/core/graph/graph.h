// A picture of packages and of what they demand of each other, before it is
// written in any language: nodes and edges in the order in which they are drawn.
#pragma once

#include "support/no_postgres.h"

#include <cstddef>
#include <string>
#include <vector>

namespace extman::graph {

enum class NodeKind {
  kRequest,    // what was asked for, or is asked
  kChoice,     // where alternatives part
  kInstalled,  // is there, and stays as it is
  kInstall,    // to be installed
  kUpgrade,    // to be upgraded
  kAvailable,  // could be installed
  kAbsent,     // a relation that nothing drawn meets, and need not
  kMissing     // a relation that nothing meets, and something should
};

struct Node {
  NodeKind kind;
  std::string name;         // of a request: what is to be said of it
  std::string version;      // or constraints: "(>= 1.1)"
  std::string old_version;  // of an upgrade
  std::string note;         // one more line, or empty
  bool automatic = false;
  bool held = false;
  bool conflicting = false;  // takes part in a conflict that is one
};

enum class EdgeKind {
  kNeeds,     // is met by this one
  kMayNeed,   // could be met by this one, too, or has to be by one of several
  kExcludes,  // both cannot be there
  kKeepsOut,  // would exclude it, if it came
  kNoWay,     // no script upgrades from one to the other
  kWaits      // part of a cycle
};

struct Edge {
  EdgeKind kind;
  std::size_t from;  // indexes of nodes
  std::size_t to;
  std::string label;  // perhaps empty
};

struct Graph {
  std::vector<Node> nodes;
  std::vector<Edge> edges;
};

// What stands in a node, line by line: "foo 1.0", "installed, held".
std::vector<std::string> lines_of(const Node &node);

}  // namespace extman::graph
