#include "explain/sentences.h"

#include "explain/words.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace extman::explain {

using solve::Cycle;
using solve::Fact;
using solve::Problem;
using solve::Reason;
using solve::ReasonKind;
using universe::DependencyId;
using universe::PackageId;
using universe::RelationId;
using universe::Universe;

namespace {

class Teller {
 public:
  Teller(const Problem &problem, const std::vector<Fact> &core, const std::vector<Cycle> &cycles)
      : problem_(problem),
        universe_(problem.universe),
        core_(core),
        cycles_(cycles),
        told_(core.size(), 0) {
    for (std::size_t i = 0; i < core.size(); ++i) {
      if (core[i].reason.kind != ReasonKind::kDepends) continue;
      depends_of_name_[universe_.name(core[i].reason.subject)].push_back(i);
    }
  }

  std::string run() {
    leave_to_cycles();
    for (std::size_t i = 0; i < core_.size(); ++i) {
      ReasonKind kind = core_[i].reason.kind;
      if (kind == ReasonKind::kRequested || kind == ReasonKind::kUpgradeWanted) tell_root(i);
    }
    follow();
    // Then what is there already, and what it needs.
    for (std::size_t i = 0; i < core_.size(); ++i) {
      if (core_[i].reason.kind == ReasonKind::kInstalled) introduce(core_[i].reason.subject);
    }
    follow();
    // Then what excludes what; last, what the sentences so far did not say yet.
    for (bool afterthought : {false, true}) {
      for (std::size_t i = 0; i < core_.size(); ++i) {
        if (!told_[i] && is_afterthought(core_[i].reason.kind) == afterthought) tell_rest(i);
      }
    }
    std::string text;
    for (std::size_t i = 0; i < sentences_.size(); ++i) {
      if (!text.empty()) text += "\n";
      if (i == kFirstSentences && sentences_.size() > kFirstSentences + kLastSentences) {
        std::size_t left_out = sentences_.size() - kFirstSentences - kLastSentences;
        text += "(" + std::to_string(left_out) + " sentences are left out here.)\n";
        i += left_out;
      }
      text += sentences_[i].start + join(sentences_[i].objects) + ".";
    }
    return text;
  }

 private:
  // Of a longer story only so much: it begins with what was asked for, and ends
  // with what cannot be.
  static constexpr std::size_t kFirstSentences = 60;
  static constexpr std::size_t kLastSentences = 40;

  // "foo 1.0 depends on " and what follows; objects of one start are joined.
  struct Sentence {
    std::string start;
    std::vector<std::string> objects;
    bool open;  // takes more objects
  };

  // ---------- the order of the story ----------

  static bool is_afterthought(ReasonKind kind) {
    return kind == ReasonKind::kInstalled || kind == ReasonKind::kOneVersion;
  }

  // A cycle tells the dependencies that it consists of.
  void leave_to_cycles() {
    for (const Fact &cycle : core_) {
      if (cycle.reason.kind != ReasonKind::kCycle) continue;
      for (const Cycle::Member &member : cycles_[cycle.reason.number].members) {
        for (std::size_t i = 0; i < core_.size(); ++i) {
          const Reason &reason = core_[i].reason;
          if (reason.kind == ReasonKind::kDepends && reason.subject == member.package &&
              reason.number == member.dependency) {
            told_[i] = 1;
            for (PackageId id : core_[i].offered) introduce(id);
          }
        }
      }
    }
  }

  void introduce(PackageId id) {
    if (introduced_.insert(id).second) queue_.push_back(id);
  }

  void follow() {
    for (; head_ < queue_.size(); ++head_) {
      PackageId id = queue_[head_];
      for (std::size_t i : depends_of_name_[universe_.name(id)]) {
        if (!told_[i] && core_[i].reason.subject == id) tell_depends(i);
      }
    }
  }

  void tell_root(std::size_t at) {
    told_[at] = 1;
    const Fact &fact = core_[at];
    for (PackageId id : fact.offered) introduce(id);
    if (fact.reason.kind == ReasonKind::kUpgradeWanted) {
      if (fact.offered.empty()) {
        say("The request wants " + universe_.describe(wanted_upgrade(fact)) + ", and " +
            availability(universe_, wanted_upgrade(fact)));
      }
      return;
    }
    DependencyId part = problem_.request.install[fact.reason.number];
    if (fact.offered.empty()) {
      say("The request wants " + text_of(part) + unmet(part));
    } else if (has_constraint(part) || universe_.alternatives(part).size() > 1) {
      say_also("The request wants ", text_of(part));
    }
  }

