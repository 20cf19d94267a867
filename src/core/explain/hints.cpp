#include "explain/hints.h"

#include "explain/candidates.h"
#include "explain/words.h"
#include "support/translate.h"

#include <algorithm>

namespace extman::explain {

using solve::Problem;
using solve::ReasonKind;
using Kind = Remedy::Kind;

namespace {

constexpr std::size_t kMostChoices = 2;
constexpr std::size_t kMostTrials = 120;
constexpr std::uint64_t kStepsOfTrial = 1000000;
constexpr std::uint64_t kStepsOfAll = 10000000;

class Adviser {
 public:
  Adviser(const Problem &problem, const std::vector<Contradiction> &reasons,
          support::Budget &budget)
      : problem_(problem), universe_(problem.universe), reasons_(reasons), budget_(budget) {}

  Advice run() {
    std::vector<std::vector<Remedy>> candidates_of;
    for (std::size_t i = 0; i < reasons_.size(); ++i) {
      candidates_of.push_back(candidates(problem_, reasons_, i));
    }
    // Of several reasons, one harmless change may be the end; or as many of them
    // as there are reasons; or one that costs more.
    const bool several = reasons_.size() > 1;
    if (several) {
      for (const auto &some : candidates_of) {
        choose(only_harmless(some), {}, kMostChoices, advice_.choices);
      }
      if (advice_.choices.empty()) need_all(candidates_of);
    }
    if (advice_.choices.empty() && advice_.needed.empty()) {
      for (const auto &some : candidates_of) choose(some, {}, kMostChoices, advice_.choices);
    }
    if (!advice_.choices.empty()) {
      advice_.text = describe(problem_, advice_.choices, Joint::kOr) + ".";
    } else if (!advice_.needed.empty()) {
      advice_.text = describe(problem_, advice_.needed, Joint::kAnd) + ".";
    } else if (asks_for_the_impossible()) {
      advice_.text = tr("Correct the request.");
    }
    add_nearest_names();
    return std::move(advice_);
  }

 private:
  bool works(const std::vector<Remedy> &remedies, const std::set<FactKey> &waived) {
    if (trials_++ >= kMostTrials || steps_ > kStepsOfAll) return false;
    support::Budget part = part_of(budget_, kStepsOfTrial);
    bool result = false;
    try {
      result = explain::works(problem_, remedies, waived, part) &&
               works_with_all_needs(remedies, waived, part);
    } catch (const support::LimitReached &) {
      // Perhaps it would help; who knows.
    }
    steps_ += part.steps();
    return result;
  }

  // Another version of a package will need what this one needs, but for what is
  // to be different: so that alone must be an end to the trouble.
  bool works_with_all_needs(const std::vector<Remedy> &remedies, std::set<FactKey> waived,
                            support::Budget &budget) const {
    std::vector<Remedy> rest;
    for (const Remedy &remedy : remedies) {
      if (remedy.kind == Kind::kAnother) {
        waived.insert(key_of(remedy.without_what));
        for (const solve::Reason &reason : remedy.nor_what) waived.insert(key_of(reason));
      } else {
        rest.push_back(remedy);
      }
    }
    return rest.size() == remedies.size() || explain::works(problem_, rest, waived, budget);
  }

  static std::vector<Remedy> only_harmless(std::vector<Remedy> remedies) {
    auto costs = [](const Remedy &remedy) {
      return remedy.kind == Kind::kUninstall || remedy.kind == Kind::kCorrect ||
             remedy.kind == Kind::kCutCycle || remedy.kind == Kind::kAnother;
    };
    remedies.erase(std::remove_if(remedies.begin(), remedies.end(), costs), remedies.end());
    return remedies;
  }

  // Of these, those that work, up to a number in all.
  void choose(const std::vector<Remedy> &from, const std::set<FactKey> &waived, std::size_t most,
              std::vector<Remedy> &chosen) {
    for (const Remedy &candidate : from) {
      if (chosen.size() >= most) return;
      if (std::find(chosen.begin(), chosen.end(), candidate) != chosen.end()) continue;
      if (!is_worth_it(candidate, chosen) || !works({candidate}, waived)) continue;
      chosen.push_back(candidate);
      refine(chosen.back(), from, waived);
    }
  }

