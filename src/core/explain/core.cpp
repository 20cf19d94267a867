#include "explain/core.h"

#include "solve/sat.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <unordered_map>

namespace extman::explain {

using solve::Fact;
using solve::Literal;
using solve::Sat;
using solve::Value;
using solve::Var;
using universe::PackageId;

namespace {

// Decides every variable false: without preferences that does as well as any.
class NoPreference : public solve::Policy {
 public:
  explicit NoPreference(support::Budget &budget) : sat_(*this, workspace_, budget) {}

  Sat &sat() { return sat_; }

  void became_true(Var) override {}
  void level_opened() override {}
  void undone_to(std::size_t) noexcept override {}
  void explain(Literal, std::uint32_t, std::vector<Literal> &) override {}
  bool reject() override { return false; }
  std::optional<Literal> decide() override {
    for (std::size_t i = 0; i < sat_.var_count(); ++i) {
      if (sat_.value(Var(i)) == Value::kUnassigned) return Literal::negative(Var(i));
    }
    return std::nullopt;
  }

 private:
  solve::Workspace workspace_;
  Sat sat_;
};

// Where so much work does not do, nobody would read the result to its end.
constexpr std::uint64_t kMinimiseSteps = 5000000;

// The facts of a refutation, as indexes; nothing when they don't contradict
// each other.
std::optional<std::vector<std::size_t>> refute(const std::vector<Fact> &facts,
                                               const std::vector<std::size_t> &subset,
                                               support::Budget &budget) {
  NoPreference policy(budget);
  Sat &sat = policy.sat();
  std::unordered_map<PackageId, Var> vars;
  auto var_of = [&](PackageId id) {
    auto found = vars.find(id);
    if (found == vars.end()) found = vars.emplace(id, sat.new_var()).first;
    return found->second;
  };
  for (std::size_t index : subset) {
    std::vector<Literal> literals;
    for (PackageId id : facts[index].excluded) literals.push_back(Literal::negative(var_of(id)));
    for (PackageId id : facts[index].offered) literals.push_back(Literal::positive(var_of(id)));
    sat.add_clause(literals);
  }
  if (sat.solve()) return std::nullopt;
  std::vector<std::size_t> core;
  for (const Sat::Source &source : sat.core()) core.push_back(subset[source.number]);
  return core;
}

}  // namespace

std::vector<Fact> minimal_core(std::vector<Fact> facts, support::Budget &budget,
                               const Worth &worth) {
  std::vector<std::size_t> core;
  for (std::size_t i = 0; i < facts.size(); ++i) core.push_back(i);

  // What was added last lies deepest: trying it first leaves the shorter story.
  std::vector<std::size_t> order(core.rbegin(), core.rend());
  if (worth) {
    std::vector<int> worths;
    for (const Fact &fact : facts) worths.push_back(worth(fact));
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return worths[a] < worths[b]; });
  }
  const std::uint64_t last_step = budget.steps() + kMinimiseSteps;
  for (std::size_t index : order) {
    if (budget.steps() > last_step) break;
    auto found = std::find(core.begin(), core.end(), index);
    if (found == core.end()) continue;
    std::vector<std::size_t> rest(core.begin(), found);
    rest.insert(rest.end(), found + 1, core.end());
    if (auto smaller = refute(facts, rest, budget)) core = *smaller;
  }

  std::vector<Fact> result;
  for (std::size_t index : core) result.push_back(std::move(facts[index]));
  return result;
}

bool contradict(const std::vector<Fact> &facts, support::Budget &budget) {
  std::vector<std::size_t> all(facts.size());
  std::iota(all.begin(), all.end(), 0);
  return refute(facts, all, budget).has_value();
}

}  // namespace extman::explain
