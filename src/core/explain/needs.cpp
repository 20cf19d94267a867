#include "explain/needs.h"

#include "explain/phrases.h"
#include "explain/words.h"
#include "support/translate.h"

#include <algorithm>

namespace extman::explain {

using solve::Problem;
using solve::ReasonKind;

namespace {

constexpr std::size_t kLinksOfSentence = 4;
// Of a longer chain only the ends: nobody needs the middle to see what is wrong.
constexpr std::size_t kLongestChain = 24;
constexpr std::size_t kEndOfChain = 8;

}  // namespace

Needs::Needs(const Problem &problem, const Contradiction &reason, std::vector<char> &told,
             Story &story)
    : problem_(problem),
      universe_(problem.universe),
      core_(reason.facts),
      told_(told),
      story_(story) {
  for (std::size_t i = 0; i < core_.size(); ++i) {
    if (core_[i].reason.kind == ReasonKind::kDepends) {
      facts_of_[core_[i].reason.subject].push_back(i);
    }
  }
  find_dead();
}

// From what cannot be there back to what needs it.
void Needs::find_dead() {
  std::unordered_map<PackageId, std::vector<std::size_t>> needed_by;
  std::vector<std::size_t> open(core_.size(), 0);
  std::vector<PackageId> queue;
  auto bury = [&](PackageId id) {
    if (dead_.insert(id).second) queue.push_back(id);
  };
  for (std::size_t i = 0; i < core_.size(); ++i) {
    const Fact &fact = core_[i];
    if (fact.reason.kind == ReasonKind::kDepends) {
      open[i] = fact.offered.size();
      for (PackageId id : fact.offered) needed_by[id].push_back(i);
      if (fact.offered.empty()) bury(fact.reason.subject);
    } else if (fact.offered.empty() && fact.excluded.size() == 1) {
      bury(fact.excluded[0]);
    }
  }
  for (std::size_t head = 0; head < queue.size(); ++head) {
    for (std::size_t i : needed_by[queue[head]]) {
      if (--open[i] == 0) bury(core_[i].reason.subject);
    }
  }
}

// ---------- the order ----------

void Needs::tell(support::Span<PackageId> packages) {
  push(packages);
  run();
}

bool Needs::has_needs(support::Span<PackageId> packages) const {
  return !needs_of(packages).empty();
}

bool Needs::goes_on_from(DependencyId dependency) const {
  std::vector<Need> next = needs_of(universe_.candidates(dependency));
  return can_be_folded(dependency, next) && (next.size() == 1 || can_be_joined(next));
}

void Needs::tell_from(const std::string &start, DependencyId dependency) {
  Links links;
  extend(links, dependency);
  tell_chain(start, std::move(links), dependency);
  push(universe_.candidates(dependency));
  run();
}

void Needs::push(support::Span<PackageId> packages) {
  tasks_.push_back({{packages.begin(), packages.end()}, std::nullopt});
}

// Without recursion: a chain may be longer than a stack is deep.
void Needs::run() {
  while (!tasks_.empty()) {
    Task task = std::move(tasks_.back());
    tasks_.pop_back();
    std::vector<Need> needs = needs_of(task.packages);
    if (task.only) {
      needs.erase(std::remove_if(needs.begin(), needs.end(),
                                 [&](const Need &need) { return need.dependency != *task.only; }),
                  needs.end());
    }
    if (needs.empty()) continue;
    if (needs.size() > 1 && !can_be_joined(needs)) {
      for (auto need = needs.rbegin(); need != needs.rend(); ++need) {
        tasks_.push_back({need->packages, need->dependency});
      }
      continue;
    }
    for (const Need &need : needs) {
      for (std::size_t fact : need.facts) told_[fact] = 1;
    }
    DependencyId last = needs[0].dependency;
    Links links;
    links.push_back(std::move(needs));
    if (links[0].size() == 1) extend(links, last);
    tell_chain({}, std::move(links), DependencyId::none());
  }
}

// Not told yet, by the order of packages.
std::vector<Needs::Need> Needs::needs_of(support::Span<PackageId> packages) const {
  std::vector<Need> needs;
  std::unordered_set<PackageId> seen;
  for (PackageId id : packages) {
    auto facts = facts_of_.find(id);
    if (facts == facts_of_.end() || !seen.insert(id).second) continue;
    for (std::size_t fact : facts->second) {
      if (told_[fact] != 0) continue;
      DependencyId dependency = universe_.depends(id)[core_[fact].reason.number];
      auto same = std::find_if(needs.begin(), needs.end(), [&](const Need &need) {
        return need.dependency == dependency &&
               universe_.name(need.packages[0]) == universe_.name(id);
      });
      if (same == needs.end()) same = needs.insert(same, Need{dependency, {}, {}});
      same->facts.push_back(fact);
      same->packages.push_back(id);
    }
  }
  return needs;
}

// ---------- sentences ----------

// "foo 1.0 depends on left and right": where there is nothing to say of any.
bool Needs::can_be_joined(const std::vector<Need> &needs) const {
  return std::all_of(needs.begin(), needs.end(), [&](const Need &need) {
    return need.packages == needs[0].packages &&
           universe_.alternatives(need.dependency).size() == 1 &&
           !universe_.candidates(need.dependency).empty() &&
           met_by(universe_, need.dependency).empty();
  });
}

// "foo 1.0 depends on bar (>= 2), which depends on baz": where all that meets
// the first has that name, or is one package, and needs the second.
bool Needs::can_be_folded(DependencyId dependency, const std::vector<Need> &next) const {
  support::Span<RelationId> alternatives = universe_.alternatives(dependency);
  if (alternatives.size() != 1 || next.empty()) return false;
  support::Span<PackageId> offered = universe_.candidates(dependency);
  NameId name = universe_.name(alternatives[0]);
  bool own_name = std::all_of(offered.begin(), offered.end(),
                              [&](PackageId id) { return universe_.name(id) == name; });
  return (own_name || offered.size() == 1) &&
         std::all_of(next.begin(), next.end(),
                     [&](const Need &need) { return need.packages.size() == offered.size(); });
}

// Appends what can be folded, and marks it as told.
void Needs::extend(Links &links, DependencyId last) {
  for (;;) {
    std::vector<Need> next = needs_of(universe_.candidates(last));
    if (!goes_on_from(last)) return;
    for (const Need &need : next) {
      for (std::size_t fact : need.facts) told_[fact] = 1;
    }
    last = next[0].dependency;
    links.push_back(std::move(next));
    if (links.back().size() > 1) return;
  }
}

std::string Needs::begin(const Need &need, const std::string &what) {
  Subjects who = subjects(problem_, need.packages);
  said_installed_.insert(who.said_installed.begin(), who.said_installed.end());
  return depends_on(who, what);
}

std::string Needs::objects(const std::vector<Need> &needs) const {
  std::vector<std::string> texts;
  for (const Need &need : needs) texts.push_back(text_of(universe_, need.dependency));
  return join(texts);
}

// In the middle of a chain: ", provided only by gis 1.0".
std::string Needs::provided_by(DependencyId dependency) const {
  support::Span<PackageId> offered = universe_.candidates(dependency);
  NameId name = universe_.name(universe_.alternatives(dependency)[0]);
  if (offered.size() != 1 || universe_.name(offered[0]) == name) return {};
  // translator: behind a name; more may follow, as in: foo 1.0 depends on bar, provided
  // only by gis 1.0, which depends on baz
  return tr(", provided only by %s", universe_.describe(offered[0]));
}

// The text is the beginning of its sentence; if it is empty, the first link is.
void Needs::tell_chain(std::string text, Links links, DependencyId root) {
  std::size_t in_sentence = text.empty() ? 0 : 1;
  std::vector<PackageId> speakers;
  auto finish = [&] {
    std::size_t place = story_.say(std::move(text));
    for (PackageId id : speakers) place_of_.emplace(id, place);
    speakers.clear();
    in_sentence = 0;
  };
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (links.size() > kLongestChain && i == kEndOfChain) {
      std::size_t left_out = links.size() - 2 * kEndOfChain;
      // translator: of a long chain of dependencies; its end stands in the next sentence
      text += tr_plural(", and so on, through %s more dependency, to %s",
                        ", and so on, through %s more dependencies, to %s", left_out,
                        std::to_string(left_out),
                        subjects(problem_, links[i + left_out][0].packages).text);
      finish();
      i += left_out;
    } else if (in_sentence >= kLinksOfSentence && i + 1 < links.size()) {
      finish();
    }
    if (in_sentence > 0) {
      text += provided_by(i > 0 ? links[i - 1].back().dependency : root) +
              tr(", which depends on %s", objects(links[i]));
    } else {
      text = begin(links[i][0], objects(links[i]));
    }
    ++in_sentence;
    for (const Need &need : links[i]) {
      speakers.insert(speakers.end(), need.packages.begin(), need.packages.end());
    }
  }
  text += end_of(links.back());
  finish();
  for (auto need = links.back().rbegin(); need != links.back().rend(); ++need) {
    push(universe_.candidates(need->dependency));
  }
}

