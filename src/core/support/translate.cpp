#include "support/translate.h"

namespace extman::support {

namespace {

Translator translator = nullptr;

constexpr std::size_t kMostValues = 32;

// Where the placeholder behind a "%" ends, and which value it stands for.
struct Placeholder {
  const char *end;    // nullptr: it is none
  std::size_t index;  // from 0
};

Placeholder read_placeholder(const char *at, std::size_t next) {
  if (*at == 's') return {at + 1, next};
  std::size_t number = 0;
  for (; *at >= '0' && *at <= '9'; ++at) {
    number = number * 10 + static_cast<std::size_t>(*at - '0');
    if (number > kMostValues) return {nullptr, 0};
  }
  if (number == 0 || at[0] != '$' || at[1] != 's') return {nullptr, 0};
  return {at + 2, number - 1};
}

// False: there are placeholders without a value, or values without a placeholder.
bool fill(const char *text, std::initializer_list<std::string_view> values, bool all,
          std::string &filled) {
  bool used[kMostValues] = {};
  std::size_t next = 0;
  filled.clear();
  for (const char *at = text; *at != '\0';) {
    if (*at != '%') {
      filled += *at++;
      continue;
    }
    if (at[1] == '%') {
      filled += '%';
      at += 2;
      continue;
    }
    const Placeholder found = read_placeholder(at + 1, next);
    if (found.end == nullptr || found.index >= values.size()) return false;
    if (at[1] == 's') ++next;
    used[found.index] = true;
    filled += values.begin()[found.index];
    at = found.end;
  }
  for (std::size_t i = 0; all && i < values.size(); ++i) {
    if (!used[i]) return false;
  }
  return true;
}

std::string filled_text(const char *text, const char *plural, unsigned long count,
                        std::initializer_list<std::string_view> values) {
  const bool is_one = plural == nullptr || count == 1;
  const char *const english = is_one ? text : plural;
  std::string filled;
  // To gettext, the empty text is the name of its header.
  if (translator != nullptr && *text != '\0') {
    const char *const translated = translator(text, plural, count);
    if (translated != nullptr && fill(translated, values, plural == nullptr, filled)) return filled;
  }
  fill(english, values, false, filled);
  return filled;
}

}  // namespace

void set_translator(Translator new_translator) noexcept { translator = new_translator; }

std::string translate(const char *text, std::initializer_list<std::string_view> values) {
  return filled_text(text, nullptr, 1, values);
}

std::string translate(const char *one, const char *many, std::size_t count,
                      std::initializer_list<std::string_view> values) {
  return filled_text(one, many, count, values);
}

}  // namespace extman::support
