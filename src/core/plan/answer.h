// The whole way of a request: from its text to a plan, or to an explanation of
// why there is none.
#pragma once

#include "control/relation.h"
#include "explain/reasons.h"
#include "plan/plan.h"
#include "solve/problem.h"
#include "solve/workspace.h"
#include "support/budget.h"
#include "support/no_postgres.h"

#include <functional>
#include <string>
#include <vector>

namespace extman::plan {

enum class Verdict {
  kPlan,            // there is a plan; it may be empty
  kUnknownPackage,  // a name in the request that nothing has or provides
  kNotInstalled,    // uninstall or upgrade of what is not installed
  kStillNeeded,     // uninstall of what another package needs
  kNoPlan           // versions, conflicts, cycles, holds
};

// What is asked for, as it was parsed.
struct Question {
  std::vector<control::Alternatives> install;
  std::vector<control::Alternatives> uninstall;  // without alternatives
  std::vector<control::Alternatives> upgrade;    // without alternatives
  bool upgrade_all = false;
  bool cascade = false;
  bool autoremove = false;  // uninstall what came along and is needed no more
};

struct Answer {
  Verdict verdict = Verdict::kPlan;
  Plan plan;
  std::string message;  // primary message of an error; of a plan, a summary
  std::string detail;   // the proof; of a plan, what was chosen for whose sake
  std::string hint;
};

// How an answer came about, for who wants to show more of it.
struct Findings {
  const solve::Problem &problem;
  const Answer &answer;
  const std::vector<PackageId> &chosen;                // of a plan: what is there afterwards
  const std::vector<explain::Contradiction> &reasons;  // of no plan, if there is a proof
};
using Show = std::function<void(const Findings &)>;

// Throws support::BadInput for alternatives where there can be none,
// support::Cancelled and support::LimitReached.  The universe is the same
// afterwards; show is called before that.
Answer answer(universe::Universe &universe, solve::Workspace &workspace,
              const std::vector<solve::Installed> &installed, const Question &question,
              bool allow_cycles, support::Budget &budget, const Show &show = nullptr);

}  // namespace extman::plan
