// Problems in the words of Debian's Packages files.
#pragma once

#include "debian/catalog.h"
#include "problem/problem.h"

#include <string>
#include <vector>

namespace extman::bench {

// "a (>= 1) | b, c".  Throws std::logic_error for what Debian has no words for: two
// constraints on one name, and "!=".
std::string debian_text(const std::vector<control::Alternatives> &relations);

// A stanza of a Packages file.
std::string stanza_text(const control::ControlFile &package);

// What Debian Policy makes of its text.
Entry entry_of(const control::ControlFile &package);

}  // namespace extman::bench
