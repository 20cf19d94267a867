#include "explain/sentences.h"

#include "explain/needs.h"
#include "explain/phrases.h"
#include "explain/story.h"
#include "explain/words.h"
#include "support/translate.h"

#include <algorithm>
#include <unordered_set>

namespace extman::explain {

using solve::Cycle;
using solve::Problem;
using solve::Reason;
using solve::ReasonKind;

namespace {

class Teller {
 public:
  Teller(const Problem &problem, const Contradiction &reason)
      : problem_(problem),
        universe_(problem.universe),
        core_(reason.facts),
        cycles_(reason.cycles),
        told_(core_.size(), 0),
        needs_(problem, reason, told_, story_) {}

  std::string run() {
    leave_to_cycles();
    for (std::size_t i = 0; i < core_.size(); ++i) {
      if (core_[i].reason.kind == ReasonKind::kUpgradeWanted) tell_upgrade(i);
    }
    tell_requests();
    // Then what is there already, and what it needs, if it must stay as it is.
    for (const Fact &fact : core_) {
      if (fact.reason.kind == ReasonKind::kInstalled && fact.offered.size() == 1) {
        needs_.tell(fact.offered);
      }
    }
    // Then what excludes what; last, what the sentences so far did not say yet.
    for (int turn = 0; turn < kTurns; ++turn) {
      for (std::size_t i = 0; i < core_.size(); ++i) {
        if (!told_[i] && turn_of(core_[i].reason.kind) == turn) tell_rest(i);
      }
    }
    return story_.text();
  }

 private:
  static constexpr int kTurns = 5;
  static int turn_of(ReasonKind kind) {
    switch (kind) {
      case ReasonKind::kHeld:
        return 1;
      case ReasonKind::kInstalled:
        return 2;
      case ReasonKind::kDepends:
        return 3;  // mostly told by then
      case ReasonKind::kOneVersion:
        return 4;
      default:
        return 0;
    }
  }

  // The facts that are like this one, and not told yet: marked as told.
  template <class Like>
  std::vector<Reason> take(Like like) {
    std::vector<Reason> reasons;
    for (std::size_t i = 0; i < core_.size(); ++i) {
      if (told_[i] != 0 || !like(core_[i].reason)) continue;
      told_[i] = 1;
      reasons.push_back(core_[i].reason);
    }
    return reasons;
  }

  // ---------- the request ----------

  void tell_upgrade(std::size_t at) {
    told_[at] = 1;
    const Fact &fact = core_[at];
    if (!problem_.request.upgrade_all) {
      RelationId wanted = problem_.request.upgrade[fact.reason.number];
      const std::string text = wants(universe_.describe(wanted));
      if (fact.offered.empty()) {
        story_.say(tr("%s, and %s", text, availability(universe_, wanted)));
      } else if (!universe_.constraints(wanted).empty()) {
        story_.say(text);
      }
    }
    needs_.tell(fact.offered);
  }

  // translator: more may follow, as in: The request wants foo (>= 2), which depends on bar
  static std::string wants(const std::string &what) { return tr("The request wants %s", what); }

  // What goes without saying is not said: "install foo" is in the message.
  void tell_requests() {
    std::vector<std::string> wishes;
    for (const Fact &fact : core_) {
      if (fact.reason.kind != ReasonKind::kRequested || fact.offered.empty()) continue;
      DependencyId part = problem_.request.install[fact.reason.number];
      if (says_more(part) && !needs_.goes_on_from(part)) {
        wishes.push_back(text_of(universe_, part) + provided_by(part));
      }
    }
    if (!wishes.empty()) story_.say(wants(join(wishes)));
    for (std::size_t i = 0; i < core_.size(); ++i) {
      if (core_[i].reason.kind != ReasonKind::kRequested) continue;
      told_[i] = 1;
      DependencyId part = problem_.request.install[core_[i].reason.number];
      if (core_[i].offered.empty()) {
        story_.say(wants(text_of(universe_, part) + unmet(universe_, part)));
      } else if (says_more(part) && needs_.goes_on_from(part)) {
        needs_.tell_from(wants(text_of(universe_, part)), part);
      } else {
        needs_.tell(core_[i].offered);
      }
    }
  }

