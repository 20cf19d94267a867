// Makes a problem that shows a defect as small as it can be and still show it.
#pragma once

#include "problem/problem.h"

#include <functional>

namespace extman::test {

// Whether a problem shows what the given one showed.
using Shows = std::function<bool(const Problem &)>;

// Leaves out packages, upgrades, installed entries, holds, parts of the request,
// relations, alternatives, constraints and versions, in large runs first, as long
// as the problem shows it, until nothing more can be left out.  The request never
// becomes empty.  (Zeller, Hildebrandt: Simplifying and isolating failure-inducing
// input, 2002.)
Problem shrink(Problem problem, const Shows &shows);

}  // namespace extman::test
