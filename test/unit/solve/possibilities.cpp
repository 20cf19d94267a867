#include "solve/possibilities.h"

#include "version/version.h"

#include <algorithm>
#include <map>
#include <set>

namespace extman::test {

namespace {

bool meets(const control::ControlFile &package, const control::Relation &relation) {
  if (package.name == relation.name && version::satisfies(*package.version, relation.constraints)) {
    return true;
  }
  return std::any_of(package.provides.begin(), package.provides.end(), [&](const auto &provision) {
    if (provision.name != relation.name) return false;
    return relation.constraints.empty() ||
           (provision.version && version::satisfies(*provision.version, relation.constraints));
  });
}

bool share_a_class(const control::ControlFile &a, const control::ControlFile &b) {
  return std::any_of(a.classes.begin(), a.classes.end(), [&](const std::string &name) {
    return std::count(b.classes.begin(), b.classes.end(), name) != 0;
  });
}

bool conflict(const control::ControlFile &a, const control::ControlFile &b) {
  auto hits = [](const control::ControlFile &declarer, const control::ControlFile &other) {
    return std::any_of(declarer.conflicts.begin(), declarer.conflicts.end(),
                       [&](const auto &relation) { return meets(other, relation); });
  };
  return hits(a, b) || hits(b, a) || share_a_class(a, b);
}

}  // namespace

Possibilities::Possibilities(const Problem &problem) : problem_(problem) {
  for (std::size_t i = 0; i < problem.installed.size(); ++i) {
    installed_ |= bit(problem.installed[i]);
    if (problem.held[i] != 0) held_ |= bit(problem.installed[i]);
  }
  group_by_name();
  find_relations();
  find_gone();
  find_choices();
  if ((gone_ & held_) == 0) enumerate(0, 0);  // what is held stays
}

bool Possibilities::only_uninstalls() const {
  const plan::Question &question = problem_.question;
  return !question.uninstall.empty() && question.install.empty() && question.upgrade.empty() &&
         !question.upgrade_all;
}

bool Possibilities::is_newer(std::size_t a, std::size_t b) const {
  return version::compare(*package(a).version, *package(b).version) > 0;
}

// ---------- relations ----------

void Possibilities::group_by_name() {
  std::map<std::string, std::vector<std::size_t>> by_name;
  for (std::size_t i = 0; i < problem_.packages.size(); ++i) by_name[package(i).name].push_back(i);
  for (auto &[name, packages] : by_name) {
    std::sort(packages.begin(), packages.end(), [&](auto a, auto b) { return is_newer(a, b); });
    names_.push_back(packages);
  }
}

Mask Possibilities::meeting(const control::Alternatives &part) const {
  Mask mask = 0;
  for (std::size_t i = 0; i < problem_.packages.size(); ++i) {
    for (const control::Relation &relation : part) {
      if (meets(package(i), relation)) mask |= bit(i);
    }
  }
  return mask;
}

// From left to right; of each, that very name first; then by name, newest first.
std::vector<std::size_t> Possibilities::candidates(const control::Alternatives &part) const {
  std::vector<std::size_t> list;
  for (const control::Relation &relation : part) {
    for (const bool by_its_name : {true, false}) {
      for (const auto &versions : names_) {
        if ((package(versions.front()).name == relation.name) != by_its_name) continue;
        for (std::size_t i : versions) {
          if (meets(package(i), relation) && std::count(list.begin(), list.end(), i) == 0) {
            list.push_back(i);
          }
        }
      }
    }
  }
  return list;
}

void Possibilities::find_relations() {
  const std::size_t count = problem_.packages.size();
  depends_.resize(count);
  conflicts_.resize(count, 0);
  for (std::size_t i = 0; i < count; ++i) {
    for (const auto &part : package(i).depends) depends_[i].push_back(meeting(part));
    for (std::size_t j = 0; j < count; ++j) {
      if (i != j && conflict(package(i), package(j))) conflicts_[i] |= bit(j);
    }
  }
  for (const auto &part : problem_.question.install) install_.push_back(meeting(part));
}

// ---------- what goes ----------

// Whether these installed packages lack nothing that they had.
bool Possibilities::stays_together(Mask there) const {
  for (std::size_t i : problem_.installed) {
    if ((there & bit(i)) == 0) continue;
    for (Mask met_by : depends_[i]) {
      if ((met_by & installed_) != 0 && (met_by & there) == 0) return false;
    }
  }
  return true;
}

// With cascade the fewest that can go with those that are named, so that the rest
// stays together.
void Possibilities::find_gone() {
  std::set<std::string> named;
  for (const auto &part : problem_.question.uninstall) named.insert(part.front().name);
  for (std::size_t i : problem_.installed) {
    if (named.count(package(i).name) != 0) gone_ |= bit(i);
  }
  if (!problem_.question.cascade) return;
  auto count = [](Mask mask) { return __builtin_popcount(mask); };
  Mask best = installed_;
  for (Mask going = installed_;; going = (going - 1) & installed_) {  // every subset
    const bool is_possible = (going & gone_) == gone_ && stays_together(installed_ & ~going);
    if (is_possible && count(going) < count(best)) best = going;
    if (going == 0) break;
  }
  gone_ = best;
}

// ---------- what could be there ----------

bool Possibilities::is_reachable(const control::ControlFile &from,
                                 const control::ControlFile &to) const {
  std::vector<std::string> known{*from.version};
  for (std::size_t head = 0; head < known.size(); ++head) {
    if (version::compare(known[head], *to.version) == 0) return true;
    for (const auto &upgrade : problem_.upgrades) {
      if (upgrade.name == from.name && version::compare(upgrade.from, known[head]) == 0 &&
          std::find(known.begin(), known.end(), upgrade.to) == known.end()) {
        known.push_back(upgrade.to);
      }
    }
  }
  return false;
}

void Possibilities::find_choices() {
  for (const auto &versions : names_) {
    std::vector<Mask> choices;
    const auto old = std::find_if(versions.begin(), versions.end(),
                                  [&](auto i) { return (installed_ & bit(i)) != 0; });
    if (old == versions.end()) {
      choices.push_back(0);
    } else if ((gone_ & bit(*old)) != 0) {
      choices.push_back(0);
    } else {
      choices.push_back(bit(*old));
    }
    for (std::size_t i : versions) {
      if (only_uninstalls() || choices.front() == bit(i)) continue;
      if (old != versions.end()) {
        if (((gone_ | held_) & bit(*old)) != 0 || !is_reachable(package(*old), package(i)))
          continue;
      }
      choices.push_back(bit(i));
    }
    choices_.push_back(choices);
  }
}

void Possibilities::enumerate(std::size_t name, Mask selection) {
  if (name == choices_.size()) {
    bool only_order_fails = false;
    if (relations_hold(selection, &only_order_fails)) solutions_.push_back(selection);
    unordered_ |= only_order_fails;
    return;
  }
  for (Mask choice : choices_[name]) enumerate(name + 1, selection | choice);
}

bool Possibilities::relations_hold(Mask selection, bool *only_order_fails) const {
  for (Mask met_by : install_) {
    if ((met_by & selection) == 0) return false;
  }
  for (std::size_t i = 0; i < problem_.packages.size(); ++i) {
    if ((selection & bit(i)) == 0) continue;
    const bool was_there = (installed_ & bit(i)) != 0;
    // What was broken, or in conflict, before is no reason to refuse.
    for (Mask met_by : depends_[i]) {
      const bool broken_before = was_there && (met_by & installed_) == 0;
      if ((met_by & selection) == 0 && !broken_before) return false;
    }
    const Mask others = was_there ? selection & ~installed_ : selection;
    if ((conflicts_[i] & others) != 0) return false;
  }
  if (problem_.allow_cycles || has_order(selection)) return true;
  if (only_order_fails != nullptr) *only_order_fails = true;
  return false;
}

bool Possibilities::is_ready(std::size_t package, Mask there) const {
  const Mask with_itself = there | bit(package);
  return std::all_of(depends_[package].begin(), depends_[package].end(),
                     [&](Mask met_by) { return (met_by & with_itself) != 0; });
}

// New packages one after the other, each when its dependencies are met.
bool Possibilities::has_order(Mask selection) const {
  Mask there = selection & installed_;
  for (bool progress = true; progress && there != selection;) {
    progress = false;
    for (std::size_t i = 0; i < problem_.packages.size(); ++i) {
      if ((selection & ~there & bit(i)) == 0 || !is_ready(i, there)) continue;
      there |= bit(i);
      progress = true;
    }
  }
  return there == selection;
}

}  // namespace extman::test
