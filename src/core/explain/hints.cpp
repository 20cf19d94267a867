#include "explain/hints.h"

#include "explain/words.h"

#include <algorithm>

namespace extman::explain {

using solve::Fact;
using solve::Problem;
using solve::Reason;
using solve::ReasonKind;
using universe::NameId;
using universe::PackageId;
using universe::RelationId;
using universe::Universe;

namespace {

class Adviser {
 public:
  Adviser(const Problem &problem, const std::vector<Fact> &core)
      : problem_(problem), universe_(problem.universe), core_(core) {}

  std::string run() const {
    if (const Fact *fact = find([](const Fact &f) { return f.reason.kind == ReasonKind::kHeld; })) {
      return "Release the hold: SELECT pg_extension_unhold('" + name_of(fact->reason.subject) +
             "').";
    }
    if (std::string text = needed_by_installed(); !text.empty()) return text;
    if (std::string text = nothing_available(); !text.empty()) return text;
    if (std::string text = conflict_with_installed(); !text.empty()) return text;
    if (std::string text = missing_upgrade(); !text.empty()) return text;
    if (find([](const Fact &f) { return f.reason.kind == ReasonKind::kCycle; }) != nullptr) {
      return "Remove one of these dependencies from its control file.";
    }
    if (find([](const Fact &f) { return f.reason.kind == ReasonKind::kUninstalled; }) != nullptr) {
      return "Ask for one of them, not for both.";
    }
    if (problem_.request.install.size() > 1) return "Ask for fewer packages at once.";
    return another_version();
  }

 private:
  template <class Test>
  const Fact *find(Test test) const {
    auto found = std::find_if(core_.begin(), core_.end(), test);
    return found == core_.end() ? nullptr : &*found;
  }

  std::string name_of(PackageId id) const { return universe_.describe(universe_.name(id)); }

  std::string needed_by_installed() const {
    if (!problem_.request.only_uninstalls()) return {};
    std::vector<std::string> names;
    for (const Fact &fact : core_) {
      const Reason &reason = fact.reason;
      if (reason.kind != ReasonKind::kDepends || !problem_.is_installed(reason.subject)) continue;
      if (std::find(names.begin(), names.end(), name_of(reason.subject)) == names.end()) {
        names.push_back(name_of(reason.subject));
      }
    }
    if (names.empty()) return {};
    return "Uninstall " + join(names) + " as well, or use cascade to uninstall whatever needs it.";
  }

  std::string nothing_available() const {
    const Fact *fact = find([](const Fact &f) {
      return f.offered.empty() &&
             (f.reason.kind == ReasonKind::kDepends || f.reason.kind == ReasonKind::kRequested ||
              f.reason.kind == ReasonKind::kUpgradeWanted);
    });
    if (fact == nullptr) return {};
    RelationId relation = wanted(fact->reason);
    const std::string name = universe_.describe(universe_.name(relation));
    std::string text = "Put " + what_would_do(relation) + " on the control path";
    if (fact->reason.kind == ReasonKind::kDepends) {
      if (is_requested(fact->reason.subject) && !universe_.constraints(relation).empty()) {
        text += ", or ask for an older " + name_of(fact->reason.subject);
      }
    }
    text += ".";
    if (!universe_.is_known(universe_.name(relation))) {
      std::string meant = perhaps_you_meant(universe_.nearest_names(name));
      if (!meant.empty()) text += " " + meant;
    }
    return text;
  }

  RelationId wanted(const Reason &reason) const {
    switch (reason.kind) {
      case ReasonKind::kRequested:
        return universe_.alternatives(problem_.request.install[reason.number]).front();
      case ReasonKind::kUpgradeWanted:
        return problem_.request.upgrade[reason.number];
      default:
        return universe_.alternatives(universe_.depends(reason.subject)[reason.number]).front();
    }
  }

