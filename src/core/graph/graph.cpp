#include "graph/graph.h"

namespace extman::graph {

namespace {

const char *state_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::kInstalled:
      return "installed";
    case NodeKind::kInstall:
      return "to be installed";
    case NodeKind::kUpgrade:
      return "to be upgraded";
    case NodeKind::kAvailable:
      return "available";
    case NodeKind::kAbsent:
      return "not installed";
    case NodeKind::kMissing:
      return "missing";
    case NodeKind::kRequest:
    case NodeKind::kChoice:
      break;
  }
  return "";
}

}  // namespace

std::vector<std::string> lines_of(const Node &node) {
  if (node.kind == NodeKind::kChoice) return {"or"};
  std::vector<std::string> lines{node.name};
  if (!node.old_version.empty()) {
    lines[0] += " " + node.old_version + " -> " + node.version;
  } else if (!node.version.empty()) {
    lines[0] += " " + node.version;
  }
  std::string state = state_of(node.kind);
  if (node.automatic) state += ", automatic";
  if (node.held) state += ", held";
  if (node.conflicting) state += ", conflicting";
  if (!state.empty()) lines.push_back(std::move(state));
  if (!node.note.empty()) lines.push_back(node.note);
  return lines;
}

}  // namespace extman::graph
