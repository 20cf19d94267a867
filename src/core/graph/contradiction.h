// The picture of a contradiction: the facts of an explanation, drawn.
#pragma once

#include "explain/reasons.h"
#include "graph/sheet.h"
#include "support/no_postgres.h"

namespace extman::graph {

// request: the node of what was asked for.
void draw_contradiction(const Problem &problem, const explain::Contradiction &contradiction,
                        std::size_t request, Sheet &sheet);

// What the request names, at the newest versions that there are.
void draw_request(const Problem &problem, std::size_t request, Sheet &sheet);

}  // namespace extman::graph
