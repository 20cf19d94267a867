#include "explain/candidates.h"

#include "explain/words.h"

#include <algorithm>
#include <unordered_set>

namespace extman::explain {

using solve::Installed;
using solve::Problem;
using solve::Reason;
using solve::ReasonKind;
using Kind = Remedy::Kind;

namespace {

// A version behind this one, and before the next that anyone would choose.
std::string successor(std::string_view version) { return std::string(version) + ".1"; }

class Finder {
 public:
  Finder(const Problem &problem, const std::vector<Contradiction> &reasons, std::size_t which)
      : problem_(problem),
        universe_(problem.universe),
        reasons_(reasons),
        core_(reasons[which].facts),
        cycles_(reasons[which].cycles) {
    for (PackageId id : packages_that_go(problem)) going_.insert(id);
  }

  std::vector<Remedy> run() {
    release_holds();
    ask_for_other_versions();
    provide_what_is_missing();
    add_scripts();
    ask_for_less();
    uninstall();
    correct();
    cut_cycles();
    provide_another_version();
    return std::move(found_);
  }

 private:
  template <class Use>
  void each(ReasonKind kind, Use use) const {
    for (const Fact &fact : core_) {
      if (fact.reason.kind == kind) use(fact);
    }
  }

  void add(Remedy remedy) {
    if (std::find(found_.begin(), found_.end(), remedy) == found_.end()) {
      found_.push_back(std::move(remedy));
    }
  }

  // ---------- of what is there ----------

  void release_holds() {
    std::vector<PackageId> held;
    each(ReasonKind::kHeld, [&](const Fact &fact) { held.push_back(fact.reason.subject); });
    for (PackageId id : held) add({Kind::kUnhold, {id}});
    if (held.size() > 1) add({Kind::kUnhold, held});
  }

  void add_scripts() {
    each(ReasonKind::kNoUpgradePath, [&](const Fact &fact) {
      add({Kind::kScript, {fact.reason.subject, fact.reason.object}});
    });
    constexpr std::size_t kMost = 3;
    each(ReasonKind::kInstalled, [&](const Fact &fact) {
      std::size_t tried = 0;
      for (PackageId id : universe_.versions(universe_.name(fact.reason.subject))) {
        if (std::find(fact.offered.begin(), fact.offered.end(), id) != fact.offered.end()) continue;
        if (tried++ == kMost) break;
        add({Kind::kScript, {fact.reason.subject, id}});
      }
    });
  }

  // The rest of the request would have nothing to work on.
  bool is_asked_about(NameId name) const {
    auto same = [&](RelationId relation) { return universe_.name(relation) == name; };
    const solve::Request &request = problem_.request;
    return std::any_of(request.uninstall.begin(), request.uninstall.end(), same) ||
           std::any_of(request.upgrade.begin(), request.upgrade.end(), same);
  }

  // What stands in the way.
  void uninstall() {
    auto consider = [&](PackageId id) {
      if (id.is_none() || !problem_.is_installed(id) || going_.count(id) != 0) return;
      std::vector<PackageId> all;
      for (const solve::Removal &removal : solve::cascade(problem_, {id})) {
        if (is_asked_about(universe_.name(removal.package))) return;
        all.push_back(removal.package);
      }
      add({Kind::kUninstall, std::move(all)});
    };
    for (ReasonKind kind :
         {ReasonKind::kConflicts, ReasonKind::kClassClash, ReasonKind::kNoUpgradePath,
          ReasonKind::kHeld, ReasonKind::kDepends, ReasonKind::kInstalled}) {
      each(kind, [&](const Fact &fact) {
        consider(fact.reason.subject);
        if (kind != ReasonKind::kNoUpgradePath) consider(fact.reason.object);
      });
    }
  }

  // ---------- of the request ----------

  void ask_for_other_versions() {
    constexpr std::size_t kMost = 4;
    std::size_t tried = 0;
    each(ReasonKind::kRequested, [&](const Fact &fact) {
      for (RelationId relation :
           universe_.alternatives(problem_.request.install[fact.reason.number])) {
        // Two wishes for one name: it is one of them that is too much.  And of
        // what is installed, another version was asked for with good reason.
        if (count_wishes_for(universe_.name(relation)) > 1) continue;
        if (problem_.installed_of(universe_.name(relation)) != nullptr) continue;
        for (PackageId id : universe_.versions(universe_.name(relation))) {
          if (std::find(fact.offered.begin(), fact.offered.end(), id) != fact.offered.end()) {
            continue;
          }
          if (tried++ == kMost) return;
          add({Kind::kAskFor, {id}, fact.reason.number});
        }
      }
    });
  }

  std::size_t count_wishes_for(NameId name) const {
    std::size_t count = 0;
    for (DependencyId part : problem_.request.install) {
      support::Span<RelationId> alternatives = universe_.alternatives(part);
      count += std::any_of(alternatives.begin(), alternatives.end(),
                           [&](RelationId id) { return universe_.name(id) == name; })
                   ? 1
                   : 0;
    }
    return count;
  }