  // Whether this one is worth telling next to what works already: a second way
  // that asks no more of the reader, or an end to the same trouble.
  static bool is_worth_it(const Remedy &candidate, const std::vector<Remedy> &chosen) {
    return std::all_of(chosen.begin(), chosen.end(), [&](const Remedy &other) {
      switch (other.kind) {
        case Kind::kAskFor:
          return candidate.kind == Kind::kProvide;
        case Kind::kProvide:
          return candidate.kind == Kind::kProvide && candidate.name != other.name;
        case Kind::kScript:
          return candidate.kind == Kind::kUninstall;
        case Kind::kUninstall:
          // To uninstall it is not the only end to what it needs.
          return candidate.kind == Kind::kAnother && !candidate.script_from.is_none() &&
                 candidate.without_what.kind == ReasonKind::kDepends;
        case Kind::kLeaveOut:
          return candidate.kind == Kind::kLeaveOut;
        case Kind::kAnother:
          return candidate.kind == Kind::kAnother && candidate.name != other.name;
        default:
          return false;
      }
    });
  }

  void refine(Remedy &remedy, const std::vector<Remedy> &from, const std::set<FactKey> &waived) {
    if (remedy.kind == Kind::kProvide) {
      Remedy later = remedy;
      later.version = "2147483646:1";  // nobody has a later one
      remedy.or_later = works({later}, waived);
    } else if (remedy.kind == Kind::kCutCycle) {
      remedy.any_of_these = std::all_of(from.begin(), from.end(), [&](const Remedy &other) {
        return other.kind != Kind::kCutCycle || other == remedy || works({other}, waived);
      });
    }
  }

  // One for each reason, with the causes of the others out of the way; then all
  // of them together.
  void need_all(const std::vector<std::vector<Remedy>> &candidates_of) {
    std::vector<Remedy> needed;
    for (std::size_t i = 0; i < reasons_.size(); ++i) {
      std::set<FactKey> waived;
      for (std::size_t j = 0; j < reasons_.size(); ++j) {
        if (j == i) continue;
        for (const FactKey &key : causes(problem_, reasons_[j])) waived.insert(key);
      }
      // Something must be left of the request.
      auto left_out = static_cast<std::size_t>(
          std::count_if(needed.begin(), needed.end(),
                        [](const Remedy &remedy) { return remedy.kind == Kind::kLeaveOut; }));
      std::vector<Remedy> from = candidates_of[i];
      const solve::Request &request = problem_.request;
      if (left_out + 1 >= request.install.size() && !request.upgrade_all &&
          request.upgrade.empty()) {
        from.erase(std::remove_if(from.begin(), from.end(),
                                  [](const Remedy &r) { return r.kind == Kind::kLeaveOut; }),
                   from.end());
      }
      std::vector<Remedy> one;
      choose(from, waived, 1, one);
      if (one.empty()) return;
      one[0].any_of_these = false;
      if (std::find(needed.begin(), needed.end(), one[0]) == needed.end()) needed.push_back(one[0]);
    }
    merge_holds(needed);
    merge_uninstalls(needed);
    merge_versions(needed);
    // One may do for two reasons, and only then both of them together.
    bool together = works(needed, {});
    for (std::size_t i = needed.size(); i-- > 0 && needed.size() > 1;) {
      std::vector<Remedy> fewer = needed;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (!works(fewer, {})) continue;
      needed = std::move(fewer);
      together = true;
    }
    if (together) advice_.needed = std::move(needed);
  }

  // Into one, at the end: the statement is easiest to copy there.
  static void merge_holds(std::vector<Remedy> &remedies) {
    Remedy all{Kind::kUnhold};
    auto rest = std::stable_partition(remedies.begin(), remedies.end(), [](const Remedy &remedy) {
      return remedy.kind != Kind::kUnhold;
    });
    for (auto hold = rest; hold != remedies.end(); ++hold) {
      for (PackageId id : hold->packages) {
        if (std::find(all.packages.begin(), all.packages.end(), id) == all.packages.end()) {
          all.packages.push_back(id);
        }
      }
    }
    remedies.erase(rest, remedies.end());
    if (!all.packages.empty()) remedies.push_back(std::move(all));
  }

