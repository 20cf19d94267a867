#include "script/routine_body.h"

namespace extman::script {

namespace {

// keyword is in lower case.  Only ASCII letters fold, as the server folds
// keywords.
bool is(std::string_view word, std::string_view keyword) noexcept {
  if (word.size() != keyword.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    const char lower = (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
    if (lower != keyword[i]) return false;
  }
  return true;
}

bool is_routine(std::string_view word) noexcept {
  return is(word, "function") || is(word, "procedure");
}

}  // namespace

void RoutineBody::word(std::string_view text, bool parenthesised) noexcept {
  // Behind these is the closing parenthesis, so none is the previous word of another.
  if (parenthesised) return;
  switch (prefix_) {
    case Prefix::kNothing:
      prefix_ = is(text, "create") ? Prefix::kCreate : Prefix::kOther;
      return;
    case Prefix::kCreate:
      prefix_ = is_routine(text) ? Prefix::kRoutine
                : is(text, "or") ? Prefix::kCreateOr
                                 : Prefix::kOther;
      return;
    case Prefix::kCreateOr:
      prefix_ = is(text, "replace") ? Prefix::kCreateOrReplace : Prefix::kOther;
      return;
    case Prefix::kCreateOrReplace:
      prefix_ = is_routine(text) ? Prefix::kRoutine : Prefix::kOther;
      return;
    case Prefix::kOther:
      return;
    case Prefix::kRoutine:
      break;
  }

  const Previous previous = previous_;
  previous_ = is(text, "as") ? Previous::kLabelNext : Previous::kOther;
  if (previous == Previous::kLabelNext) return;

  if (depth_ == 0) {
    if (is(text, "begin")) {
      previous_ = Previous::kBegin;
    } else if (previous == Previous::kBegin && is(text, "atomic")) {
      depth_ = 1;
    }
  } else if (is(text, "case")) {
    ++depth_;
  } else if (is(text, "end")) {
    --depth_;
  }
}

}  // namespace extman::script