  bool says_more(DependencyId part) const {
    support::Span<RelationId> alternatives = universe_.alternatives(part);
    if (names_one(part) && needs_.has_needs(universe_.candidates(part))) return false;
    return alternatives.size() > 1 || !universe_.constraints(alternatives[0]).empty() ||
           !provided_by(part).empty();
  }

  // "foo (= 2.0)": the next sentence is on foo 2.0.
  bool names_one(DependencyId part) const {
    support::Span<RelationId> alternatives = universe_.alternatives(part);
    support::Span<PackageId> offered = universe_.candidates(part);
    support::Span<universe::Constraint> constraints = universe_.constraints(alternatives[0]);
    return alternatives.size() == 1 && offered.size() == 1 && constraints.size() == 1 &&
           constraints[0].op == version::Operator::kEqual &&
           universe_.name(offered[0]) == universe_.name(alternatives[0]);
  }

  std::string provided_by(DependencyId part) const {
    NameId name = universe_.name(universe_.alternatives(part)[0]);
    return universe_.versions(name).empty() ? met_by(universe_, part) : std::string();
  }

  // ---------- what excludes what ----------

  void tell_rest(std::size_t at) {
    const Reason reason = core_[at].reason;
    switch (reason.kind) {
      case ReasonKind::kConflicts:
        return tell_conflict(reason);
      case ReasonKind::kClassClash:
        return tell_clash(reason);
      case ReasonKind::kCycle:
        return tell_cycle(at);
      case ReasonKind::kHeld:
        return tell_held();
      case ReasonKind::kInstalled:
        return tell_installed(at);
      case ReasonKind::kNoUpgradePath:
        return tell_no_path(reason.subject);
      case ReasonKind::kOneVersion:
        told_[at] = 1;
        return tell_one_version(reason);
      case ReasonKind::kUninstalled:
        told_[at] = 1;
        return tell_uninstalled(reason);
      case ReasonKind::kDepends:
        return needs_.tell({&reason.subject, 1});
      default:
        told_[at] = 1;
    }
  }

  void note_installed(PackageId id) {
    if (problem_.is_installed(id)) installed_said_.insert(id);
  }

  // All versions that say so, of all that it is said of.
  void tell_conflict(const Reason &first) {
    RelationId relation = universe_.conflicts(first.subject)[first.number];
    std::vector<PackageId> declarers, others;
    PackageId installed;
    for (const Reason &reason : take([&](const Reason &other) {
           return other.kind == ReasonKind::kConflicts &&
                  universe_.name(other.subject) == universe_.name(first.subject) &&
                  universe_.conflicts(other.subject)[other.number] == relation;
         })) {
      declarers.push_back(reason.subject);
      note_installed(reason.subject);
      if (problem_.is_installed(reason.object)) installed = reason.object;
      if (std::find(others.begin(), others.end(), reason.object) == others.end()) {
        others.push_back(reason.object);
      }
    }
    NameId name = universe_.name(relation);
    auto stands_in = [&](PackageId id) { return universe_.name(id) != name; };
    Subjects who = subjects(problem_, declarers);
    std::string text = tr_plural("%s conflicts with %s", "%s conflict with %s", who.count, who.text,
                                 universe_.describe(relation));
    if (!installed.is_none() && others.size() == 1) {
      // translator: clauses behind: foo 1.0 conflicts with bar
      text += stands_in(installed)
                  ? tr(", and %s, which provides it, is installed", universe_.describe(installed))
                  : tr(", and %s is installed", universe_.describe(installed));
      installed_said_.insert(installed);
    } else if (std::all_of(others.begin(), others.end(), stands_in)) {
      Subjects what = subjects(problem_, others);
      // translator: a clause behind: foo 1.0 conflicts with bar
      text += tr_plural(", which %s provides", ", which %s provide", what.count, what.text);
      for (PackageId id : others) note_installed(id);
    } else if (!universe_.constraints(relation).empty() &&
               others.size() == universe_.versions(name).size()) {
      text += tr(", and %s", available_versions(universe_, name));
    }
    story_.say(text);
  }

