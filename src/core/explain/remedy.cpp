#include "explain/remedy.h"

#include "explain/words.h"
#include "support/translate.h"

#include <algorithm>

namespace extman::explain {

using solve::Installed;
using solve::Problem;
using solve::Reason;
using solve::ReasonKind;

// ---------- trying one ----------

namespace {

void apply(const Remedy &remedy, Changes &changes, std::vector<Installed> &installed,
           solve::Request &request, const Universe &universe) {
  auto is_one = [&](PackageId id) {
    return std::find(remedy.packages.begin(), remedy.packages.end(), id) != remedy.packages.end();
  };
  switch (remedy.kind) {
    case Remedy::Kind::kUnhold:
      for (Installed &entry : installed) entry.held = entry.held && !is_one(entry.package);
      break;
    case Remedy::Kind::kAskFor:
      changes.wanted.push_back(remedy.packages[0]);
      changes.waived.insert(
          key_of({ReasonKind::kRequested, PackageId::none(), PackageId::none(), remedy.part}));
      break;
    case Remedy::Kind::kLeaveOut:
      // The part keeps its number, so that others keep theirs.
      changes.waived.insert(
          key_of({ReasonKind::kRequested, PackageId::none(), PackageId::none(), remedy.part}));
      break;
    case Remedy::Kind::kKeep: {
      auto &list = request.uninstall;
      NameId name = universe.name(remedy.packages[0]);
      list.erase(std::remove_if(list.begin(), list.end(),
                                [&](RelationId id) { return universe.name(id) == name; }),
                 list.end());
      break;
    }
    case Remedy::Kind::kScript:
      changes.waived.insert(
          key_of({ReasonKind::kNoUpgradePath, remedy.packages[0], remedy.packages[1], 0}));
      break;
    case Remedy::Kind::kProvide:
    case Remedy::Kind::kAnother:
      changes.supposed.push_back({remedy.name, remedy.version, remedy.like});
      break;
    case Remedy::Kind::kUninstall:
      installed.erase(std::remove_if(installed.begin(), installed.end(),
                                     [&](const Installed &entry) { return is_one(entry.package); }),
                      installed.end());
      break;
    case Remedy::Kind::kCorrect:
    case Remedy::Kind::kCutCycle:
      changes.waived.insert(key_of(remedy.without_what));
      break;
  }
}

}  // namespace

bool works(const Problem &problem, const std::vector<Remedy> &remedies,
           const std::set<FactKey> &waived, support::Budget &budget) {
  Changes changes;
  changes.waived = waived;
  std::vector<Installed> installed = problem.installed;
  solve::Request request = problem.request;
  for (const Remedy &remedy : remedies) {
    apply(remedy, changes, installed, request, problem.universe);
  }
  // Only one version of a name can be there.
  for (std::size_t i = 0; i < changes.supposed.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (changes.supposed[i].name == changes.supposed[j].name) return false;
    }
  }
  Problem changed(problem.universe, std::move(installed), std::move(request));
  changed.allow_cycles = problem.allow_cycles;
  Theory theory(changed, changes, budget);
  return theory.has_solution();
}

// ---------- telling one ----------