  // Of one package there can be only one other version, which then must be
  // different in all that.
  static void merge_versions(std::vector<Remedy> &remedies) {
    std::vector<Remedy> merged;
    for (Remedy &remedy : remedies) {
      auto same = std::find_if(merged.begin(), merged.end(), [&](const Remedy &other) {
        return remedy.kind == Kind::kAnother && other.kind == Kind::kAnother &&
               other.name == remedy.name;
      });
      if (same == merged.end()) {
        merged.push_back(std::move(remedy));
        continue;
      }
      // The one that asks for certain versions gives the version.
      if (same->relation.is_none()) std::swap(*same, remedy);
      same->nor_what.push_back(remedy.without_what);
      same->nor_what.insert(same->nor_what.end(), remedy.nor_what.begin(), remedy.nor_what.end());
    }
    remedies = std::move(merged);
  }

  // What goes because of one need not go because of another.
  static void merge_uninstalls(std::vector<Remedy> &remedies) {
    std::vector<Remedy *> uninstalls;
    for (Remedy &remedy : remedies) {
      if (remedy.kind == Kind::kUninstall) uninstalls.push_back(&remedy);
    }
    std::stable_sort(uninstalls.begin(), uninstalls.end(), [](const Remedy *a, const Remedy *b) {
      return a->packages.size() > b->packages.size();
    });
    std::set<PackageId> gone;
    for (Remedy *remedy : uninstalls) {
      std::vector<PackageId> rest;
      for (PackageId id : remedy->packages) {
        if (gone.insert(id).second) rest.push_back(id);
      }
      remedy->packages = std::move(rest);
    }
    remedies.erase(std::remove_if(remedies.begin(), remedies.end(),
                                  [](const Remedy &remedy) {
                                    return remedy.kind == Kind::kUninstall &&
                                           remedy.packages.empty();
                                  }),
                   remedies.end());
  }

  bool asks_for_the_impossible() const {
    for (const Contradiction &reason : reasons_) {
      for (const Fact &fact : reason.facts) {
        if (fact.reason.kind != ReasonKind::kRequested || !fact.offered.empty()) continue;
        for (RelationId relation :
             universe_.alternatives(problem_.request.install[fact.reason.number])) {
          if (contradicts_itself(universe_, relation)) return true;
        }
      }
    }
    return false;
  }

  // Of names that nothing has: they may be misspelled.
  void add_nearest_names() {
    std::vector<Remedy> all = advice_.choices;
    all.insert(all.end(), advice_.needed.begin(), advice_.needed.end());
    for (const Remedy &remedy : all) {
      if (remedy.kind != Kind::kProvide || universe_.is_known(remedy.name)) continue;
      std::vector<std::string> names = universe_.nearest_names(universe_.text(remedy.name));
      // What is asked for next to it was not meant by it.
      auto is_another = [&](const std::string &name) {
        return std::any_of(all.begin(), all.end(), [&](const Remedy &other) {
          return !other.name.is_none() && universe_.text(other.name) == name;
        });
      };
      names.erase(std::remove_if(names.begin(), names.end(), is_another), names.end());
      if (names.empty()) continue;
      advice_.text += " " + perhaps_you_meant(names);
      return;
    }
  }

  const Problem &problem_;
  const Universe &universe_;
  const std::vector<Contradiction> &reasons_;
  support::Budget &budget_;
  Advice advice_;
  std::size_t trials_ = 0;
  std::uint64_t steps_ = 0;
};

}  // namespace

Advice advise(const Problem &problem, const std::vector<Contradiction> &reasons,
              support::Budget &budget) {
  return Adviser(problem, reasons, budget).run();
}

std::string perhaps_you_meant(const std::vector<std::string> &names) {
  if (names.empty()) return {};
  std::vector<std::string> quoted;
  for (const std::string &name : names) quoted.push_back("\"" + name + "\"");
  // translator: names in quotes
  return tr("Perhaps you meant %s.", join(quoted, Joint::kOr));
}

}  // namespace extman::explain
