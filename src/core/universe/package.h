// The number of a package, and what it stands in for.
#pragma once

#include "support/id.h"
#include "support/no_postgres.h"
#include "universe/relations.h"

namespace extman::universe {

using PackageId = support::Id<struct PackageTag>;

// Without a version it meets only relations without a constraint.
struct Provision {
  NameId name;
  VersionId version;  // none: without one
};

}  // namespace extman::universe
