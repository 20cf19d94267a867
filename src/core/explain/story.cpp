#include "explain/story.h"

#include "explain/phrases.h"
#include "explain/words.h"
#include "support/translate.h"

namespace extman::explain {

namespace {

// Of a longer story only so much: it begins with what was asked for, and ends
// with what cannot be.
constexpr std::size_t kFirstSentences = 24;
constexpr std::size_t kLastSentences = 16;

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
      text += tr_plural("(%s sentence is left out here.)", "(%s sentences are left out here.)",
                        left_out, std::to_string(left_out)) +
              "\n";
      i += left_out;
    }
    const Sentence &sentence = sentences_[i];
    if (sentence.number != 0) text += "(" + std::to_string(sentence.number) + ") ";
    // Names stay as they are.
    text += begins_with_every(sentence.text) ? capitalized(sentence.text) : sentence.text;
    text += ".";
  }
  return text;
}

}  // namespace extman::explain
