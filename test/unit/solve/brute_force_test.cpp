// The solver against the judge on small random universes, and the same answer in
// every order in which the universe is told.  EXTMAN_RANDOM_UNIVERSES says how many,
// EXTMAN_RANDOM_SEED which is the first.  What fails is shrunk and written down as a
// case file.

#include "problem/ask.h"
#include "problem/case_file.h"
#include "problem/shrink.h"
#include "solve/judge.h"
#include "solve/random_universe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <map>
#include <string>

namespace extman::test {
namespace {

unsigned number_of(const char *variable, unsigned otherwise) {
  const char *text = std::getenv(variable);
  return text != nullptr ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : otherwise;
}

std::string fault_of(const Problem &problem, const Judge &judge, Outcome &outcome) {
  try {
    outcome = ask(problem);
    for (Telling telling : {Telling::kBackwards, Telling::kShuffled}) {
      const Outcome other = ask(problem, telling);
      if (other.after != outcome.after) return "the plan depends on the order of files";
      if (other.text() != outcome.text()) return "the text depends on the order of files";
    }
  } catch (const std::exception &error) {
    return std::string("an exception: ") + error.what();
  }
  return judge.fault_of(outcome);
}

// How often something occurs, of a hundred problems.
class Shares {
 public:
  void count(const char *what, bool occurs) { counts_[what] += occurs ? 1 : 0; }

  void expect(unsigned total, const std::map<std::string, double> &least) const {
    for (const auto &[what, count] : counts_) {
      const double share = 100.0 * count / total;
      ASSERT_TRUE(least.count(what) != 0) << what;
      EXPECT_GT(share, least.at(what)) << what;
      testing::Test::RecordProperty(what, std::to_string(share));
    }
    EXPECT_EQ(counts_.size(), least.size());
  }