  RelationId wanted_upgrade(const Fact &fact) const {
    return problem_.request.upgrade[fact.reason.number];
  }

  bool has_constraint(DependencyId dependency) const {
    support::Span<RelationId> alternatives = universe_.alternatives(dependency);
    return std::any_of(alternatives.begin(), alternatives.end(), [this](RelationId relation) {
      return !universe_.constraints(relation).empty();
    });
  }

  // ---------- dependencies ----------

  // As the control file has it, unless that is too much to read.
  std::string text_of(DependencyId dependency) const {
    constexpr std::size_t kLongest = 400;
    return shorten(universe_.describe(dependency), kLongest);
  }

  // Of the given one, and of other versions of its package that depend on the
  // very same: "bar 1.0 and bar 1.1 depend on baz (>= 2), and …".
  void tell_depends(std::size_t at) {
    const Reason &reason = core_[at].reason;
    DependencyId dependency = dependency_of(reason);
    std::vector<std::string> subjects;
    for (std::size_t i : depends_of_name_[universe_.name(reason.subject)]) {
      const Reason &other = core_[i].reason;
      if (told_[i] || introduced_.count(other.subject) == 0 || dependency_of(other) != dependency) {
        continue;
      }
      told_[i] = 1;
      subjects.push_back(universe_.describe(other.subject));
      for (PackageId id : core_[i].offered) introduce(id);
    }
    std::reverse(subjects.begin(), subjects.end());  // oldest first
    std::string start = join(subjects) + (subjects.size() == 1 ? " depends on " : " depend on ");
    std::string tail = core_[at].offered.empty() ? unmet(dependency) : met_by(at);
    if (tail.empty() && universe_.alternatives(dependency).size() == 1) {
      say_also(start, text_of(dependency));
    } else {
      say(start + text_of(dependency) + tail);
    }
  }

  DependencyId dependency_of(const Reason &reason) const {
    return universe_.depends(reason.subject)[reason.number];
  }

  std::string unmet(DependencyId dependency) const {
    constexpr std::size_t kShown = 5;
    std::string text;
    support::Span<RelationId> alternatives = universe_.alternatives(dependency);
    for (std::size_t i = 0; i < alternatives.size() && i < kShown; ++i) {
      text += ", and " + availability(universe_, alternatives[i]);
    }
    if (alternatives.size() > kShown) text += ", and none of the others is available either";
    return text;
  }

  // Who stands in, where the name does not say so.
  std::string met_by(std::size_t at) const {
    const std::vector<PackageId> &offered = core_[at].offered;
    support::Span<RelationId> alternatives =
        universe_.alternatives(dependency_of(core_[at].reason));
    if (alternatives.size() > 1 || offered.size() > 3) return {};
    universe::NameId name = universe_.name(alternatives[0]);
    bool own_name = std::all_of(offered.begin(), offered.end(),
                                [&](PackageId id) { return universe_.name(id) == name; });
    std::size_t versions = universe_.versions(name).size();
    if (own_name && (versions == offered.size() || offered.size() > 1)) return {};
    std::vector<std::string> names;
    for (PackageId id : offered) names.push_back(universe_.describe(id));
    std::reverse(names.begin(), names.end());
    return ", which only " + join(names) + (names.size() == 1 ? " meets" : " meet");
  }

  // ---------- the rest: what excludes what ----------

  void tell_rest(std::size_t at) {
    told_[at] = 1;
    const Reason &reason = core_[at].reason;
    switch (reason.kind) {
      case ReasonKind::kConflicts:
        tell_conflict(reason);
        break;
      case ReasonKind::kClassClash:
        say(with_state(reason.subject) + " and " + with_state(reason.object) +
            " both claim the custom variable class \"" +
            universe_.describe(universe::NameId(reason.number)) + "\"");
        break;
      case ReasonKind::kCycle:
        tell_cycle(cycles_[reason.number]);
        break;
      case ReasonKind::kHeld:
        say(universe_.describe(reason.subject) + " is installed and held");
        installed_said_.insert(reason.subject);
        one_version_said_.insert(universe_.name(reason.subject));
        break;
      case ReasonKind::kInstalled:
        tell_installed(at);
        break;
      case ReasonKind::kNoUpgradePath:
        tell_no_path(at);
        break;
      case ReasonKind::kOneVersion:
        tell_one_version(reason);
        break;
      case ReasonKind::kUninstalled:
        tell_uninstalled(reason);
        break;
      case ReasonKind::kDepends:
        introduced_.insert(reason.subject);
        told_[at] = 0;
        tell_depends(at);
        break;
      case ReasonKind::kRequested:
      case ReasonKind::kUpgradeWanted:
      case ReasonKind::kNothingNew:
      case ReasonKind::kBound:
        break;
    }
  }