  void ask_for_less() {
    const solve::Request &request = problem_.request;
    if (request.install.size() > 1 || request.upgrade_all || !request.upgrade.empty()) {
      each(ReasonKind::kRequested, [&](const Fact &fact) {
        add({Kind::kLeaveOut, {}, fact.reason.number});
      });
    }
    if (request.install.empty()) return;
    // Itself, or what takes it with it.
    each(ReasonKind::kUninstalled, [&](const Fact &fact) {
      for (RelationId relation : request.uninstall) {
        const Installed *going = problem_.installed_of(universe_.name(relation));
        if (going == nullptr) continue;
        if (request.cascade || going->package == fact.reason.subject) {
          add({Kind::kKeep, {going->package}});
        }
      }
    });
  }

  // ---------- of the control path ----------

  // None: it is not there.  The other: whether it may change at all.
  bool may_come(NameId name, PackageId *installed_version) const {
    const Installed *installed = problem_.installed_of(name);
    *installed_version = installed == nullptr ? PackageId::none() : installed->package;
    return installed == nullptr || (!installed->held && going_.count(installed->package) == 0);
  }

  bool exists(NameId name, std::string_view version) const {
    support::Span<PackageId> versions = universe_.versions(name);
    return std::any_of(versions.begin(), versions.end(), [&](PackageId id) {
      return version::compare(universe_.version(id), version) == 0;
    });
  }

  // A version that does not exist and meets a relation; empty: there is none.
  std::string version_for(RelationId relation) const {
    NameId name = universe_.name(relation);
    std::vector<std::string> tries;
    support::Span<universe::Constraint> constraints = universe_.constraints(relation);
    constexpr std::size_t kMost = 60;
    // What says which versions, before what says which ones not.
    for (bool exclusion : {false, true}) {
      for (const universe::Constraint &constraint : constraints) {
        if ((constraint.op == version::Operator::kNotEqual) != exclusion) continue;
        if (tries.size() >= kMost) break;
        const std::string bound(universe_.text(constraint.version));
        for (const std::string &text : {bound, successor(bound), bound + "~"}) {
          tries.push_back(text);
        }
      }
    }
    if (constraints.empty()) {
      support::Span<PackageId> versions = universe_.versions(name);
      tries.push_back(versions.empty() ? "1.0" : successor(universe_.version(versions[0])));
    }
    for (const std::string &text : tries) {
      if (universe_.satisfies(text, relation) && !exists(name, text)) return text;
    }
    return {};
  }

  // What nothing meets, of a name, for whichever of the reasons.
  std::vector<RelationId> missing(const std::vector<Fact> &facts) const {
    std::vector<RelationId> relations;
    for (const Fact &fact : facts) {
      if (!fact.offered.empty()) continue;
      if (fact.reason.kind == ReasonKind::kUpgradeWanted) {
        relations.push_back(problem_.request.upgrade[fact.reason.number]);
        continue;
      }
      DependencyId dependency;
      if (fact.reason.kind == ReasonKind::kRequested) {
        dependency = problem_.request.install[fact.reason.number];
      } else if (fact.reason.kind == ReasonKind::kDepends) {
        dependency = universe_.depends(fact.reason.subject)[fact.reason.number];
      } else {
        continue;
      }
      for (RelationId relation : universe_.alternatives(dependency)) relations.push_back(relation);
    }
    return relations;
  }

  void provide_what_is_missing() {
    constexpr std::size_t kMost = 6;
    std::vector<RelationId> everywhere;
    for (const Contradiction &reason : reasons_) {
      std::vector<RelationId> more = missing(reason.facts);
      everywhere.insert(everywhere.end(), more.begin(), more.end());
    }
    std::vector<RelationId> here = missing(core_);
    if (here.size() > kMost) here.resize(kMost);
    for (RelationId relation : here) {
      // One package for all who want it, if there can be one.
      std::vector<RelationId> wanted{relation};
      for (RelationId other : everywhere) {
        if (universe_.name(other) == universe_.name(relation)) wanted.push_back(other);
      }
      RelationId chosen = relation;
      for (RelationId other : wanted) {
        const std::string text = version_for(other);
        bool meets_all = !text.empty() && std::all_of(wanted.begin(), wanted.end(), [&](auto id) {
          return universe_.satisfies(text, id);
        });
        if (!meets_all) continue;
        chosen = other;
        break;
      }
      provide(Kind::kProvide, chosen, version_for(chosen), {ReasonKind::kBound, {}, {}, 0});
    }
  }

  void provide(Kind kind, RelationId relation, const std::string &version, const Reason &without) {
    NameId name = universe_.name(relation);
    if (version.empty()) return;
    Remedy remedy{kind};
    remedy.name = name;
    remedy.version = version;
    remedy.relation = relation;
    remedy.without_what = without;
    if (may_come(name, &remedy.script_from)) add(std::move(remedy));
  }