 private:
  std::map<std::string, unsigned> counts_;
};

bool any_package(const Problem &problem, bool (*is_so)(const control::ControlFile &)) {
  return std::any_of(problem.packages.begin(), problem.packages.end(), is_so);
}

void count_parts(const Problem &problem, Shares &shares) {
  const plan::Question &question = problem.question;
  auto any_part = [](const auto &parts, auto is_so) {
    return std::any_of(parts.begin(), parts.end(), is_so);
  };
  auto is_constrained = [](const auto &part) { return !part.front().constraints.empty(); };
  auto has_choice = [](const auto &part) { return part.size() > 1; };

  shares.count("something installed", !problem.installed.empty());
  shares.count("held", std::count(problem.held.begin(), problem.held.end(), 1) != 0);
  shares.count("install", !question.install.empty());
  shares.count("install of several", question.install.size() > 1);
  shares.count("install with alternatives", any_part(question.install, has_choice));
  shares.count("uninstall alone", !question.uninstall.empty() && question.install.empty() &&
                                      question.upgrade.empty() && !question.upgrade_all);
  shares.count("uninstall and install", !question.uninstall.empty() && !question.install.empty());
  shares.count("cascade", question.cascade);
  shares.count("upgrade of a name", !question.upgrade.empty());
  shares.count("upgrade with a constraint", any_part(question.upgrade, is_constrained));
  shares.count("upgrade of everything", question.upgrade_all);
  shares.count("upgrade and install",
               (!question.upgrade.empty() || question.upgrade_all) && !question.install.empty());
  shares.count("cycles allowed", problem.allow_cycles);
  shares.count("alternatives", any_package(problem, [](const auto &package) {
                 return std::any_of(package.depends.begin(), package.depends.end(),
                                    [](const auto &part) { return part.size() > 1; });
               }));
  shares.count("versioned provides", any_package(problem, [](const auto &package) {
                 return std::any_of(package.provides.begin(), package.provides.end(),
                                    [](const auto &provided) { return provided.version; });
               }));
  shares.count("conflicts", any_package(problem, [](const auto &package) {
                 return !package.conflicts.empty();
               }));
  shares.count("classes",
               any_package(problem, [](const auto &package) { return !package.classes.empty(); }));
}

void count_answers(const Problem &problem, const Judge &judge, const Outcome &outcome,
                   Shares &shares) {
  using plan::Verdict;
  const Verdict verdict = outcome.answer.verdict;
  Mask after = 0;
  for (std::size_t i : outcome.after) after |= bit(i);
  Mask named = 0;
  for (std::size_t i : problem.installed) {
    for (const auto &part : problem.question.uninstall) {
      if (part.front().name == problem.packages[i].name) named |= bit(i);
    }
  }
  shares.count("a plan", verdict == Verdict::kPlan);
  shares.count("a plan with steps", !outcome.answer.plan.steps.empty());
  shares.count("a plan of several steps", outcome.answer.plan.steps.size() > 2);
  shares.count("a plan with a forced change", judge.is_possible() && judge.fewest_changes() > 0);
  shares.count("a plan with several", judge.is_possible() && judge.fewest_changes() > 1);
  shares.count("a plan with a cycle",
               outcome.has_plan() && !judge.possibilities().has_order(after));
  shares.count("a cascade beyond what is named",
               outcome.has_plan() && (judge.possibilities().gone() & ~named) != 0);
  shares.count("no plan", verdict == Verdict::kNoPlan);
  shares.count("no plan for the order alone", verdict == Verdict::kNoPlan &&
                                                  judge.possibilities().solutions().empty() &&
                                                  judge.possibilities().is_unordered());
  shares.count("still needed", verdict == Verdict::kStillNeeded);
  shares.count("not installed", verdict == Verdict::kNotInstalled);
  shares.count("unknown", verdict == Verdict::kUnknownPackage);
}

TEST(BruteForce, AgreesOnRandomUniverses) {
  const unsigned count = number_of("EXTMAN_RANDOM_UNIVERSES", 20000);
  const unsigned first = number_of("EXTMAN_RANDOM_SEED", 0);
  Shares shares;
  std::map<std::string, unsigned> faults;
  for (unsigned seed = first; seed < first + count; ++seed) {
    std::mt19937 random(seed);
    const Problem problem = random_problem(random);
    const Judge judge(problem);
    Outcome outcome;
    const std::string fault = fault_of(problem, judge, outcome);
    count_parts(problem, shares);
    count_answers(problem, judge, outcome, shares);
    if (fault.empty()) continue;

    // One of each kind is enough to begin with.
    if (++faults[fault] > 1) continue;
    const Problem smallest = shrink(problem, [&](const Problem &smaller) {
      Outcome unused;
      return fault_of(smaller, Judge(smaller), unused) == fault;
    });
    ADD_FAILURE() << fault << ", seed " << seed << "\n"
                  << write_failure(smallest, "seed-" + std::to_string(seed), fault) << "\n"
                  << describe(smallest);
  }
  for (const auto &[fault, times] : faults) ADD_FAILURE() << times << " times: " << fault;
  if (count < 10000) return;  // too few for shares to mean anything
  // The generator must not drift to where hardly anything happens.
  shares.expect(count, {{"something installed", 40},
                        {"held", 10},
                        {"install", 60},
                        {"install of several", 25},
                        {"install with alternatives", 25},
                        {"uninstall alone", 5},
                        {"uninstall and install", 5},
                        {"cascade", 5},
                        {"upgrade of a name", 10},
                        {"upgrade with a constraint", 5},
                        {"upgrade of everything", 5},
                        {"upgrade and install", 5},
                        {"cycles allowed", 25},
                        {"alternatives", 50},
                        {"versioned provides", 30},
                        {"conflicts", 50},
                        {"classes", 40},
                        {"a plan", 40},
                        {"a plan with steps", 20},
                        {"a plan of several steps", 0.8},
                        {"a plan with a forced change", 0.6},
                        {"a plan with several", 0.03},
                        {"a plan with a cycle", 0.3},
                        {"a cascade beyond what is named", 0.5},
                        {"no plan", 25},
                        {"no plan for the order alone", 0.3},
                        {"still needed", 0.5},
                        {"not installed", 1},
                        {"unknown", 2}});
}

}  // namespace
}  // namespace extman::test
