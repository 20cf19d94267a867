#include "explain/explanation.h"

#include "explain/sentences.h"
#include "explain/still_needed.h"
#include "support/translate.h"

#include <algorithm>

namespace extman::explain {

using solve::Problem;

namespace {

// More of them at once are no help to anyone.
constexpr std::size_t kReasonsTold = 3;
constexpr std::ptrdiff_t kLinesTold = 12;

std::ptrdiff_t count_lines(const std::string &text) {
  return 1 + std::count(text.begin(), text.end(), '\n');
}

std::string tell_all(const Problem &problem, const std::vector<Contradiction> &reasons) {
  // translator: sentences follow, the first of them begins behind the colon
  static const char *const kNext[] = {tr_noop("There is a second, independent reason: %s"),
                                      tr_noop("There is a third, independent reason: %s")};
  static_assert(sizeof kNext / sizeof kNext[0] + 1 == kReasonsTold);
  std::string text;
  std::size_t told = 0;
  for (std::size_t i = 0; i < reasons.size() && told < kReasonsTold; ++i) {
    std::string story = tell(problem, reasons[i]);
    if (told > 0 && count_lines(text) + count_lines(story) > kLinesTold) continue;
    // Within a sentence, as English has it; a translation begins otherwise.
    for (const char *word : {"The ", "Every version of "}) {
      if (i > 0 && story.rfind(word, 0) == 0) story[0] = static_cast<char>(story[0] - 'A' + 'a');
    }
    text += told > 0 ? "\n" + tr(kNext[told - 1], story) : story;
    ++told;
  }
  if (reasons.size() > told) {
    std::size_t more = reasons.size() - told;
    text += "\n" + tr_plural("There is one more reason.", "There are %s more reasons.", more,
                             std::to_string(more));
  }
  return text;
}

}  // namespace

Explanation explain(const Problem &problem, solve::Search &search, support::Budget &budget) {
  Explanation result;
  // Then who needs what goes is known without any proof.
  if (problem.request.only_uninstalls()) {
    StillNeeded needed = still_needed(problem);
    result.detail = std::move(needed.detail);
    result.hint = std::move(needed.hint);
    return result;
  }
  Contradiction found{search.facts(), search.cycles()};
  result.reasons = find_reasons(problem, std::move(found), budget);
  if (result.reasons.empty()) {
    result.detail =
        tr("All combinations of versions were ruled out, but the proof is too long to be told.");
    return result;
  }
  result.detail = tell_all(problem, result.reasons);
  result.advice = advise(problem, result.reasons, budget);
  result.hint = result.advice.text;
  if (result.hint.empty()) {
    result.hint = result.reasons.size() > 1
                      ? tr("No change was found that would do away with all of these reasons at "
                           "once; begin with the first.")
                      : tr("No single change was found that would help.");
  }
  return result;
}

}  // namespace extman::explain
