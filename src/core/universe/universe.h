// All packages that a request can choose from.
//
// Names and relations are interned: a relation that many packages declare is
// stored once, and the packages that meet it are computed once, when they are
// first asked for.  Nothing that the universe says depends on the order in
// which packages were added, but for one thing: of two packages of a name and
// an equal version the first wins.
#pragma once

#include "control/control_file.h"
#include "support/id.h"
#include "support/no_postgres.h"
#include "support/span.h"
#include "universe/names.h"
#include "universe/upgrade_graph.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace extman::universe {

using PackageId = support::Id<struct PackageTag>;
using RelationId = support::Id<struct RelationTag>;

// bar (>= 1.1), interned.
struct Relation {
  NameId name;
  std::vector<version::Constraint> constraints;
};

// a | b (>= 2): from left to right, the order of preference.
using Dependency = std::vector<RelationId>;

// What a package stands in for; without a version, it meets only relations
// without a constraint.
struct Provision {
  NameId name;
  std::optional<std::string> version;
};

struct Package {
  NameId name;
  std::string version;
  std::vector<Dependency> depends;
  std::vector<RelationId> conflicts;
  std::vector<Provision> provides;
  std::vector<NameId> classes;  // custom variable classes that it claims
  std::uint32_t tag = 0;        // the caller's own number
};

class Universe {
 public:
  struct Added {
    PackageId id;           // none: it was shadowed
    PackageId shadowed_by;  // none: it was added
  };

  // Throws support::BadInput for a control file without a version.
  Added add(const control::ControlFile &control, std::uint32_t tag);

  // An extension without a control file of ours; requires are plain names.
  Added add_plain(std::string_view name, std::string_view version,
                  support::Span<std::string_view> requires_names, std::uint32_t tag);

  // Throws support::BadInput for what is no version.
  void add_upgrade(std::string_view name, std::string_view from, std::string_view to,
                   std::uint32_t tag);

  std::size_t size() const { return packages_.size(); }
  const Package &package(PackageId id) const { return packages_[id.index()]; }
  const Relation &relation(RelationId id) const { return relations_[id.index()].relation; }
  const Names &names() const { return names_; }
  const std::string &name_of(PackageId id) const { return names_.text(package(id).name); }

  // Interns a relation; names in it need not exist.
  RelationId intern(const control::Relation &relation);

  // Forgets the relations and names of a request when it ends, so that requests
  // leave nothing behind in a universe that is kept.  No package may be added
  // meanwhile.
  class RequestScope {
   public:
    explicit RequestScope(Universe &universe)
        : universe_(universe),
          relations_(universe.relations_.size()),
          names_(universe.names_.size()) {}
    RequestScope(const RequestScope &) = delete;
    RequestScope &operator=(const RequestScope &) = delete;
    ~RequestScope() { universe_.forget(relations_, names_); }

   private:
    Universe &universe_;
    std::size_t relations_;
    std::size_t names_;
  };

  // The packages of that very name, newest first.
  support::Span<PackageId> versions(NameId name) const;

  // The packages that provide that name, at whatever version.
  support::Span<PackageId> providers(NameId name) const;

  // The order of the lists below: by name, newest first.
  bool before(PackageId a, PackageId b) const;

  // The packages that meet a relation, in order of preference: those of that
  // very name, newest first; then what provides it, by name, newest first.
  support::Span<PackageId> candidates(RelationId relation) const;

  // The packages that claim a custom variable class, by name and version.
  support::Span<PackageId> claimants(NameId custom_class) const;

  bool meets(PackageId package, RelationId relation) const;
  bool is_known(NameId name) const;  // some package has or provides that name

  // The scripts that lead from one version of a name to another, as tags in
  // the order in which to run them; nothing when there is no way.
  std::optional<std::vector<std::uint32_t>> upgrade_path(NameId name, std::string_view from,
                                                         std::string_view to) const;
  bool has_upgrades(NameId name) const;

  // The known names most like a wrong one, nearest first; at most three.
  std::vector<std::string> nearest_names(std::string_view wrong) const;

  std::string describe(PackageId id) const;                  // bar 1.1
  std::string describe(RelationId id) const;                 // bar (>= 1.1)
  std::string describe(const Dependency &dependency) const;  // bar (>= 1.1) | baz

 private:
  struct Entry {
    Relation relation;
    mutable std::vector<PackageId> candidates;
    mutable std::size_t computed_at = SIZE_MAX;  // how many packages there were
    const std::string *text = nullptr;           // the key of relation_ids_
  };

  struct Name {
    std::vector<PackageId> versions;   // newest first
    std::vector<PackageId> providers;  // by name, newest first
    std::vector<PackageId> claimants;  // by name, newest first
    UpgradeGraph upgrades;
  };

  Added insert(Package package);
  void forget(std::size_t relations, std::size_t names) noexcept;
  Name &name_entry(NameId id);
  const Name *find_entry(NameId id) const;
  void insert_sorted(std::vector<PackageId> &list, PackageId id);

  Names names_;
  std::vector<Name> by_name_;  // indexed by NameId
  std::vector<Package> packages_;
  std::vector<Entry> relations_;
  std::unordered_map<std::string, RelationId> relation_ids_;  // by canonical text
};

}  // namespace extman::universe
