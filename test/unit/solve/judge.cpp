#include "solve/judge.h"

#include "version/version.h"

#include <algorithm>
#include <set>

namespace extman::test {

namespace {

Mask mask_of(const Selection &selection) {
  Mask mask = 0;
  for (std::size_t i : selection) mask |= bit(i);
  return mask;
}

bool has(Mask mask, std::size_t package) { return (mask & bit(package)) != 0; }

// Keeps the solutions with the best package that one of them has, and returns it.
Mask grant(const std::vector<std::size_t> &packages, std::vector<Mask> &solutions) {
  for (std::size_t i : packages) {
    auto has_it = [&](Mask selection) { return has(selection, i); };
    if (std::none_of(solutions.begin(), solutions.end(), has_it)) continue;
    solutions.erase(std::remove_if(solutions.begin(), solutions.end(),
                                   [&](Mask selection) { return !has_it(selection); }),
                    solutions.end());
    return bit(i);
  }
  return 0;
}

}  // namespace

Judge::Judge(const Problem &problem) : problem_(problem), possible_(problem) {
  add_upgrade_wishes();
  add_installed_wishes();
  for (Mask selection : possible_.solutions()) {
    auto is_granted = [&](const Wish &wish) {
      return std::any_of(wish.begin(), wish.end(), [&](auto i) { return has(selection, i); });
    };
    if (std::all_of(upgrade_wishes_.begin(), upgrade_wishes_.end(), is_granted)) {
      solutions_.push_back(selection);
    }
  }
  std::vector<Mask> best = solutions_;
  for (const Wish &wish : upgrade_wishes_) grant(wish, best);
  fewest_changes_ = SIZE_MAX;
  for (Mask selection : best) fewest_changes_ = std::min(fewest_changes_, changes(selection));
}

// ---------- the verdict ----------

plan::Verdict Judge::verdict() const {
  auto is_known = [&](const control::Relation &relation) {
    return std::any_of(
        problem_.packages.begin(), problem_.packages.end(), [&](const auto &package) {
          return package.name == relation.name ||
                 std::any_of(
                     package.provides.begin(), package.provides.end(),
                     [&](const auto &provision) { return provision.name == relation.name; });
        });
  };
  for (const auto &part : problem_.question.install) {
    if (std::none_of(part.begin(), part.end(), is_known)) return plan::Verdict::kUnknownPackage;
  }
  auto is_installed = [&](const control::Relation &relation, bool at_that_version) {
    return std::any_of(problem_.installed.begin(), problem_.installed.end(), [&](std::size_t i) {
      return problem_.packages[i].name == relation.name &&
             (!at_that_version ||
              version::satisfies(*problem_.packages[i].version, relation.constraints));
    });
  };
  for (const auto &part : problem_.question.uninstall) {
    if (!is_installed(part.front(), true)) return plan::Verdict::kNotInstalled;
  }
  for (const auto &part : problem_.question.upgrade) {
    if (!is_installed(part.front(), false)) return plan::Verdict::kNotInstalled;
  }
  if (is_possible()) return plan::Verdict::kPlan;
  if ((possible_.gone() & possible_.held()) != 0) return plan::Verdict::kNoPlan;
  return possible_.only_uninstalls() ? plan::Verdict::kStillNeeded : plan::Verdict::kNoPlan;
}

// ---------- what is wished for ----------

// Without a constraint nothing older is an upgrade.
void Judge::add_upgrade_wishes() {
  auto add = [&](const std::string &name, const std::vector<version::Constraint> &constraints) {
    for (const auto &versions : possible_.names()) {
      if (problem_.packages[versions.front()].name != name) continue;
      for (std::size_t old : versions) {
        if (!has(staying(), old)) continue;
        upgrading_ |= bit(old);
        Wish wish;
        for (std::size_t i : versions) {
          const bool fits = constraints.empty()
                                ? !possible_.is_newer(old, i)
                                : version::satisfies(*problem_.packages[i].version, constraints);
          if (fits) wish.push_back(i);
        }
        upgrade_wishes_.push_back(wish);
      }
    }
  };
  if (problem_.question.upgrade_all) {
    for (const auto &versions : possible_.names()) {
      add(problem_.packages[versions.front()].name, {});
    }
    return;
  }
  for (const auto &part : problem_.question.upgrade) {
    add(part.front().name, part.front().constraints);
  }
}

// The version that is there, then newer ones, then older ones, the newest first.
void Judge::add_installed_wishes() {
  for (const auto &versions : possible_.names()) {
    for (std::size_t old : versions) {
      if (!has(staying(), old)) continue;
      Wish wish{old};
      for (const bool newer : {true, false}) {
        for (std::size_t i : versions) {
          if (i != old && possible_.is_newer(i, old) == newer) wish.push_back(i);
        }
      }
      installed_wishes_.push_back(wish);
    }
  }
}

std::size_t Judge::changes(Mask selection) const {
  const Mask matter = staying() & ~upgrading_;
  return static_cast<std::size_t>(__builtin_popcount(matter & ~selection));
}

// ---------- the plan ----------

std::string Judge::fault_of(const Outcome &outcome) const {
  if (outcome.answer.verdict != verdict()) return "the verdict is wrong";
  if (!outcome.has_plan()) {
    if (outcome.answer.message.empty()) return "an error has no message";
    if (outcome.answer.verdict != plan::Verdict::kNotInstalled && outcome.answer.detail.empty()) {
      return "an error has no detail";
    }
    return {};
  }
  if (!outcome.fault.empty()) return outcome.fault;
  Mask removed = 0;
  for (std::size_t i : outcome.removed) removed |= bit(i);
  if (removed != possible_.gone()) return "what goes is not what was to be uninstalled";

  const Mask selection = mask_of(outcome.after);
  if (std::count(solutions_.begin(), solutions_.end(), selection) == 0) {
    return "the plan does not hold";
  }
  const bool too_much = std::any_of(solutions_.begin(), solutions_.end(), [&](Mask other) {
    return other != selection && (other & ~selection) == 0;
  });
  if (too_much) return "something new can be left out";
  const std::string fault = fault_of_best(selection);
  return fault.empty() ? fault_of_steps(outcome) : fault;
}

std::string Judge::fault_of_best(Mask selection) const {
  std::vector<Mask> best = solutions_;
  for (const Wish &wish : upgrade_wishes_) {
    if ((grant(wish, best) & selection) == 0) {
      return "what was to be upgraded could have a better version";
    }
  }
  if (changes(selection) > fewest_changes_) return "fewer installed packages could change";
  best.erase(std::remove_if(best.begin(), best.end(),
                            [&](Mask other) { return changes(other) > fewest_changes_; }),
             best.end());
  for (const Wish &wish : installed_wishes_) {
    if ((grant(wish, best) & selection) == 0) {
      return "what is installed could keep, or change to, a better version";
    }
  }
  return fault_of_requested(selection, std::move(best));
}

// As far as each part of the request means one name.  Where it means several, what
// is best for it may turn out to be there for nothing.
std::string Judge::fault_of_requested(Mask selection, std::vector<Mask> best) const {
  for (const auto &part : problem_.question.install) {
    std::vector<std::size_t> packages;
    std::set<std::string> names;
    for (std::size_t i : possible_.candidates(part)) {
      const bool occurs =
          std::any_of(best.begin(), best.end(), [&](Mask other) { return has(other, i); });
      if (!occurs) continue;
      packages.push_back(i);
      names.insert(problem_.packages[i].name);
    }
    if (names.size() != 1) return {};
    if ((grant(packages, best) & selection) == 0) {
      return "what was requested could have a better version";
    }
  }
  return {};
}

// ---------- its steps ----------

std::string Judge::fault_of_steps(const Outcome &outcome) const {
  Mask there = mask_of(outcome.after) & possible_.installed();
  if (!possible_.has_order(mask_of(outcome.after))) return {};  // cycles are allowed
  for (std::size_t i : outcome.arriving) {
    if (!possible_.is_ready(i, there)) return "a step comes before what it needs";
    there |= bit(i);
  }
  return fault_of_uninstalls(outcome);
}

// What goes comes before all that it may need, unless some of it goes round in a ring.
std::string Judge::fault_of_uninstalls(const Outcome &outcome) const {
  auto may_need = [&](std::size_t dependent) {
    Mask mask = 0;
    for (Mask met_by : possible_.depends(dependent)) mask |= met_by;
    return mask & possible_.gone() & ~bit(dependent);
  };
  Mask left = possible_.gone();
  for (std::size_t i = 0; i < problem_.packages.size(); ++i) {
    auto is_free = [&](std::size_t j) { return has(left, j) && (may_need(j) & left) == 0; };
    const auto &removed = outcome.removed;
    const auto next = std::find_if(removed.begin(), removed.end(), is_free);
    if (next != removed.end()) left &= ~bit(*next);
  }
  if (left != 0) return {};
  Mask gone = 0;
  for (std::size_t i : outcome.removed) {
    if ((may_need(i) & gone) != 0) return "an uninstall comes before that of what needs it";
    gone |= bit(i);
  }
  return {};
}

}  // namespace extman::test
