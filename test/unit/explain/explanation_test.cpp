// What an explanation claims, on random problems: each reason is a contradiction
// of which nothing can be left out, no two have a cause in common, and what is
// advised works.

#include "explain/explanation.h"

#include "explain/random_problem_in.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace extman::test {
namespace {

using explain::Contradiction;
using explain::Explanation;
using explain::Remedy;
using solve::Fact;

unsigned problem_count() {
  const char *text = std::getenv("EXTMAN_RANDOM_UNIVERSES");
  return text != nullptr ? static_cast<unsigned>(std::atoi(text)) : 6000;
}

// All problems without a solution, and with more than uninstalls.
template <class Check>
unsigned each_failure(Check check) {
  unsigned failures = 0;
  for (unsigned seed = 0; seed < problem_count(); ++seed) {
    std::mt19937 random(seed);
    RandomProblem problem = random_problem(random);
    ProblemIn in(problem);
    support::Budget budget;
    if (in.problem().request.only_uninstalls()) continue;
    solve::Search search(in.problem(), in.workspace(), budget);
    if (search.run()) continue;
    ++failures;
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + describe(problem));
    Explanation explanation = explain::explain(in.problem(), search, budget);
    SCOPED_TRACE(explanation.detail + "\n" + explanation.hint);
    check(problem, in, explanation);
    if (testing::Test::HasFatalFailure()) break;
  }
  return failures;
}

// By trying everything, and without knowing what the facts are about.
bool contradict(const std::vector<Fact> &facts, std::size_t left_out) {
  std::map<universe::PackageId, std::size_t> place;
  for (const Fact &fact : facts) {
    for (auto id : fact.excluded) place.emplace(id, place.size());
    for (auto id : fact.offered) place.emplace(id, place.size());
  }
  for (std::size_t bits = 0; bits < (std::size_t{1} << place.size()); ++bits) {
    auto there = [&](universe::PackageId id) { return ((bits >> place.at(id)) & 1) != 0; };
    bool all = true;
    for (std::size_t i = 0; i < facts.size() && all; ++i) {
      all = i == left_out ||
            !std::all_of(facts[i].excluded.begin(), facts[i].excluded.end(), there) ||
            std::any_of(facts[i].offered.begin(), facts[i].offered.end(), there);
    }
    if (all) return false;
  }
  return true;
}

TEST(Explanation, TellsMinimalContradictions) {
  unsigned failures = each_failure([](const RandomProblem &, ProblemIn &, const Explanation &e) {
    ASSERT_FALSE(e.reasons.empty());
    for (const Contradiction &reason : e.reasons) {
      ASSERT_TRUE(contradict(reason.facts, SIZE_MAX));
      for (std::size_t i = 0; i < reason.facts.size(); ++i) {
        ASSERT_FALSE(contradict(reason.facts, i)) << "fact " << i << " is not needed";
      }
    }
  });
  EXPECT_GT(failures, problem_count() / 10);
}

TEST(Explanation, TellsReasonsWithoutACommonCause) {
  unsigned several = 0;
  each_failure([&](const RandomProblem &, ProblemIn &in, const Explanation &e) {
    std::set<explain::FactKey> known;
    for (const Contradiction &reason : e.reasons) {
      std::set<explain::FactKey> causes;
      for (const explain::FactKey &key : explain::causes(in.problem(), reason)) causes.insert(key);
      ASSERT_FALSE(causes.empty());
      for (const explain::FactKey &key : causes) ASSERT_TRUE(known.insert(key).second);
    }
    several += e.reasons.size() > 1;
  });
  EXPECT_GT(several, problem_count() / 100);
}

// Changes the random problem as a DBA would.
class Hand {
 public:
  Hand(const RandomProblem &problem, const ProblemIn &in) : changed_(problem), in_(in) {}

  void apply(const Remedy &remedy) {
    switch (remedy.kind) {
      case Remedy::Kind::kUnhold:
        for (auto id : remedy.packages) {
          for (std::size_t i = 0; i < changed_.installed.size(); ++i) {
            if (changed_.installed[i] == in_.number(id)) changed_.held[i] = 0;
          }
        }
        break;
      case Remedy::Kind::kAskFor: {
        const auto &package = changed_.packages[in_.number(remedy.packages[0])];
        changed_.question.install[remedy.part] = {
            {package.name, {{version::Operator::kEqual, *package.version}}}};
        break;
      }
      case Remedy::Kind::kLeaveOut:
        left_out_.insert(remedy.part);
        break;
      case Remedy::Kind::kKeep:
        keep(changed_.packages[in_.number(remedy.packages[0])].name);
        break;
      case Remedy::Kind::kScript: {
        const auto &from = changed_.packages[in_.number(remedy.packages[0])];
        const auto &to = changed_.packages[in_.number(remedy.packages[1])];
        changed_.upgrades.push_back({from.name, *from.version, *to.version});
        break;
      }
      case Remedy::Kind::kProvide:
      case Remedy::Kind::kAnother:
        provide(remedy);
        break;
      case Remedy::Kind::kUninstall:
        for (auto id : remedy.packages) uninstall(in_.number(id));
        break;
      case Remedy::Kind::kCorrect:
      case Remedy::Kind::kCutCycle:
        cut_.emplace(in_.number(remedy.packages[0]), remedy.part);
        break;
    }
  }

