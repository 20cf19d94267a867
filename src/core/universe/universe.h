// All packages that a request can choose from.
//
// Rows and flat arrays: a package is a number, what it declares is a stretch of
// an array of numbers.  Nothing that the universe says depends on the order in
// which packages were added, but for one thing: of two packages of a name and
// an equal version the first wins.
#pragma once

#include "control/control_file.h"
#include "support/no_postgres.h"
#include "support/span.h"
#include "universe/lists.h"
#include "universe/package.h"
#include "universe/relations.h"
#include "universe/upgrade_graph.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace extman::universe {

class Universe {
 public:
  Universe() : lists_(*this) {}
  Universe(const Universe &) = delete;
  Universe &operator=(const Universe &) = delete;

  // ---------- adding ----------

  struct Added {
    PackageId id;           // none: it was shadowed
    PackageId shadowed_by;  // none: it was added
  };

  // A package whose parts were interned here.
  struct Draft {
    NameId name;
    VersionId version;
    std::vector<DependencyId> depends;
    std::vector<RelationId> conflicts;
    std::vector<Provision> provides;
    std::vector<NameId> classes;  // custom variable classes that it claims
    std::uint32_t tag = 0;        // the caller's own number
    bool plain = false;           // see is_plain()
    bool ahead = false;           // see is_ahead()
  };
  Added add(const Draft &draft);

  // Throws support::BadInput for a control file without a version.
  Added add(const control::ControlFile &control, std::uint32_t tag);

  // An extension without a control file of ours; requires are plain names.  What
  // the overlays for its version declare counts as its own.
  struct Plain {
    std::string_view name;
    std::string_view version;
    support::Span<std::string_view> requires_names;
    support::Span<const control::ControlFile *> overlays;
    bool ahead = false;  // see is_ahead()
  };
  Added add_plain(const Plain &plain, std::uint32_t tag);

  // Throws support::BadInput for what is no version.
  void add_upgrade(std::string_view name, std::string_view from, std::string_view to,
                   std::uint32_t tag);

  NameId intern_name(std::string_view name) { return relations_.intern_name(name); }
  VersionId intern_version(std::string_view text) { return relations_.intern_version(text); }
  RelationId intern(const control::Relation &relation) { return relations_.intern(relation); }
  DependencyId intern(const control::Alternatives &alternatives) {
    return relations_.intern(alternatives);
  }

  // Forgets the relations and names of a request when it ends, so that requests
  // leave nothing behind in a universe that is kept.  No package may be added
  // meanwhile.  Lists of packages that are computed meanwhile count as steps in
  // the budget.
  class RequestScope {
   public:
    explicit RequestScope(Universe &universe, support::Budget *budget = nullptr)
        : universe_(universe), mark_(universe.relations_.mark()) {
      universe_.lists_.begin_request(budget);
    }
    RequestScope(const RequestScope &) = delete;
    RequestScope &operator=(const RequestScope &) = delete;
    ~RequestScope() {
      universe_.lists_.end_request();
      universe_.relations_.rewind(mark_);
    }

   private:
    Universe &universe_;
    Relations::Mark mark_;
  };

  // ---------- packages ----------

  std::size_t size() const { return packages_.size(); }

  NameId name(PackageId id) const { return row(id).name; }
  VersionId version_id(PackageId id) const { return row(id).version; }
  std::string_view version(PackageId id) const { return relations_.text(row(id).version); }
  std::string_view name_of(PackageId id) const { return relations_.text(row(id).name); }
  std::uint32_t tag(PackageId id) const { return row(id).tag; }

  support::Span<DependencyId> depends(PackageId id) const {
    return stretch(depends_, id, &Row::depends);
  }
  support::Span<RelationId> conflicts(PackageId id) const {
    return stretch(conflicts_, id, &Row::conflicts);
  }
  support::Span<Provision> provides(PackageId id) const {
    return stretch(provides_, id, &Row::provides);
  }
  support::Span<NameId> classes(PackageId id) const { return stretch(classes_, id, &Row::classes); }

  // Newer than what its author recommends: never preferred to what is not.
  bool is_ahead(PackageId id) const {
    return !ahead_.empty() && std::binary_search(ahead_.begin(), ahead_.end(), id);
  }

  // One of the server's own, or of which nothing else is known: no package folder.
  bool is_plain(PackageId id) const { return std::binary_search(plain_.begin(), plain_.end(), id); }

  // Puts what is ahead behind the others, whose order stays.
  void prefer_recommended(std::vector<PackageId> &packages) const;

