// The explanation of each package of an archive that cannot be there: real
// failures, to be read by people, and a test of length.
#include "control/relation.h"
#include "debian/archive.h"
#include "groups/engine.h"
#include "groups/figures.h"
#include "groups/groups.h"
#include "plan/answer.h"

#include <algorithm>

namespace extman::bench {

namespace {

constexpr std::size_t kMostLines = 16;
constexpr std::size_t kMostBytes = 2500;

std::string fault_of(const plan::Answer &answer) {
  if (answer.verdict != plan::Verdict::kNoPlan) return "it is no explanation";
  if (answer.detail.empty()) return "there is no detail";
  const auto breaks = std::count(answer.detail.begin(), answer.detail.end(), '\n');
  if (static_cast<std::size_t>(breaks) >= kMostLines) return "it has too many lines";
  if (answer.detail.size() > kMostBytes) return "it is too long";
  if (answer.hint.empty()) return "there is no hint";
  return {};
}

}  // namespace

bool run_explain(const Paths &paths) {
  universe::Universe universe;
  read_archive(paths, universe);
  const std::vector<char> possible = Engine(universe).verdicts();
  solve::Workspace workspace;
  std::size_t explained = 0;
  std::size_t faults = 0;
  for (std::size_t i = 0; i < possible.size(); ++i) {
    if (possible[i] != 0) continue;
    const universe::PackageId id(i);
    plan::Question question;
    question.install = {
        {control::Relation{std::string(universe.name_of(id)),
                           {{version::Operator::kEqual, std::string(universe.version(id))}}}}};
    support::Budget budget;
    const plan::Answer answer = plan::answer(universe, workspace, {}, question, true, budget);
    print_note("ERROR:  " + answer.message + "\nDETAIL:  " + answer.detail +
               "\nHINT:  " + answer.hint + "\n");
    ++explained;
    const std::string fault = fault_of(answer);
    if (fault.empty()) continue;
    ++faults;
    print_note("    the explanation of " + universe.describe(id) + " is not good: " + fault);
  }
  print_note(std::to_string(explained) + " explanations, " + std::to_string(faults) + " failures");
  return faults == 0;
}

}  // namespace extman::bench