  // Of what excludes each other, or needs what excludes each other, another
  // version that does not.
  void provide_another_version() {
    // No more than will be tried; a story of so many versions has no short remedy.
    constexpr int kMost = 100;
    int considered = 0;
    auto consider = [&](PackageId id, const Reason &without) {
      if (considered++ >= kMost) return;
      NameId name = universe_.name(id);
      Remedy remedy{Kind::kAnother};
      remedy.name = name;
      remedy.without_what = without;
      remedy.like = id;
      if (!may_come(name, &remedy.script_from)) return;
      out_of_reach(remedy);
      remedy.relation = RelationId::none();
      remedy.version = successor(universe_.version(universe_.versions(name)[0]));
      add(remedy);
      for (RelationId relation : relations_upon(name)) {
        remedy.version = version_for(relation);
        if (!remedy.version.empty()) add(remedy);
      }
    };
    for (const Fact &fact : core_) {
      if (considered >= kMost) return;
      const Reason &reason = fact.reason;
      if (reason.kind == ReasonKind::kDepends && fact.offered.empty()) {
        consider(reason.subject, reason);
      } else if (reason.kind == ReasonKind::kConflicts || reason.kind == ReasonKind::kClassClash) {
        consider(reason.subject, reason);
        consider(reason.object, reason);
      } else if (reason.kind == ReasonKind::kOneVersion ||
                 reason.kind == ReasonKind::kNoUpgradePath || reason.kind == ReasonKind::kHeld) {
        for (const Fact &need : core_) {
          if (need.reason.kind != ReasonKind::kDepends) continue;
          bool about = std::any_of(need.offered.begin(), need.offered.end(), [&](PackageId id) {
            return universe_.name(id) == universe_.name(reason.subject);
          });
          if (about) consider(need.reason.subject, need.reason);
        }
      }
    }
  }

  // A version that the conflict of another one does not reach.
  void out_of_reach(Remedy &remedy) {
    const Reason &reason = remedy.without_what;
    if (reason.kind != ReasonKind::kConflicts || universe_.name(reason.object) != remedy.name) {
      return;
    }
    RelationId relation = universe_.conflicts(reason.subject)[reason.number];
    support::Span<universe::Constraint> constraints = universe_.constraints(relation);
    if (universe_.name(relation) != remedy.name || constraints.size() != 1) return;
    const std::string bound(universe_.text(constraints[0].version));
    for (const std::string &text : {bound, successor(bound), bound + "~"}) {
      if (universe_.satisfies(text, relation) || exists(remedy.name, text)) continue;
      remedy.version = text;
      remedy.relation = relation;
      add(remedy);
      return;
    }
  }

  std::vector<RelationId> relations_upon(NameId name) const {
    std::vector<RelationId> relations;
    auto look = [&](DependencyId dependency) {
      for (RelationId relation : universe_.alternatives(dependency)) {
        if (universe_.name(relation) == name && !universe_.constraints(relation).empty()) {
          relations.push_back(relation);
        }
      }
    };
    each(ReasonKind::kDepends, [&](const Fact &fact) {
      look(universe_.depends(fact.reason.subject)[fact.reason.number]);
    });
    each(ReasonKind::kRequested,
         [&](const Fact &fact) { look(problem_.request.install[fact.reason.number]); });
    constexpr std::size_t kMost = 3;
    if (relations.size() > kMost) relations.resize(kMost);
    return relations;
  }

  void correct() {
    each(ReasonKind::kDepends, [&](const Fact &fact) {
      if (!fact.offered.empty()) return;
      support::Span<RelationId> alternatives =
          universe_.alternatives(universe_.depends(fact.reason.subject)[fact.reason.number]);
      if (std::none_of(alternatives.begin(), alternatives.end(),
                       [&](RelationId id) { return contradicts_itself(universe_, id); })) {
        return;
      }
      Remedy remedy{Kind::kCorrect, {fact.reason.subject}};
      remedy.part = fact.reason.number;
      remedy.without_what = fact.reason;
      add(std::move(remedy));
    });
  }

  void cut_cycles() {
    constexpr std::size_t kMost = 8;
    each(ReasonKind::kCycle, [&](const Fact &fact) {
      const auto &members = cycles_[fact.reason.number].members;
      for (std::size_t i = 0; i < members.size() && i < kMost; ++i) {
        Remedy remedy{Kind::kCutCycle, {members[i].package}};
        remedy.part = static_cast<std::uint32_t>(members[i].dependency);
        remedy.without_what = {ReasonKind::kDepends, members[i].package, PackageId::none(),
                               remedy.part};
        add(std::move(remedy));
      }
    });
  }

  const Problem &problem_;
  const Universe &universe_;
  const std::vector<Contradiction> &reasons_;
  const std::vector<Fact> &core_;
  const std::vector<solve::Cycle> &cycles_;
  std::unordered_set<PackageId> going_;
  std::vector<Remedy> found_;
};

}  // namespace

std::vector<Remedy> candidates(const Problem &problem, const std::vector<Contradiction> &reasons,
                               std::size_t which) {
  return Finder(problem, reasons, which).run();
}

}  // namespace extman::explain
