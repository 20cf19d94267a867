// The engine alone: against truth tables, and that a refutation's core refutes.

#include "solve/sat.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace extman::solve {
namespace {

using Clauses = std::vector<std::vector<int>>;  // +v and -v, v from 1

class FirstUnassigned : public Policy {
 public:
  explicit FirstUnassigned(support::Budget &budget) : sat(*this, workspace, budget) {}

  void became_true(Var) override {}
  void level_opened() override {}
  void undone_to(std::size_t) noexcept override {}
  void explain(Literal, std::uint32_t, std::vector<Literal> &) override {}
  bool reject() override { return false; }
  std::optional<Literal> decide() override {
    for (std::size_t i = 0; i < sat.var_count(); ++i) {
      if (sat.value(Var(i)) == Value::kUnassigned) return Literal::positive(Var(i));
    }
    return std::nullopt;
  }

  void add(const std::vector<int> &clause) {
    std::vector<Literal> literals;
    for (int number : clause) {
      Var var(static_cast<std::size_t>(std::abs(number) - 1));
      literals.push_back(number > 0 ? Literal::positive(var) : Literal::negative(var));
    }
    sat.add_clause(literals);
  }

  Workspace workspace;
  Sat sat;
};

bool holds(const std::vector<int> &clause, unsigned assignment) {
  for (int number : clause) {
    bool value = (assignment >> (std::abs(number) - 1)) & 1;
    if (value == (number > 0)) return true;
  }
  return false;
}

bool satisfiable(const Clauses &clauses, int vars) {
  for (unsigned assignment = 0; assignment < (1u << vars); ++assignment) {
    bool all = true;
    for (const auto &clause : clauses) all = all && holds(clause, assignment);
    if (all) return true;
  }
  return false;
}

Clauses random_clauses(std::mt19937 &random, int vars, int count) {
  Clauses clauses;
  for (int i = 0; i < count; ++i) {
    std::set<int> used;
    std::vector<int> clause;
    std::size_t size = 1 + random() % 3;
    while (clause.size() < size) {
      int var = 1 + static_cast<int>(random() % static_cast<unsigned>(vars));
      if (used.insert(var).second) clause.push_back(random() % 2 ? var : -var);
    }
    clauses.push_back(clause);
  }
  return clauses;
}

TEST(Sat, AgreesWithTruthTables) {
  constexpr int kVars = 8;
  int unsatisfiable = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    std::mt19937 random(seed);
    Clauses clauses = random_clauses(random, kVars, 12 + static_cast<int>(random() % 20));
    support::Budget budget;
    FirstUnassigned policy(budget);
    for (int i = 0; i < kVars; ++i) policy.sat.new_var();
    for (const auto &clause : clauses) policy.add(clause);

    bool result = policy.sat.solve();
    ASSERT_EQ(result, satisfiable(clauses, kVars)) << "seed " << seed;
    if (result) {
      unsigned assignment = 0;
      for (unsigned i = 0; i < kVars; ++i) {
        assignment |= policy.sat.value(Var(i)) == Value::kTrue ? 1u << i : 0u;
      }
      for (const auto &clause : clauses) ASSERT_TRUE(holds(clause, assignment)) << "seed " << seed;
    } else {
      ++unsatisfiable;
      Clauses core;
      for (const Sat::Source &source : policy.sat.core()) {
        ASSERT_LT(source.number, clauses.size());
        core.push_back(clauses[source.number]);
      }
      ASSERT_FALSE(satisfiable(core, kVars)) << "seed " << seed;
    }
  }
  EXPECT_GT(unsatisfiable, 300);
}

