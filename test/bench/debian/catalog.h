// The packages of Packages files as their stanzas have them, and what Debian
// Policy says of them, chapter 7: the straightforward way, in strings and maps.
// It is what the core's answers are checked against, and shares nothing with it.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace extman::bench {

struct Wanted {
  std::string name;
  std::string op;  // empty: at any version
  std::string version;
};

struct Entry {
  std::string name;
  std::string version;
  std::vector<std::vector<Wanted>> depends;  // of each list, one
  std::vector<Wanted> conflicts;
  std::vector<Wanted> provides;  // an op of "=", or none
};

class Catalog {
 public:
  // Of packages of one name and equal versions, the first counts.
  void read(const std::string &path);
  void add(Entry entry);

  std::size_t size() const { return entries_.size(); }
  const Entry &operator[](std::size_t index) const { return entries_[index]; }
  std::string describe(std::size_t index) const;

  // Everything of that name or that provides it, and of it, what meets the relation.
  std::vector<std::size_t> candidates(const Wanted &wanted) const;
  bool meets(std::size_t index, const Wanted &wanted) const;

  static constexpr std::size_t kNone = SIZE_MAX;
  // The package of that very name and text of a version.
  std::size_t find(const std::string &name, const std::string &version) const;
  const std::vector<std::size_t> &versions(const std::string &name) const;

 private:
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_provided_name_;
};

// "a (>= 1), b | c", without the names' qualifiers; see the README on these.
std::vector<std::vector<Wanted>> read_relations_by_policy(const std::string &text);

}  // namespace extman::bench