  // The number of a package's first dependency among those of all packages, and
  // whose dependency has a number.
  std::uint32_t first_dependency(PackageId id) const { return row(id).depends; }
  std::size_t dependency_total() const { return depends_.size(); }
  PackageId owner_of_dependency(std::uint32_t number) const;

  // ---------- names and relations ----------

  NameId find_name(std::string_view name) const { return relations_.find_name(name); }
  std::string_view text(NameId id) const { return relations_.text(id); }
  std::string_view text(VersionId id) const { return relations_.text(id); }
  std::size_t name_count() const { return relations_.name_count(); }

  NameId name(RelationId id) const { return relations_.name(id); }
  support::Span<Constraint> constraints(RelationId id) const { return relations_.constraints(id); }
  support::Span<RelationId> alternatives(DependencyId id) const {
    return relations_.alternatives(id);
  }
  bool satisfies(std::string_view version, RelationId id) const {
    return relations_.satisfies(version, id);
  }
  bool meets(PackageId package, RelationId relation) const;
  bool is_known(NameId name) const;  // some package has or provides that name

  // The order of the lists below: by name, newest first.
  bool before(PackageId a, PackageId b) const;

  // The packages of that very name, newest first.
  support::Span<PackageId> versions(NameId name) const;

  // The packages that provide that name, at whatever version, in their order.
  support::Span<PackageId> providers(NameId name) const { return lists_.providers(name); }

  // The packages that meet a relation, in order of preference: those of that
  // very name, newest first, but those behind that are ahead of what is
  // recommended; then what provides it, by name, newest first.
  support::Span<PackageId> candidates(RelationId id) const { return lists_.candidates(id); }

  // Those that meet one of the alternatives, from left to right, each once.
  support::Span<PackageId> candidates(DependencyId id) const { return lists_.candidates(id); }

  // The packages of other names that cannot be there together with this one,
  // since one of them conflicts with the other or both claim a class.
  support::Span<PackageId> excluded(PackageId id) const { return lists_.excluded(id); }

  // Bytes in lists of packages that were computed so far, kept until a package
  // is added.
  std::size_t list_bytes() const { return lists_.bytes(); }

  // ---------- upgrades ----------

  // The scripts that lead from one version of a name to another, as tags in
  // the order in which to run them; nothing when there is no way.
  std::optional<std::vector<std::uint32_t>> upgrade_path(NameId name, std::string_view from,
                                                         std::string_view to) const;
  bool has_upgrades(NameId name) const { return upgrades_.count(name) != 0; }

  // The other versions that scripts lead to from this package, newest first.
  std::vector<PackageId> upgrades_of(PackageId id) const;

  // ---------- words ----------

  // The known names most like a wrong one, nearest first; at most three.
  std::vector<std::string> nearest_names(std::string_view wrong) const;

  std::string describe(NameId id) const { return std::string(text(id)); }          // bar
  std::string describe(PackageId id) const;                                        // bar 1.1
  std::string describe(RelationId id) const { return relations_.describe(id); }    // bar (>= 1.1)
  std::string describe(DependencyId id) const { return relations_.describe(id); }  // a | b (>= 2)

 private:
  friend class Lists;

  struct Row {
    NameId name;
    VersionId version;
    std::uint32_t tag;
    // Where its own begin; they end where those of the next package begin.
    std::uint32_t depends;
    std::uint32_t conflicts;
    std::uint32_t provides;
    std::uint32_t classes;
  };

  // Most names have one version, which needs no list of its own.
  struct Versions {
    PackageId only;  // none: no version, or several
    std::uint32_t several = UINT32_MAX;
  };

  const Row &row(PackageId id) const { return packages_[id.index()]; }

  template <class T>
  support::Span<T> stretch(const std::vector<T> &all, PackageId id,
                           std::uint32_t Row::*start) const {
    std::size_t from = row(id).*start;
    std::size_t next = id.index() + 1;
    std::size_t to = next < packages_.size() ? packages_[next].*start : all.size();
    return {all.data() + from, to - from};
  }

  void declare(const control::ControlFile &control, Draft &draft);
  PackageId insert_version(NameId name, VersionId version, PackageId id);

  Relations relations_;
  std::vector<Row> packages_;
  std::vector<DependencyId> depends_;
  std::vector<RelationId> conflicts_;
  std::vector<Provision> provides_;
  std::vector<NameId> classes_;
  std::vector<PackageId> plain_;                       // sorted
  std::vector<PackageId> ahead_;                       // sorted; few or none
  std::vector<Versions> versions_;                     // by NameId
  std::vector<std::vector<PackageId>> many_versions_;  // newest first
  std::unordered_map<NameId, UpgradeGraph> upgrades_;
  mutable Lists lists_;
};

}  // namespace extman::universe
