#include "graph/text.h"
#include "graph/write.h"

#include <utility>

namespace extman::graph {

namespace {

// What stands around the label: the shape.
std::pair<const char *, const char *> brackets_of(const Node &node) {
  switch (node.kind) {
    case NodeKind::kRequest:
      return {">", "]"};
    case NodeKind::kChoice:
      return {"{", "}"};
    case NodeKind::kInstall:
      return {"{{", "}}"};
    case NodeKind::kUpgrade:
      return {"[/", "\\]"};
    case NodeKind::kAvailable:
    case NodeKind::kAbsent:
    case NodeKind::kMissing:
      return {"([", "])"};
    case NodeKind::kInstalled:
      break;
  }
  if (node.held) return {"[[", "]]"};
  return node.automatic ? std::make_pair("(", ")") : std::make_pair("[", "]");
}

const char *class_of(const Node &node) {
  if (node.conflicting) return "conflicting";
  if (node.kind == NodeKind::kMissing) return "missing";
  return node.kind == NodeKind::kAbsent ? "absent" : "";
}

const char *arrow_of(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::kMayNeed:
    case EdgeKind::kNoWay:
      return "-.->";
    case EdgeKind::kExcludes:
      return "x--x";
    case EdgeKind::kKeepsOut:
      return "-.-x";
    case EdgeKind::kWaits:
      return "==>";
    case EdgeKind::kNeeds:
      break;
  }
  return "-->";
}

bool is_plain(std::uint32_t character) {
  if (character >= 0x80) return false;
  const char c = static_cast<char>(character);
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view(" .,()_+:?").find(c) != std::string_view::npos;
}

}  // namespace

// By number, whatever might mean something to Mermaid, to the Markdown that it
// reads in labels, or to the HTML that it makes of them.
std::string mermaid_text(std::string_view line) {
  std::string text;
  for (std::uint32_t character : characters_of(line)) {
    if (is_plain(character)) {
      text += static_cast<char>(character);
    } else {
      text += "#" + std::to_string(character) + ";";
    }
  }
  return text;
}

std::string write_mermaid(const Graph &graph) {
  std::string text = "flowchart LR\n";
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const Node &node = graph.nodes[i];
    std::string label;
    for (const std::string &line : lines_of(node)) {
      if (!label.empty()) label += "<br/>";
      label += mermaid_text(line);
    }
    const auto brackets = brackets_of(node);
    text += "  n" + std::to_string(i) + brackets.first + "\"" + label + "\"" + brackets.second;
    const std::string name = class_of(node);
    if (!name.empty()) text += ":::" + name;
    text += "\n";
  }
  for (const Edge &edge : graph.edges) {
    text += "  n" + std::to_string(edge.from) + " " + arrow_of(edge.kind);
    if (!edge.label.empty()) text += "|\"" + mermaid_text(edge.label) + "\"|";
    text += " n" + std::to_string(edge.to) + "\n";
  }
  return text +
         "  classDef conflicting stroke:#b00000,stroke-width:3px\n"
         "  classDef missing stroke-dasharray:5 3\n"
         "  classDef absent stroke-dasharray:1 3\n";
}

}  // namespace extman::graph