  void tell_clash(const Reason &first) {
    std::vector<PackageId> some, others;
    for (const Reason &reason : take([&](const Reason &other) {
           return other.kind == ReasonKind::kClassClash && other.number == first.number &&
                  universe_.name(other.subject) == universe_.name(first.subject) &&
                  universe_.name(other.object) == universe_.name(first.object);
         })) {
      some.push_back(reason.subject);
      others.push_back(reason.object);
      note_installed(reason.subject);
      note_installed(reason.object);
    }
    story_.say(tr("%s and %s both claim the custom variable class \"%s\"",
                  subjects(problem_, some).text, subjects(problem_, others).text,
                  universe_.describe(NameId(first.number))));
  }

  // ---------- cycles ----------

  // They tell the dependencies that they consist of.
  void leave_to_cycles() {
    for (const Fact &cycle : core_) {
      if (cycle.reason.kind != ReasonKind::kCycle) continue;
      for (const Cycle::Member &member : cycles_[cycle.reason.number].members) {
        for (std::size_t i = 0; i < core_.size(); ++i) {
          const Reason &reason = core_[i].reason;
          if (reason.kind == ReasonKind::kDepends && reason.subject == member.package &&
              reason.number == member.dependency) {
            told_[i] = 1;
          }
        }
      }
    }
  }

  bool is_alike(const Cycle &a, const Cycle &b) const {
    return std::equal(a.members.begin(), a.members.end(), b.members.begin(), b.members.end(),
                      [this](const Cycle::Member &x, const Cycle::Member &y) {
                        return universe_.name(x.package) == universe_.name(y.package) &&
                               universe_.depends(x.package)[x.dependency] ==
                                   universe_.depends(y.package)[y.dependency];
                      });
  }

  void tell_cycle(std::size_t at) {
    const Cycle &first = cycles_[core_[at].reason.number];
    std::vector<Cycle> alike;
    std::vector<PackageId> members;
    for (const Reason &reason : take([&](const Reason &other) {
           return other.kind == ReasonKind::kCycle && is_alike(cycles_[other.number], first);
         })) {
      alike.push_back(cycles_[reason.number]);
      for (const Cycle::Member &member : alike.back().members) members.push_back(member.package);
    }
    if (first.members.size() == 1) {
      const Subjects who = subjects(problem_, members);
      story_.say(tr_plural("%s depends on itself", "%s depend on themselves", who.count, who.text));
    } else {
      // translator: what depends on what stands before the colon
      story_.say(tr("%s: they wait for each other, so none of them can be installed first",
                    describe_cycles(problem_, alike)));
    }
    // The other versions of a member are no way out: they are told of, too.
    for (PackageId id : members) one_version_said_.insert(universe_.name(id));
    // What else they need, and why nothing else leads out of it.
    for (const Cycle &cycle : alike) {
      for (const Cycle::Member &member : cycle.members) {
        needs_.tell(universe_.candidates(universe_.depends(member.package)[member.dependency]));
      }
    }
  }

  // ---------- what is there, and what goes ----------

  // "bar 1.0 and baz 1.0 are installed and held".
  void tell_held() {
    std::vector<PackageId> held;
    bool all_said = true;
    for (const Reason &reason :
         take([](const Reason &other) { return other.kind == ReasonKind::kHeld; })) {
      held.push_back(reason.subject);
      all_said = !installed_said_.insert(reason.subject).second && all_said;
      one_version_said_.insert(universe_.name(reason.subject));
    }
    std::vector<std::string> names;
    for (PackageId id : held) names.push_back(universe_.describe(id));
    story_.say(all_said ? tr_plural("%s is held", "%s are held", names.size(), join(names))
                        : tr_plural("%s is installed and held", "%s are installed and held",
                                    names.size(), join(names)));
  }