namespace {

// "bar 1.1 or later", "a version of bar before 1".
std::string describe_bound(const std::string &name, version::Operator op,
                           const std::string &version, bool or_later) {
  switch (op) {
    case version::Operator::kGreaterEqual:
      return or_later ? tr("%s %s or later", name, version) : name + " " + version;
    case version::Operator::kLessEqual:
      return tr("%s %s or earlier", name, version);
    case version::Operator::kGreater:
      return tr("a version of %s later than %s", name, version);
    case version::Operator::kLess:
      return tr("a version of %s before %s", name, version);
    case version::Operator::kEqual:
      return name + " " + version;
    case version::Operator::kNotEqual:
      return tr("a version of %s other than %s", name, version);
  }
  return name;
}

// What does not meet what the given one does.
version::Operator opposite(version::Operator op) {
  switch (op) {
    case version::Operator::kGreaterEqual:
      return version::Operator::kLess;
    case version::Operator::kLessEqual:
      return version::Operator::kGreater;
    case version::Operator::kGreater:
      return version::Operator::kLessEqual;
    case version::Operator::kLess:
      return version::Operator::kGreaterEqual;
    case version::Operator::kEqual:
      return version::Operator::kNotEqual;
    case version::Operator::kNotEqual:
      return version::Operator::kEqual;
  }
  return op;
}

std::string package_with(std::size_t count, const std::string &names) {
  return tr_plural("a package that has or provides %s", "packages that have or provide %s", count,
                   names);
}

// "a version of bar that is >= 1 and < 2", and simpler ones.
std::string what_would_do(const Universe &universe, const Remedy &remedy) {
  const std::string name = universe.describe(remedy.name);
  support::Span<universe::Constraint> constraints = universe.constraints(remedy.relation);
  if (constraints.empty()) {
    return universe.is_known(remedy.name) ? name : package_with(1, name);
  }
  if (constraints.size() == 1) {
    const std::string version(universe.text(constraints[0].version));
    return describe_bound(name, constraints[0].op, version, remedy.or_later);
  }
  std::vector<std::string> parts;
  for (const universe::Constraint &constraint : constraints) {
    parts.push_back(std::string(version::to_string(constraint.op)) + " " +
                    std::string(universe.text(constraint.version)));
  }
  constexpr std::size_t kLongest = 100;
  // translator: a name, then constraints, as in: >= 1 and < 2
  return tr("a version of %s that is %s", name, shorten(join(parts), kLongest));
}

std::string without_what(const Universe &universe, const Reason &reason, NameId name) {
  constexpr std::size_t kLongest = 100;
  // translator: clauses behind: a version of bar that
  switch (reason.kind) {
    case ReasonKind::kDepends:
      return tr(
          "does not depend on %s",
          shorten(universe.describe(universe.depends(reason.subject)[reason.number]), kLongest));
    case ReasonKind::kConflicts:
      if (universe.name(reason.subject) == name) {
        return tr("does not conflict with %s",
                  universe.describe(universe.conflicts(reason.subject)[reason.number]));
      }
      return tr("does not conflict with %s", universe.describe(universe.name(reason.subject)));
    case ReasonKind::kClassClash:
      return tr("does not claim \"%s\"", universe.describe(NameId(reason.number)));
    default:
      return tr("does without that");
  }
}

// "a version of bar that does not depend on baz"; where it is enough that
// another one's conflict does not reach it, "a version of bar later than 2".
std::string describe_another(const Universe &universe, const Remedy &remedy) {
  const std::string name = universe.describe(remedy.name);
  if (!remedy.relation.is_none()) {
    const universe::Constraint bound = universe.constraints(remedy.relation)[0];
    std::string text =
        describe_bound(name, opposite(bound.op), std::string(universe.text(bound.version)), true);
    std::vector<std::string> others;
    for (const Reason &reason : remedy.nor_what) {
      others.push_back(without_what(universe, reason, remedy.name));
    }
    // translator: as in: a version of bar later than 2 that does not depend on baz
    return others.empty() ? text : tr("%s that %s", text, join(others));
  }
  std::vector<std::string> parts{without_what(universe, remedy.without_what, remedy.name)};
  for (const Reason &reason : remedy.nor_what) {
    parts.push_back(without_what(universe, reason, remedy.name));
  }
  // translator: as in: a version of bar that does not depend on baz
  return tr("a version of %s that %s", name, join(parts));
}

std::string describe_provided(const Universe &universe, const Remedy &remedy) {
  std::string text = remedy.kind == Remedy::Kind::kProvide ? what_would_do(universe, remedy)
                                                           : describe_another(universe, remedy);
  if (remedy.script_from.is_none()) return text;
  // translator: what is to be put on the control path
  return tr("%s, with an upgrade script from %s", text, universe.version(remedy.script_from)) + ",";
}

// What ends in a comma is a parenthesis, or several clauses.
std::string put_on_path(std::string what) {
  if (what.back() != ',') return tr("put %s on the control path", what);
  what.pop_back();
  return tr("put %s, on the control path", what);
}

std::string with_comma(std::string text) {
  if (text.back() != ',') text += ',';
  return text;
}

// "a, b, and c", where each is a clause; one that ends in a comma needs no other.
std::string join_clauses(const std::vector<std::string> &clauses, const std::string &separator,
                         Joint joint) {
  std::string text;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    if (i > 0) text += text.back() == ',' ? " " : separator;
    const bool is_last = i > 0 && i + 1 == clauses.size();
    if (!is_last) {
      text += clauses[i];
    } else {
      // translator: the last one of several clauses, behind a comma
      text += joint == Joint::kAnd ? tr("and %s", clauses[i]) : tr("or %s", clauses[i]);
    }
  }
  return text;
}

// "put bar 2 or later, and packages that have or provide x and y, on the control
// path".
std::string describe_many_provided(const Universe &universe, const std::vector<Remedy> &remedies,
                                   Joint joint) {
  std::vector<std::string> items, unknown;
  for (const Remedy &remedy : remedies) {
    if (remedy.kind == Remedy::Kind::kProvide && !universe.is_known(remedy.name) &&
        universe.constraints(remedy.relation).empty()) {
      unknown.push_back(universe.describe(remedy.name));
    } else {
      items.push_back(describe_provided(universe, remedy));
    }
  }
  if (!unknown.empty()) {
    const std::string names = join(unknown, joint);
    items.push_back(package_with(joint == Joint::kOr ? 1 : unknown.size(), names));
  }
  if (items.size() == 1) return put_on_path(items[0]);
  return put_on_path(with_comma(join_clauses(items, ", ", joint)));
}