  // "bar 1.1 or later", "a version of bar that is >= 1 and < 2".
  std::string what_would_do(RelationId id) const {
    const std::string name = universe_.describe(universe_.name(id));
    support::Span<universe::Constraint> constraints = universe_.constraints(id);
    if (constraints.empty()) {
      return universe_.is_known(universe_.name(id)) ? name
                                                    : "a package that has or provides " + name;
    }
    if (constraints.size() == 1) {
      const std::string version(universe_.text(constraints[0].version));
      switch (constraints[0].op) {
        case version::Operator::kGreaterEqual:
          return name + " " + version + " or later";
        case version::Operator::kLessEqual:
          return name + " " + version + " or earlier";
        case version::Operator::kGreater:
          return "a version of " + name + " later than " + version;
        case version::Operator::kLess:
          return "a version of " + name + " before " + version;
        case version::Operator::kEqual:
          return name + " " + version;
        case version::Operator::kNotEqual:
          return "a version of " + name + " other than " + version;
      }
    }
    std::vector<std::string> parts;
    for (const universe::Constraint &constraint : constraints) {
      parts.push_back(std::string(version::to_string(constraint.op)) + " " +
                      std::string(universe_.text(constraint.version)));
    }
    constexpr std::size_t kLongest = 100;
    return "a version of " + name + " that is " + shorten(join(parts), kLongest);
  }

  bool is_requested(PackageId id) const {
    for (universe::DependencyId part : problem_.request.install) {
      for (RelationId relation : universe_.alternatives(part)) {
        if (universe_.name(relation) == universe_.name(id)) return true;
      }
    }
    return false;
  }

  std::string conflict_with_installed() const {
    for (const Fact &fact : core_) {
      ReasonKind kind = fact.reason.kind;
      if (kind != ReasonKind::kConflicts && kind != ReasonKind::kClassClash) continue;
      for (PackageId id : {fact.reason.object, fact.reason.subject}) {
        if (problem_.is_installed(id)) return "Uninstall " + name_of(id) + " first.";
      }
    }
    return {};
  }

  // Of those that exclude each other, or that need what excludes each other.
  std::string another_version() const {
    std::vector<std::string> names;
    auto add = [&](PackageId id) {
      if (std::find(names.begin(), names.end(), name_of(id)) == names.end()) {
        names.push_back(name_of(id));
      }
    };
    for (const Fact &fact : core_) {
      if (fact.reason.kind == ReasonKind::kConflicts ||
          fact.reason.kind == ReasonKind::kClassClash) {
        add(fact.reason.subject);
        add(fact.reason.object);
      } else if (fact.reason.kind == ReasonKind::kOneVersion) {
        for (const Fact &need : core_) {
          if (need.reason.kind != ReasonKind::kDepends) continue;
          for (PackageId id : need.offered) {
            if (id == fact.reason.subject || id == fact.reason.object) add(need.reason.subject);
          }
        }
      }
    }
    if (names.empty()) return {};
    return "It takes another version of " + join(names, "or") + " on the control path.";
  }

  std::string missing_upgrade() const {
    const Fact *fact =
        find([](const Fact &f) { return f.reason.kind == ReasonKind::kNoUpgradePath; });
    if (fact == nullptr) return {};
    const std::string &name = name_of(fact->reason.subject);
    return "Add upgrade--" + std::string(universe_.version(fact->reason.subject)) + "--" +
           std::string(universe_.version(fact->reason.object)) + ".sql to a folder of " + name +
           ", or uninstall " + name + " first.";
  }

  const Problem &problem_;
  const Universe &universe_;
  const std::vector<Fact> &core_;
};

}  // namespace

std::string suggest(const Problem &problem, const std::vector<Fact> &core) {
  return Adviser(problem, core).run();
}

std::string perhaps_you_meant(const std::vector<std::string> &names) {
  if (names.empty()) return {};
  std::vector<std::string> quoted;
  for (const std::string &name : names) quoted.push_back("\"" + name + "\"");
  return "Perhaps you meant " + join(quoted, "or") + ".";
}

}  // namespace extman::explain
