// Names, versions, relations and dependencies, interned: what many packages
// declare is stored once, and compared by its number.
#pragma once

#include "control/relation.h"
#include "support/hash_index.h"
#include "support/id.h"
#include "support/no_postgres.h"
#include "support/span.h"
#include "support/texts.h"
#include "version/version.h"

#include <string>
#include <string_view>
#include <vector>

namespace extman::universe {

using NameId = support::Id<struct NameTag>;        // of a package, a provision, a class
using VersionId = support::Id<struct VersionTag>;  // the text: 1.0 and 1.00 are two
using RelationId = support::Id<struct RelationTag>;
using DependencyId = support::Id<struct DependencyTag>;

// >= 1.1
struct Constraint {
  version::Operator op;
  VersionId version;

  friend bool operator==(Constraint a, Constraint b) {
    return a.op == b.op && a.version == b.version;
  }
};

class Relations {
 public:
  NameId intern_name(std::string_view name) { return names_.intern(name); }
  VersionId intern_version(std::string_view version) { return versions_.intern(version); }

  // bar (>= 1.1, < 2).  Names in it need not exist.
  RelationId intern(const control::Relation &relation);

  // a | b (>= 2): from left to right, the order of preference.
  DependencyId intern(const control::Alternatives &alternatives);
  DependencyId intern(support::Span<RelationId> alternatives);

  // none() when nobody ever said that name.
  NameId find_name(std::string_view name) const { return names_.find(name); }

  // Texts end in NUL, and stay where they are.
  std::string_view text(NameId id) const { return names_.text(id); }
  std::string_view text(VersionId id) const { return versions_.text(id); }

  NameId name(RelationId id) const { return relations_[id.index()].name; }
  support::Span<Constraint> constraints(RelationId id) const {
    const Relation &relation = relations_[id.index()];
    return {constraints_.data() + relation.start, relation.count};
  }
  support::Span<RelationId> alternatives(DependencyId id) const {
    const Dependency &dependency = dependencies_[id.index()];
    return {alternatives_.data() + dependency.start, dependency.count};
  }

  bool satisfies(std::string_view version, RelationId id) const;

  std::string describe(RelationId id) const;    // bar (>= 1.1)
  std::string describe(DependencyId id) const;  // bar (>= 1.1) | baz

  std::size_t name_count() const { return names_.size(); }
  std::size_t relation_count() const { return relations_.size(); }
  std::size_t dependency_count() const { return dependencies_.size(); }

  struct Mark {
    support::Texts<NameId>::Mark names;
    support::Texts<VersionId>::Mark versions;
    std::size_t relations, constraints, dependencies, alternatives;
  };
  Mark mark() const;
  // Forgets what was interned since.
  void rewind(const Mark &mark) noexcept;

 private:
  struct Relation {
    NameId name;
    std::uint32_t start;  // into constraints_
    std::uint32_t count;
  };
  struct Dependency {
    std::uint32_t start;  // into alternatives_
    std::uint32_t count;
  };

  std::uint32_t hash_of(RelationId id) const;
  std::uint32_t hash_of(DependencyId id) const;

  support::Texts<NameId> names_;
  support::Texts<VersionId> versions_;
  std::vector<Relation> relations_;
  std::vector<Constraint> constraints_;
  std::vector<Dependency> dependencies_;
  std::vector<RelationId> alternatives_;
  support::HashIndex relation_index_;
  support::HashIndex dependency_index_;
};

}  // namespace extman::universe
