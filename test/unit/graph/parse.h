// A strict reader of just that part of DOT and of Mermaid that is written here: a
// label that breaks out of its quotes is no line of it.
#pragma once

#include <string>

namespace extman::test {

// What is wrong with the text; empty when nothing is.
std::string fault_of_dot(const std::string &text);
std::string fault_of_mermaid(const std::string &text);

}  // namespace extman::test