// What is the server's own has its scripts in the server's own folder.
std::string describe_script(const Universe &universe, const Remedy &remedy) {
  const std::string name = universe.describe(universe.name(remedy.packages[0]));
  const bool is_plain = universe.is_plain(remedy.packages[1]);
  const std::string file = (is_plain ? name : "upgrade") + "--" +
                           std::string(universe.version(remedy.packages[0])) + "--" +
                           std::string(universe.version(remedy.packages[1])) + ".sql";
  return is_plain ? tr("add %s to the server's scripts of %s", file, name)
                  : tr("add %s to a folder of %s", file, name);
}

std::string describe_uninstall(const Universe &universe, const Remedy &remedy) {
  constexpr std::size_t kShown = 4;
  const std::string name = universe.describe(universe.name(remedy.packages[0]));
  std::vector<std::string> others;
  for (std::size_t i = 1; i < remedy.packages.size(); ++i) {
    if (others.size() == kShown && i + 1 < remedy.packages.size()) {
      const std::size_t more = remedy.packages.size() - i;
      others.push_back(tr_plural("%s more", "%s more", more, std::to_string(more)));
      break;
    }
    others.push_back(universe.describe(universe.name(remedy.packages[i])));
  }
  if (others.empty()) return tr("uninstall %s first", name);
  return tr_plural("uninstall %s first, and with it %s, which needs it",
                   "uninstall %s first, and with it %s, which need it", others.size(), name,
                   join(others));
}

}  // namespace

std::string describe(const Problem &problem, const Remedy &remedy) {
  const Universe &universe = problem.universe;
  auto name_of = [&](PackageId id) { return universe.describe(universe.name(id)); };
  switch (remedy.kind) {
    case Remedy::Kind::kUnhold: {
      std::string calls;
      for (PackageId id : remedy.packages) {
        calls += (calls.empty() ? "" : ", ") + ("pg_extension_unhold('" + name_of(id) + "')");
      }
      return tr_plural("release the hold: SELECT %s", "release the holds: SELECT %s",
                       remedy.packages.size(), calls);
    }
    case Remedy::Kind::kAskFor:
      return tr("ask for %s", name_of(remedy.packages[0]) +
                                  " (= " + std::string(universe.version(remedy.packages[0])) + ")");
    case Remedy::Kind::kLeaveOut:
      return tr("leave %s out of the request",
                universe.describe(problem.request.install[remedy.part]));
    case Remedy::Kind::kKeep:
      return tr("do not uninstall %s in the same request", name_of(remedy.packages[0]));
    case Remedy::Kind::kScript:
      return describe_script(universe, remedy);
    case Remedy::Kind::kProvide:
    case Remedy::Kind::kAnother:
      return put_on_path(describe_provided(universe, remedy));
    case Remedy::Kind::kUninstall:
      return describe_uninstall(universe, remedy);
    case Remedy::Kind::kCorrect:
      return tr("correct %s in the control file of %s",
                universe.describe(universe.depends(remedy.packages[0])[remedy.without_what.number]),
                universe.describe(remedy.packages[0]));
    case Remedy::Kind::kCutCycle:
      if (remedy.any_of_these) {
        return tr("remove one of these dependencies from its control file");
      }
      return tr("remove %s from what %s depends on",
                universe.describe(
                    universe.depends(remedy.without_what.subject)[remedy.without_what.number]),
                universe.describe(remedy.without_what.subject));
  }
  return {};
}

std::string describe(const Problem &problem, const std::vector<Remedy> &remedies, Joint joint) {
  // "put a, and b, on the control path", and not "put a on the control path, and
  // put b on the control path".
  auto is_package = [](const Remedy &remedy) {
    return remedy.kind == Remedy::Kind::kProvide || remedy.kind == Remedy::Kind::kAnother;
  };
  auto is_part = [](const Remedy &remedy) { return remedy.kind == Remedy::Kind::kLeaveOut; };
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < remedies.size();) {
    std::size_t end = i + 1;
    while (end < remedies.size() && ((is_package(remedies[i]) && is_package(remedies[end])) ||
                                     (is_part(remedies[i]) && is_part(remedies[end])))) {
      ++end;
    }
    if (end == i + 1) {
      parts.push_back(describe(problem, remedies[i]));
    } else if (is_part(remedies[i])) {
      std::vector<std::string> items;
      for (std::size_t j = i; j < end; ++j) {
        items.push_back(problem.universe.describe(problem.request.install[remedies[j].part]));
      }
      parts.push_back(tr("leave %s out of the request", join(items, joint)));
    } else {
      parts.push_back(describe_many_provided(problem.universe,
                                             {remedies.begin() + static_cast<std::ptrdiff_t>(i),
                                              remedies.begin() + static_cast<std::ptrdiff_t>(end)},
                                             joint));
    }
    i = end;
  }
  return capitalized(join_clauses(parts, parts.size() > 2 ? "; " : ", ", joint));
}

}  // namespace extman::explain