// Clauses that arrive while the search goes on: all of a variable's clauses
// enter when it becomes true, as a package's do.
class Lazy : public FirstUnassigned {
 public:
  Lazy(support::Budget &budget, const Clauses &clauses, int vars)
      : FirstUnassigned(budget), clauses_(clauses), done_(clauses.size(), false) {
    for (int i = 0; i < vars; ++i) sat.new_var();
  }
  void became_true(Var var) override { add_with(static_cast<int>(var.index()) + 1); }
  bool reject() override {
    bool added = false;
    for (std::size_t i = 0; i < clauses_.size(); ++i) {
      if (done_[i]) continue;
      bool met = false;
      for (int number : clauses_[i]) {
        Value value = sat.value(Var(static_cast<std::size_t>(std::abs(number) - 1)));
        met = met || (value == Value::kTrue) == (number > 0);
      }
      if (met) continue;
      done_[i] = true;
      add(clauses_[i]);
      added = true;
    }
    return added;
  }

 private:
  void add_with(int number) {
    for (std::size_t i = 0; i < clauses_.size(); ++i) {
      bool has = false;
      for (int literal : clauses_[i]) has = has || literal == -number;
      if (has && !done_[i]) {
        done_[i] = true;
        add(clauses_[i]);
      }
    }
  }

  const Clauses &clauses_;
  std::vector<bool> done_;
};

TEST(Sat, TakesClausesAtAnyTime) {
  constexpr int kVars = 8;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    std::mt19937 random(seed);
    Clauses clauses = random_clauses(random, kVars, 12 + static_cast<int>(random() % 20));
    support::Budget budget;
    Lazy policy(budget, clauses, kVars);
    ASSERT_EQ(policy.sat.solve(), satisfiable(clauses, kVars)) << "seed " << seed;
  }
}

// Whether it is satisfiable, by activities from the first conflict on; a core
// that was found must refute.
void check_active(const Clauses &clauses, int vars, unsigned seed) {
  support::Budget budget;
  FirstUnassigned policy(budget);
  policy.sat.set_patience(0);
  for (int i = 0; i < vars; ++i) policy.sat.new_var();
  for (const auto &clause : clauses) policy.add(clause);
  bool result = policy.sat.solve();
  ASSERT_EQ(result, satisfiable(clauses, vars)) << "seed " << seed;
  if (result) return;
  Clauses core;
  for (const Sat::Source &source : policy.sat.core()) core.push_back(clauses[source.number]);
  ASSERT_FALSE(satisfiable(core, vars)) << "seed " << seed;
}

TEST(Sat, ActivitiesMakeNoDifferenceToTheVerdict) {
  constexpr int kVars = 12;
  for (unsigned seed = 0; seed < 1000; ++seed) {
    std::mt19937 random(seed);
    check_active(random_clauses(random, kVars, 40 + static_cast<int>(random() % 30)), kVars, seed);
  }
}

TEST(Sat, AssumptionsAreLikeClausesOfOneLiteral) {
  constexpr int kVars = 8;
  for (unsigned seed = 0; seed < 1000; ++seed) {
    std::mt19937 random(seed);
    Clauses clauses = random_clauses(random, kVars, 10 + static_cast<int>(random() % 15));
    support::Budget budget;
    FirstUnassigned policy(budget);
    policy.sat.set_patience(seed % 3);
    for (int i = 0; i < kVars; ++i) policy.sat.new_var();
    for (const auto &clause : clauses) policy.add(clause);
    // One engine for many questions: what it learned of one serves the next.
    for (int question = 0; question < 10; ++question) {
      Clauses with = clauses;
      std::vector<Literal> assumptions;
      for (unsigned var = 0; var < 3; ++var) {
        unsigned which = random() % 3;
        if (which == 0) continue;
        assumptions.push_back(which == 1 ? Literal::positive(Var(var))
                                         : Literal::negative(Var(var)));
        with.push_back({which == 1 ? static_cast<int>(var) + 1 : -static_cast<int>(var) - 1});
      }
      ASSERT_EQ(policy.sat.solve(assumptions), satisfiable(with, kVars)) << "seed " << seed;
      ASSERT_EQ(policy.sat.is_refuted() && satisfiable(clauses, kVars), false) << "seed " << seed;
    }
  }
}