  // "bla 0.7 (installed)" or just "bla 0.7".
  std::string with_state(PackageId id) {
    if (!problem_.is_installed(id)) return universe_.describe(id);
    installed_said_.insert(id);
    return universe_.describe(id) + " (installed)";
  }

  void tell_conflict(const Reason &reason) {
    RelationId relation = universe_.conflicts(reason.subject)[reason.number];
    std::string text =
        with_state(reason.subject) + " conflicts with " + universe_.describe(relation);
    bool stands_in = universe_.name(reason.object) != universe_.name(relation);
    std::string other = universe_.describe(reason.object);
    if (problem_.is_installed(reason.object)) {
      text += ", and " + other + (stands_in ? ", which provides it," : "") + " is installed";
      installed_said_.insert(reason.object);
    } else if (stands_in) {
      text += ", which " + other + " provides";
    }
    say(text);
  }

  void tell_cycle(const Cycle &cycle) {
    if (cycle.members.size() == 1) {
      say(universe_.describe(cycle.members[0].package) + " depends on itself");
      return;
    }
    std::vector<std::string> links;
    for (const Cycle::Member &member : cycle.members) {
      links.push_back(universe_.describe(member.package) + " depends on " +
                      universe_.describe(universe_.depends(member.package)[member.dependency]));
    }
    say(join(links) + ": they wait for each other, so none of them can be installed first");
  }

  void tell_installed(std::size_t at) {
    PackageId id = core_[at].reason.subject;
    // That what needs it is installed goes without saying.
    if (problem_.request.only_uninstalls()) return;
    if (!installed_said_.insert(id).second) return;
    say(universe_.describe(id) + " is installed");
  }

  // "bar 1.0 is installed, and no upgrade script leads from it to 1.1 or 1.2".
  void tell_no_path(std::size_t at) {
    PackageId installed = core_[at].reason.subject;
    std::vector<std::string> versions;
    for (std::size_t i = 0; i < core_.size(); ++i) {
      const Reason &reason = core_[i].reason;
      if (reason.kind != ReasonKind::kNoUpgradePath || reason.subject != installed) continue;
      told_[i] = 1;
      versions.emplace_back(universe_.version(reason.object));
    }
    std::sort(versions.begin(), versions.end(), [](const std::string &a, const std::string &b) {
      return version::compare(a, b) < 0;
    });
    installed_said_.insert(installed);
    say(universe_.describe(installed) + " is installed, and no upgrade script leads from it to " +
        join(versions, "or"));
  }

  // Worth a sentence only where nothing else says that both are needed at once.
  void tell_one_version(const Reason &reason) {
    universe::NameId name = universe_.name(reason.subject);
    if (!one_version_said_.insert(name).second) return;
    say("Only one version of " + universe_.describe(name) + " can be installed");
  }

  void tell_uninstalled(const Reason &reason) {
    universe::NameId name = universe_.name(reason.subject);
    if (problem_.request.only_uninstalls() || !uninstalled_said_.insert(name).second) return;
    say("The request uninstalls " + universe_.describe(name));
  }

  void say(std::string sentence) { sentences_.push_back({std::move(sentence), {}, false}); }

  void say_also(const std::string &start, const std::string &object) {
    if (!sentences_.empty() && sentences_.back().open && sentences_.back().start == start) {
      sentences_.back().objects.push_back(object);
    } else {
      sentences_.push_back({start, {object}, true});
    }
  }

  const Problem &problem_;
  const Universe &universe_;
  const std::vector<Fact> &core_;
  const std::vector<Cycle> &cycles_;
  std::vector<char> told_;
  std::unordered_map<universe::NameId, std::vector<std::size_t>> depends_of_name_;  // facts
  std::vector<Sentence> sentences_;
  std::unordered_set<PackageId> introduced_;
  std::unordered_set<PackageId> installed_said_;
  std::unordered_set<universe::NameId> one_version_said_;
  std::unordered_set<universe::NameId> uninstalled_said_;
  std::vector<PackageId> queue_;
  std::size_t head_ = 0;
};

}  // namespace

std::string tell(const Problem &problem, const std::vector<Fact> &core,
                 const std::vector<Cycle> &cycles) {
  return Teller(problem, core, cycles).run();
}

}  // namespace extman::explain
