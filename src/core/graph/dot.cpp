#include "graph/text.h"
#include "graph/write.h"

namespace extman::graph {

namespace {

// Each kind has a shape and a line of its own, so that the picture can be read
// without its colours, too.
std::string style_of(const Node &node) {
  if (node.kind == NodeKind::kRequest) return "shape=note";
  if (node.kind == NodeKind::kChoice) return "shape=diamond";
  std::string style;
  std::string line = "filled";
  switch (node.kind) {
    case NodeKind::kInstall:
      style = "shape=hexagon, fillcolor=\"#dff0d8\"";
      break;
    case NodeKind::kUpgrade:
      style = "shape=house, fillcolor=\"#d9e8f6\"";
      break;
    case NodeKind::kAvailable:
      style = "shape=ellipse, fillcolor=\"#ffffff\"";
      break;
    case NodeKind::kAbsent:
      style = "shape=plaintext, fillcolor=\"#ffffff\"";
      break;
    case NodeKind::kMissing:
      style = "shape=ellipse, fillcolor=\"#f6dcdc\"";
      line += ",dashed";
      break;
    default:
      style = "shape=box, fillcolor=\"#f2f2f2\"";
      if (node.automatic) line += ",rounded";
  }
  if (node.conflicting) line += ",bold";
  style += ", style=\"" + line + "\"";
  if (node.conflicting) style += ", color=\"#b00000\"";
  if (node.held) style += ", peripheries=2";
  return style;
}

const char *style_of(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::kNeeds:
      return "";
    case EdgeKind::kMayNeed:
      return "style=dashed";
    case EdgeKind::kExcludes:
      return "dir=both, arrowhead=tee, arrowtail=tee, style=bold, color=\"#b00000\"";
    case EdgeKind::kKeepsOut:
      return "arrowhead=tee, style=dashed";
    case EdgeKind::kNoWay:
      return "arrowhead=box, style=dotted";
    case EdgeKind::kWaits:
      return "arrowhead=vee, style=bold, color=\"#b00000\"";
  }
  return "";
}

std::string number(std::size_t index) { return "n" + std::to_string(index); }

}  // namespace

// Entities are decoded before escapes, so a backslash is none of them.
std::string dot_text(std::string_view line) {
  std::string text;
  for (std::uint32_t character : characters_of(line)) {
    if (character == '\\') {
      text += "\\\\";
    } else if (character == '"' || character == '&' || character == '<' || character == '>' ||
               character >= 0x80) {
      text += "&#" + std::to_string(character) + ";";
    } else {
      text += static_cast<char>(character);
    }
  }
  return text;
}

std::string write_dot(const Graph &graph) {
  std::string text =
      "digraph extensions {\n"
      "  rankdir=LR;\n"
      "  node [fontname=\"Helvetica\", fontsize=11];\n"
      "  edge [fontname=\"Helvetica\", fontsize=10];\n";
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    std::string label;
    for (const std::string &line : lines_of(graph.nodes[i])) {
      if (!label.empty()) label += "\\n";
      label += dot_text(line);
    }
    text += "  " + number(i) + " [label=\"" + label + "\", " + style_of(graph.nodes[i]) + "];\n";
  }
  for (const Edge &edge : graph.edges) {
    std::string attributes;
    if (!edge.label.empty()) attributes = "label=\"" + dot_text(edge.label) + "\"";
    const std::string style = style_of(edge.kind);
    if (!attributes.empty() && !style.empty()) attributes += ", ";
    attributes += style;
    text += "  " + number(edge.from) + " -> " + number(edge.to);
    if (!attributes.empty()) text += " [" + attributes + "]";
    text += ";\n";
  }
  return text + "}\n";
}

}  // namespace extman::graph
