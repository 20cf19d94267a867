#include "graph/sheet.h"

#include "explain/words.h"

namespace extman::graph {

using solve::Installed;

namespace {

constexpr std::size_t kLongestLine = 60;

}  // namespace

std::size_t Sheet::request(const std::string &text) {
  Node node{};
  node.kind = NodeKind::kRequest;
  node.name = text;
  graph_.nodes.push_back(std::move(node));
  return graph_.nodes.size() - 1;
}

std::size_t Sheet::choice() {
  Node node{};
  node.kind = NodeKind::kChoice;
  graph_.nodes.push_back(std::move(node));
  return graph_.nodes.size() - 1;
}

std::size_t Sheet::package(PackageId id) {
  auto [found, is_new] = packages_.emplace(id, graph_.nodes.size());
  if (!is_new) return found->second;

  Node node{};
  node.name = universe_.name_of(id);
  node.version = universe_.version(id);
  node.note = provisions_of(id);
  const Installed *installed = problem_.installed_of(universe_.name(id));
  auto change = changes_.find(id);
  if (change != changes_.end() && change->second.is_none()) {
    node.kind = NodeKind::kInstall;
  } else if (change != changes_.end()) {
    node.kind = NodeKind::kUpgrade;
    node.old_version = universe_.version(change->second);
  } else if (installed != nullptr && installed->package == id) {
    node.kind = NodeKind::kInstalled;
  } else {
    node.kind = NodeKind::kAvailable;
  }
  if (installed != nullptr && node.kind != NodeKind::kAvailable) {
    node.automatic = installed->automatic;
    node.held = installed->held;
  }
  graph_.nodes.push_back(std::move(node));
  return found->second;
}

std::size_t Sheet::lacking(NodeKind kind, RelationId relation) {
  auto [found, is_new] =
      lacking_.emplace(std::make_pair(kind, relation.index()), graph_.nodes.size());
  if (!is_new) return found->second;
  Node node{};
  node.kind = kind;
  node.name = universe_.text(universe_.name(relation));
  node.version = constraints_of(relation);
  graph_.nodes.push_back(std::move(node));
  return found->second;
}

std::size_t Sheet::absent(RelationId relation) { return lacking(NodeKind::kAbsent, relation); }

std::size_t Sheet::missing(RelationId relation) {
  const std::size_t node = lacking(NodeKind::kMissing, relation);
  graph_.nodes[node].note =
      explain::shorten(explain::availability(universe_, relation), 2 * kLongestLine);
  return node;
}

void Sheet::edge(EdgeKind kind, std::size_t from, std::size_t to, const std::string &label) {
  if (edges_.emplace(kind, from, to, label).second) graph_.edges.push_back({kind, from, to, label});
}

void Sheet::needs(EdgeKind kind, std::size_t from, RelationId relation, PackageId met_by) {
  const bool by_name = universe_.name(relation) == universe_.name(met_by);
  edge(kind, from, package(met_by),
       by_name ? constraints_of(relation) : universe_.describe(relation));
}

void Sheet::excludes(const solve::Reason &reason) {
  const std::size_t from = package(reason.subject);
  const std::size_t to = package(reason.object);
  std::string label = "only one version";
  if (reason.kind == solve::ReasonKind::kConflicts) {
    const RelationId relation = universe_.conflicts(reason.subject)[reason.number];
    label = conflict_label(relation, universe_.name(relation) != universe_.name(reason.object));
  } else if (reason.kind == solve::ReasonKind::kClassClash) {
    label = "both claim class " + universe_.describe(universe::NameId(reason.number));
  }
  graph_.nodes[from].conflicting = true;
  graph_.nodes[to].conflicting = true;
  edge(EdgeKind::kExcludes, from, to, label);
}

std::string Sheet::conflict_label(RelationId relation, bool with_name) const {
  if (with_name) return "conflicts with " + universe_.describe(relation);
  const std::string constraints = constraints_of(relation);
  return constraints.empty() ? "conflicts" : "conflicts " + constraints;
}

// "(>= 1.1)", or nothing.
std::string Sheet::constraints_of(RelationId relation) const {
  const std::string text = universe_.describe(relation);
  const std::size_t name = universe_.text(universe_.name(relation)).size();
  return text.size() > name ? text.substr(name + 1) : std::string();
}

std::string Sheet::provisions_of(PackageId id) const {
  std::string text;
  for (const universe::Provision &provision : universe_.provides(id)) {
    text += text.empty() ? "provides " : ", ";
    text += universe_.text(provision.name);
    if (provision.version.is_none()) continue;
    text += " (= ";
    text += universe_.text(provision.version);
    text += ")";
  }
  return explain::shorten(std::move(text), kLongestLine);
}

}  // namespace extman::graph
