// Small pieces of English.
#pragma once

#include "support/no_postgres.h"
#include "universe/universe.h"

#include <string>
#include <vector>

namespace extman::explain {

enum class Joint { kAnd, kOr };

// "a", "a and b", "a, b and c"; or "a, b or c".
std::string join(const std::vector<std::string> &items, Joint joint = Joint::kAnd);

// What begins with a word of a sentence, not with a name, so that it begins one.
std::string capitalized(std::string text);

// At most so many bytes of a text, cut at a character, then " ...".
std::string shorten(std::string text, std::size_t length);

// The versions of a name, oldest first, as "1.0", "1.0 and 1.1"; a long list
// is cut to its ends: "1.0, 1.1 … 9.8 and 9.9" in ASCII.
std::string list_versions(const universe::Universe &universe, universe::NameId name);

// Whether no version could ever meet it: what lies above one bound and below
// another is nothing.
bool contradicts_itself(const universe::Universe &universe, universe::RelationId relation);

// "the only version of bar available is 1.0", "the versions of bar available are
// 1.0 and 1.1".
std::string available_versions(const universe::Universe &universe, universe::NameId name);

// What a relation that nothing meets runs into: "the only version of bar
// available is 1.0", "nothing provides bar".
std::string availability(const universe::Universe &universe, universe::RelationId relation);

}  // namespace extman::explain
