#include "solve/search.h"

#include "solve/lean.h"

#include <algorithm>
#include <stdexcept>

namespace extman::solve {

namespace {

// Asks a solver that has found a model whether there is one with the decisions
// so far and one more.
class Lookahead : public Guide {
 public:
  Lookahead(Rules &solver, std::size_t packages, support::Span<Literal> assumptions)
      : solver_(solver), model_(packages, 0), decisions_(assumptions.begin(), assumptions.end()) {
    // Only that model is known to meet the assumptions.
    if (!assumptions.empty()) solve();
    remember_model();
  }

  Literal choose(Literal wanted) override {
    decisions_.push_back(wanted);
    if (model_[wanted.var().index()] == 0) {
      if (solve()) {
        remember_model();
      } else {
        decisions_.back() = ~wanted;
      }
    }
    return decisions_.back();
  }

 private:
  bool solve() {
    bool found = solver_.sat().solve(decisions_);
    if (!found && solver_.sat().is_refuted()) {
      throw std::logic_error("a solved problem was refuted");
    }
    return found;
  }

  void remember_model() {
    std::fill(model_.begin(), model_.end(), 0);
    for (PackageId id : solver_.taken()) model_[id.index()] = 1;
  }

  Rules &solver_;
  std::vector<char> model_;  // by package; all decisions hold in it
  std::vector<Literal> decisions_;
};

}  // namespace

Search::Search(const Problem &problem, Workspace &workspace, support::Budget &budget)
    : problem_(problem),
      universe_(problem.universe),
      workspace_(workspace),
      budget_(budget),
      rules_(problem, workspace, budget) {}

bool Search::run() {
  rules_.set_up();
  if (!rules_.sat().solve()) return false;
  if (rules_.sat().conflicts() == 0) {
    chosen_ = rules_.taken();
  } else {
    choose_again({});
  }
  if (count_changed() >= 2) minimise_changes();
  chosen_ = without_superfluous(problem_, rules_, workspace_, chosen_, budget_);
  return true;
}

// The second pass.
void Search::choose_again(support::Span<Literal> assumptions) {
  Rules pass(problem_, workspace_.inner(), budget_);
  Lookahead lookahead(rules_, universe_.size(), assumptions);
  pass.set_guide(lookahead);
  pass.set_up();
  if (!pass.sat().solve() || pass.sat().conflicts() > 0) {
    throw std::logic_error("a decision that can be kept led to a conflict");
  }
  chosen_ = pass.taken();
}

// ---------- fewest changes ----------

// Installed packages that changed although nobody asked for it.
std::size_t Search::count_changed() const {
  if (problem_.installed.empty()) return 0;
  return static_cast<std::size_t>(
      std::count_if(chosen_.begin(), chosen_.end(), [this](PackageId id) {
        NameId name = universe_.name(id);
        return !problem_.is_installed(id) && problem_.installed_of(name) != nullptr &&
               !rules_.is_upgrading(name);
      }));
}

// Literals that follow when more than 0, 1 … most - 1 installed packages change:
// the sequential counter of Sinz, "Towards an Optimal CNF Encoding of Boolean
// Cardinality Constraints", 2005.
std::vector<Literal> Search::count_changes(std::size_t most) {
  const Reason reason{ReasonKind::kBound, PackageId::none(), PackageId::none(), 0};
  auto add = [&](const std::vector<Literal> &literals) { rules_.add(reason, literals); };
  std::vector<Literal> before;  // before[j]: more than j of those so far change
  for (const Installed &entry : problem_.installed) {
    NameId name = universe_.name(entry.package);
    if (rules_.is_going(name) || rules_.is_upgrading(name) || !universe_.has_upgrades(name)) {
      continue;
    }
    Literal stays = Rules::is(entry.package);
    std::vector<Literal> now;
    for (std::size_t j = 0; j < most; ++j) now.push_back(Literal::positive(rules_.sat().new_var()));
    add({stays, now[0]});
    for (std::size_t j = 0; j < before.size(); ++j) {
      add({~before[j], now[j]});
      if (j + 1 < most) add({stays, ~before[j], now[j + 1]});
    }
    before = std::move(now);
  }
  return before;
}

void Search::minimise_changes() {
  const std::size_t found = count_changed();
  rules_.sat().restart();
  std::vector<Literal> more_than = count_changes(found);
  // What was to be upgraded keeps the version found.
  std::vector<Literal> assumptions{Literal()};
  for (PackageId id : chosen_) {
    if (rules_.is_upgrading(universe_.name(id))) assumptions.push_back(Rules::is(id));
  }
  std::size_t fewest = found;
  while (fewest >= 2) {
    assumptions[0] = ~more_than[fewest - 1];
    if (!rules_.sat().solve(assumptions)) break;
    chosen_ = rules_.taken();
    fewest = count_changed();
  }
  // Again from the first pass on, also when it is the same number: what was
  // solved last has left another model.
  assumptions[0] = fewest < found ? ~more_than[fewest] : ~more_than.back();
  if (fewest == found) assumptions.erase(assumptions.begin());
  choose_again(assumptions);
}

// ---------- a refutation ----------

std::vector<Fact> Search::facts() {
  return rules_.sat().is_core_lost() ? std::vector<Fact>() : rules_.facts();
}

}  // namespace extman::solve
