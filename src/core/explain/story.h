// The sentences of a story, while it is told.
#pragma once

#include "support/no_postgres.h"

#include <cstddef>
#include <string>
#include <vector>

namespace extman::explain {

class Story {
 public:
  // Adds a sentence, without its full stop; returns its place.
  std::size_t say(std::string sentence);

  // How later sentences call that one: "(1)".
  std::string number_of(std::size_t place);

  std::string text() const;

 private:
  struct Sentence {
    std::string text;
    std::size_t number;  // 0: none
  };
  std::vector<Sentence> sentences_;
  std::size_t numbers_ = 0;
};

}  // namespace extman::explain
