// The texts of the core in the language of whoever reads them.
//
// Errors, explanations and findings are made of templates: each stands, in English,
// as the first argument of tr(), tr_plural() or tr_noop(), where xgettext finds it.
// A template holds "%s" for each value, or "%1$s", "%2$s" for a certain one, and "%%"
// for a percent sign.  As far as the grammar allows, a template is a whole sentence;
// clauses that others are built of are templates of their own.
//
// Who translates is told once, by set_translator(); until then all is English.  A
// translation that doesn't fit its values is passed over, and the English text taken.
#pragma once

#include "support/no_postgres.h"

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace extman {

namespace support {

// The translation of a text, or the text itself, in UTF-8; of a text with a plural,
// the form for that count.  It must neither throw nor unwind; what it returns must stay
// until the next call.
using Translator = const char *(*)(const char *text, const char *plural, unsigned long count);

// nullptr: none.
void set_translator(Translator translator) noexcept;

std::string translate(const char *text, std::initializer_list<std::string_view> values);
std::string translate(const char *one, const char *many, std::size_t count,
                      std::initializer_list<std::string_view> values);

}  // namespace support

// Marks a template that is given to tr() later.
constexpr const char *tr_noop(const char *text) { return text; }

template <class... Values>
std::string tr(const char *text, const Values &...values) {
  return support::translate(text, {std::string_view(values)...});
}

// The template for one or for many, of which that for one may leave values out.
template <class... Values>
std::string tr_plural(const char *one, const char *many, std::size_t count,
                      const Values &...values) {
  return support::translate(one, many, count, {std::string_view(values)...});
}

}  // namespace extman