std::string Needs::end_of(const std::vector<Need> &needs) {
  if (needs.size() > 1) return {};
  DependencyId dependency = needs[0].dependency;
  if (universe_.candidates(dependency).empty()) return unmet(universe_, dependency);
  std::string dead = known_to_be_dead(dependency);
  return dead.empty() ? met_by(universe_, dependency) : dead;
}

// Of what meets it, where an earlier sentence has told that it cannot be there.
std::string Needs::known_to_be_dead(DependencyId dependency) {
  support::Span<PackageId> offered = universe_.candidates(dependency);
  std::vector<PackageId> known;
  std::vector<std::size_t> places;
  for (PackageId id : offered) {
    auto place = place_of_.find(id);
    if (place == place_of_.end() || dead_.count(id) == 0) continue;
    known.push_back(id);
    if (std::find(places.begin(), places.end(), place->second) == places.end()) {
      places.push_back(place->second);
    }
  }
  if (known.empty()) return {};
  std::sort(places.begin(), places.end());
  std::vector<std::string> numbers;
  for (std::size_t place : places) numbers.push_back(story_.number_of(place));
  // translator: clauses behind what a package depends on; last come the numbers of
  // sentences, as in: (1) and (2)
  if (known.size() < offered.size()) {
    return tr(", of which %s cannot be installed because of %s", subjects(problem_, known).text,
              join(numbers));
  }
  return universe_.alternatives(dependency).size() == 1
             ? tr(", which cannot be installed because of %s", join(numbers))
             : tr(", none of which can be installed because of %s", join(numbers));
}

}  // namespace extman::explain
