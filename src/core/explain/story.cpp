#include "explain/story.h"

#include <string_view>

namespace extman::explain {

namespace {

// Of a longer story only so much: it begins with what was asked for, and ends
// with what cannot be.
constexpr std::size_t kFirstSentences = 24;
constexpr std::size_t kLastSentences = 16;

constexpr std::string_view kEvery = "every version of ";

}  // namespace

std::size_t Story::say(std::string sentence) {
  sentences_.push_back({std::move(sentence), 0});
  return sentences_.size() - 1;
}

std::string Story::number_of(std::size_t place) {
  // In the order in which they are called for: hardly ever more than two.
  if (sentences_[place].number == 0) sentences_[place].number = ++numbers_;
  return "(" + std::to_string(sentences_[place].number) + ")";
}

std::string Story::text() const {
  std::string text;
  for (std::size_t i = 0; i < sentences_.size(); ++i) {
    if (!text.empty()) text += "\n";
    if (i == kFirstSentences && sentences_.size() > kFirstSentences + kLastSentences) {
      std::size_t left_out = sentences_.size() - kFirstSentences - kLastSentences;
      text += "(" + std::to_string(left_out) + " sentences are left out here.)\n";
      i += left_out;
    }
    const Sentence &sentence = sentences_[i];
    if (sentence.number != 0) text += "(" + std::to_string(sentence.number) + ") ";
    std::size_t start = text.size();
    text += sentence.text + ".";
    // Names stay as they are.
    if (text.compare(start, kEvery.size(), kEvery) == 0) text[start] = 'E';
  }
  return text;
}

}  // namespace extman::explain