TEST(Sat, GoesOnAfterMoreClauses) {
  support::Budget budget;
  FirstUnassigned policy(budget);
  for (int i = 0; i < 3; ++i) policy.sat.new_var();
  policy.add({1, 2, 3});
  ASSERT_TRUE(policy.sat.solve());
  policy.sat.restart();
  policy.add({-1});
  policy.add({-2});
  ASSERT_TRUE(policy.sat.solve());
  EXPECT_EQ(policy.sat.value(Var(2)), Value::kTrue);
  policy.sat.restart();
  policy.add({-3});
  EXPECT_FALSE(policy.sat.solve());
  EXPECT_EQ(policy.sat.core().size(), 4u);
}

TEST(Sat, EmptyClauseIsItsOwnCore) {
  support::Budget budget;
  FirstUnassigned policy(budget);
  policy.sat.new_var();
  policy.add({1});
  policy.add({});
  EXPECT_FALSE(policy.sat.solve());
  std::vector<Sat::Source> core = policy.sat.core();
  ASSERT_EQ(core.size(), 1u);
  EXPECT_EQ(core[0].number, 1u);
}

// n + 1 pigeons, n holes: hard for resolution, so it runs into any limit.
void add_pigeons(FirstUnassigned &policy, int holes) {
  for (int i = 0; i < (holes + 1) * holes; ++i) policy.sat.new_var();
  auto in = [&](int pigeon, int hole) { return pigeon * holes + hole + 1; };
  for (int pigeon = 0; pigeon <= holes; ++pigeon) {
    std::vector<int> somewhere;
    for (int hole = 0; hole < holes; ++hole) somewhere.push_back(in(pigeon, hole));
    policy.add(somewhere);
  }
  for (int hole = 0; hole < holes; ++hole) {
    for (int a = 0; a <= holes; ++a) {
      for (int b = a + 1; b <= holes; ++b) policy.add({-in(a, hole), -in(b, hole)});
    }
  }
}

TEST(Sat, RefutesPigeons) {
  support::Budget budget;
  FirstUnassigned policy(budget);
  add_pigeons(policy, 5);
  EXPECT_FALSE(policy.sat.solve());
}

// Long enough for learned clauses to be dropped, and their proofs to be needed.
TEST(Sat, TracesACoreThroughClausesThatWereDropped) {
  support::Budget budget;
  FirstUnassigned policy(budget);
  policy.sat.set_patience(0);
  constexpr int kHoles = 7;
  add_pigeons(policy, kHoles);
  EXPECT_FALSE(policy.sat.solve());
  EXPECT_GT(policy.sat.conflicts(), 1000u);
  ASSERT_FALSE(policy.sat.is_core_lost());
  // Each of the clauses is needed for a refutation.
  EXPECT_EQ(policy.sat.core().size(),
            static_cast<std::size_t>(kHoles + 1 + kHoles * (kHoles + 1) * kHoles / 2));
}

TEST(Sat, StopsAtTheStepLimit) {
  support::Budget budget(nullptr, nullptr, 100000, 0);
  FirstUnassigned policy(budget);
  add_pigeons(policy, 12);
  EXPECT_THROW(policy.sat.solve(), support::LimitReached);
}

TEST(Sat, StopsAtTheMemoryLimit) {
  support::Budget budget(nullptr, nullptr, 0, 1 << 20);
  FirstUnassigned policy(budget);
  add_pigeons(policy, 12);
  EXPECT_THROW(policy.sat.solve(), support::LimitReached);
}

TEST(Sat, StopsWhenPollSaysSo) {
  int calls = 0;
  auto poll = [](void *arg) { return ++*static_cast<int *>(arg) == 10; };
  support::Budget budget(poll, &calls, 0, 0);
  FirstUnassigned policy(budget);
  add_pigeons(policy, 12);
  EXPECT_THROW(policy.sat.solve(), support::Cancelled);
  EXPECT_EQ(calls, 10);
}

}  // namespace
}  // namespace extman::solve