  RandomProblem result() {
    auto &install = changed_.question.install;
    for (auto part = left_out_.rbegin(); part != left_out_.rend(); ++part) {
      install.erase(install.begin() + *part);
    }
    for (auto cut = cut_.rbegin(); cut != cut_.rend(); ++cut) {
      auto &depends = changed_.packages[cut->first].depends;
      depends.erase(depends.begin() + cut->second);
    }
    return changed_;
  }

 private:
  void keep(const std::string &name) {
    auto &parts = changed_.question.uninstall;
    parts.erase(std::remove_if(parts.begin(), parts.end(),
                               [&](const auto &part) { return part.front().name == name; }),
                parts.end());
  }

  void uninstall(std::size_t package) {
    for (std::size_t i = 0; i < changed_.installed.size(); ++i) {
      if (changed_.installed[i] != package) continue;
      changed_.installed.erase(changed_.installed.begin() + static_cast<std::ptrdiff_t>(i));
      changed_.held.erase(changed_.held.begin() + static_cast<std::ptrdiff_t>(i));
      return;
    }
    FAIL() << "what is not installed cannot be uninstalled";
  }

  void provide(const Remedy &remedy) {
    control::ControlFile package;
    package.name = std::string(in_.problem().universe.text(remedy.name));
    package.version = remedy.version;
    if (!remedy.like.is_none()) {
      package.provides = changed_.packages[in_.number(remedy.like)].provides;
    }
    for (const auto &other : changed_.packages) {
      ASSERT_FALSE(other.name == package.name &&
                   version::compare(*other.version, *package.version) == 0)
          << "it is there already";
    }
    bool is_installed = false;
    for (std::size_t i : changed_.installed) {
      if (changed_.packages[i].name != package.name) continue;
      is_installed = true;
      changed_.upgrades.push_back({package.name, *changed_.packages[i].version, remedy.version});
    }
    ASSERT_EQ(is_installed, !remedy.script_from.is_none());
    changed_.packages.push_back(package);
  }

  RandomProblem changed_;
  const ProblemIn &in_;
  // Taken out at the end, so that numbers hold until then.
  std::set<std::uint32_t> left_out_;
  std::set<std::pair<std::size_t, std::uint32_t>> cut_;
};

bool helps(const RandomProblem &problem, const ProblemIn &in, const std::vector<Remedy> &remedies) {
  Hand hand(problem, in);
  for (const Remedy &remedy : remedies) hand.apply(remedy);
  ProblemIn changed(hand.result());
  support::Budget budget;
  return solve::Search(changed.problem(), changed.workspace(), budget).run();
}

TEST(Explanation, AdvisesOnlyWhatWorks) {
  std::map<Remedy::Kind, unsigned> choices;
  unsigned together = 0, nothing = 0;
  unsigned failures =
      each_failure([&](const RandomProblem &problem, ProblemIn &in, const Explanation &e) {
        for (const Remedy &remedy : e.advice.choices) {
          ++choices[remedy.kind];
          ASSERT_TRUE(helps(problem, in, {remedy}));
          if (remedy.or_later) {
            Remedy later = remedy;
            later.version = "99";
            ASSERT_TRUE(helps(problem, in, {later}));
          }
        }
        for (const Remedy &remedy : e.advice.needed) ++choices[remedy.kind];
        together += e.advice.needed.size() > 1;
        nothing += e.advice.text.empty();
        if (!e.advice.needed.empty()) {
          ASSERT_TRUE(helps(problem, in, e.advice.needed));
        }
      });
  // Every kind was tried, and there is nearly always something to say: relations
  // that contradict themselves are frequent here.
  EXPECT_EQ(choices.size(), 10u);
  EXPECT_GT(together, failures / 50);
  EXPECT_LT(nothing, failures / 10);
}

}  // namespace
}  // namespace extman::test
