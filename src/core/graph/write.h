// A picture as text for the programs that lay it out.
//
// Names and versions may hold anything (of an installed extension, the server
// lets much through): whatever they are, they stay within the label that they
// stand in.  What comes out is ASCII; other characters are written by their
// number, and what is no character, or a control character, as "?".
#pragma once

#include "graph/graph.h"
#include "support/no_postgres.h"

#include <string>
#include <string_view>

namespace extman::graph {

// The DOT language of Graphviz (https://graphviz.org/doc/info/lang.html).
std::string write_dot(const Graph &graph);

// A flowchart of Mermaid (https://mermaid.js.org/syntax/flowchart.html).
std::string write_mermaid(const Graph &graph);

// A line of text as these write it between double quotes.
std::string dot_text(std::string_view line);
std::string mermaid_text(std::string_view line);

}  // namespace extman::graph