  void tell_installed(std::size_t at) {
    told_[at] = 1;
    const Fact &fact = core_[at];
    PackageId id = fact.reason.subject;
    std::vector<std::string> others;
    for (PackageId other : fact.offered) {
      if (other != id) others.emplace_back(universe_.version(other));
    }
    if (needs_.said_installed().count(id) != 0) installed_said_.insert(id);
    bool is_new = installed_said_.insert(id).second;
    if (!is_new && others.empty()) return;
    const std::string text = universe_.describe(id);
    if (others.empty()) {
      story_.say(tr("%s is installed", text));
    } else if (is_new) {
      story_.say(tr("%s is installed, and can only be upgraded to %s", text, shortened(others)));
    } else {
      story_.say(tr("%s can only be upgraded to %s", text, shortened(others)));
    }
    needs_.tell(fact.offered);
  }

  static std::string shortened(std::vector<std::string> versions) {
    constexpr std::size_t kShown = 6;
    std::sort(versions.begin(), versions.end(), [](const std::string &a, const std::string &b) {
      return version::compare(a, b) < 0;
    });
    if (versions.size() > kShown) {
      // translator: the oldest and the newest of many versions
      return tr("any of %s to %s", versions.front(), versions.back());
    }
    return join(versions, Joint::kOr);
  }

  // "bar 1.0 is installed, and no upgrade script leads from it to 1.1 or 1.2".
  void tell_no_path(PackageId installed) {
    std::vector<std::string> versions;
    for (const Reason &reason : take([&](const Reason &other) {
           return other.kind == ReasonKind::kNoUpgradePath && other.subject == installed;
         })) {
      versions.emplace_back(universe_.version(reason.object));
    }
    installed_said_.insert(installed);
    story_.say(tr("%s is installed, and no upgrade script leads from it to %s",
                  universe_.describe(installed), shortened(versions)));
  }

  // Worth a sentence only where nothing else says that both are needed at once.
  void tell_one_version(const Reason &reason) {
    NameId name = universe_.name(reason.subject);
    if (!one_version_said_.insert(name).second) return;
    story_.say(tr("Only one version of %s can be installed", universe_.describe(name)));
  }

  void tell_uninstalled(const Reason &reason) {
    NameId name = universe_.name(reason.subject);
    if (!uninstalled_said_.insert(name).second) return;
    const auto &asked = problem_.request.uninstall;
    bool is_asked = std::any_of(asked.begin(), asked.end(),
                                [&](RelationId id) { return universe_.name(id) == name; });
    if (is_asked) {
      story_.say(tr("The request uninstalls %s", universe_.describe(name)));
      return;
    }
    // With what was asked for: all of it, since any of it may be why.
    std::vector<std::string> names;
    for (RelationId id : asked) names.push_back(universe_.describe(universe_.name(id)));
    story_.say(tr_plural("The request uninstalls %s, and with it %s",
                         "The request uninstalls %s, and with them %s", names.size(), join(names),
                         universe_.describe(name)));
  }

  const Problem &problem_;
  const Universe &universe_;
  const std::vector<Fact> &core_;
  const std::vector<Cycle> &cycles_;
  std::vector<char> told_;
  Story story_;
  Needs needs_;
  std::unordered_set<PackageId> installed_said_;
  std::unordered_set<NameId> one_version_said_;
  std::unordered_set<NameId> uninstalled_said_;
};

}  // namespace

std::string tell(const Problem &problem, const Contradiction &reason) {
  return Teller(problem, reason).run();
}

}  // namespace extman::explain
