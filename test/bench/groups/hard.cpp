// Hard instances, against a SAT solver that gets the same clauses.
#include "control/relation.h"
#include "debian/validator.h"
#include "groups/clock.h"
#include "groups/engine.h"
#include "groups/figures.h"
#include "groups/groups.h"
#include "hard/instance.h"
#include "peers/cadical.h"

#include <algorithm>
#include <limits>

namespace extman::bench {

namespace {

constexpr int kRounds = 3;
constexpr double kEnoughOnce = 1;  // seconds: what takes longer is measured once

struct Timed {
  double seconds = std::numeric_limits<double>::infinity();
  Verdict verdict = Verdict::kUnknown;
};

template <class Solve>
void time_once(Timed &timed, Solve solve) {
  const Clock::time_point begin = Clock::now();
  timed.verdict = solve();
  timed.seconds = std::min(timed.seconds, seconds_since(begin));
}

struct Pair {
  double ours;
  double theirs;
};

const char *text_of(Verdict verdict) {
  if (verdict == Verdict::kYes) return "yes";
  return verdict == Verdict::kNo ? "no" : "no answer";
}

class Hard {
 public:
  explicit Hard(double limit) : limit_(limit) {}

  // No answer within the limit counts as that long.
  Pair run(const Instance &instance) {
    universe::Universe universe;
    add_to(universe, instance.catalog);
    const universe::DependencyId root =
        universe.intern(control::Alternatives{control::Relation{"root", {}}});
    const Cnf cnf = cnf_of(instance.catalog, instance.root());
    Engine engine(universe);
    Timed ours;
    Timed theirs;
    for (int round = 0; round < kRounds; ++round) {
      time_once(ours, [&] { return engine.solve({root}, limit_); });
      time_once(theirs, [&] { return cadical_solve(cnf, limit_); });
      if (std::max(ours.seconds, theirs.seconds) > kEnoughOnce) break;
    }
    print_note("  " + instance.name + "\t" + time_text(ours.seconds) + "\t" +
               time_text(theirs.seconds) + "\t" + text_of(ours.verdict));
    check(instance, engine, universe, ours.verdict, theirs.verdict);
    return {ours.seconds, theirs.seconds};
  }

  bool agreed() const { return agreed_; }

 private:
  void check(const Instance &instance, const Engine &engine, const universe::Universe &universe,
             Verdict ours, Verdict theirs) {
    // No answer is one that the time limit explains, and no disagreement.
    if (ours != theirs && ours != Verdict::kUnknown && theirs != Verdict::kUnknown) {
      print_note("    the verdicts differ: CaDiCaL says " + std::string(text_of(theirs)));
      agreed_ = false;
    }
    if (ours != Verdict::kYes) return;
    std::vector<std::size_t> chosen;
    for (universe::PackageId id : engine.chosen()) {
      chosen.push_back(instance.catalog.find(std::string(universe.name_of(id)),
                                             std::string(universe.version(id))));
    }
    const std::string fault = fault_of(instance.catalog, chosen, {{"root", "", ""}});
    if (fault.empty()) return;
    print_note("    the plan is wrong: " + fault);
    agreed_ = false;
  }

  double limit_;
  bool agreed_ = true;
};

}  // namespace

bool run_hard(double limit) {
  constexpr std::uint64_t kSeeds = 5;
  Hard hard(limit);
  std::vector<double> ours;
  std::vector<double> theirs;
  std::vector<double> ratios;
  const auto count = [&](const Instance &instance) {
    const Pair pair = hard.run(instance);
    ours.push_back(pair.ours);
    theirs.push_back(pair.theirs);
    ratios.push_back(pair.ours / pair.theirs);
  };
  print_note("hard instances: ours, CaDiCaL, verdict");
  for (std::size_t variables : {150, 200, 250}) {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      count(three_sat(variables, seed));
    }
  }
  for (std::size_t size = 8; size <= 20; ++size) count(queens(size));
  for (std::size_t names : {40, 50, 60}) {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      count(random_universe(names, seed));
    }
  }
  const double median = quantile(ratios, 0.5);
  // The ratio is the median of the ratios, not that of the medians before it.
  print_figure("solve-hard", time_text(quantile(ours, 0.5)), time_text(quantile(theirs, 0.5)),
               median, 3);
  print_note("the median of " + std::to_string(ratios.size()) + " ratios; the largest is " +
             std::to_string(quantile(ratios, 1)) + "; apart from these:");
  for (std::size_t holes = 6; holes <= 9; ++holes) hard.run(pigeonhole(holes));
  return hard.agreed();
}

}  // namespace extman::bench
