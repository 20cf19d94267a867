#include "compare.h"

#include "psql_cuts.h"
#include "script/splitting.h"
#include "support/error.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <string_view>
#include <vector>

namespace extman::psqlscan {

namespace {

using script::PieceKind;
using script::Split;

void blank(std::string *text, std::string_view what) {
  for (std::size_t i = text->find(what); i != std::string::npos; i = text->find(what, i)) {
    text->replace(i, what.size(), what.size(), ' ');
  }
}

std::string first_difference(const std::vector<Split> &ours, const std::vector<Split> &others,
                             const char *who) {
  std::size_t i = 0;
  while (i < ours.size() && i < others.size() && ours[i] == others[i]) ++i;
  if (i == ours.size() && i == others.size()) return {};

  std::ostringstream text;
  text << "piece " << i << ": ";
  if (i < ours.size()) text << ours[i];
  text << "\n" << who << ": ";
  if (i < others.size()) text << others[i];
  return text.str();
}

// None when it is refused.
std::optional<std::vector<Split>> split(std::string_view text, bool standard_strings) {
  try {
    return script::split(text, {}, standard_strings);
  } catch (const support::BadInput &) {
    return std::nullopt;
  }
}

}  // namespace

Compared compare_with_psql(std::string text, bool standard_strings) {
  Compared result;
  blank(&text, "\\;");
  blank(&text, "\\:");
  for (;;) {
    const PsqlCuts expected = psql_cuts(text, standard_strings);
    const std::optional<std::vector<Split>> ours =
        split(std::string_view(text).substr(0, expected.end), standard_strings);
    if (ours.has_value() == expected.refused) {
      result.difference = expected.refused ? "another statement on the line of COPY" : "refused";
    } else if (ours.has_value()) {
      result.difference = first_difference(*ours, expected.splits, "psql");
    }
    result.statements += static_cast<std::size_t>(
        std::count_if(expected.splits.begin(), expected.splits.end(),
                      [](const Split &split) { return split.kind == PieceKind::kStatement; }));
    if (!result.same() || expected.end == text.size()) return result;
    ++result.psql_commands;
    text.erase(0, std::min(text.find('\n', expected.end), text.size()));
  }
}

std::string compare_chunks(const std::string &text) {
  const std::vector<Split> whole = script::split(text);
  for (const std::size_t step : {1, 2, 3, 7, 4096}) {
    std::vector<std::size_t> cuts;
    for (std::size_t cut = step; cut < text.size(); cut += step) cuts.push_back(cut);
    const std::string difference = first_difference(whole, script::split(text, cuts), "in pieces");
    if (!difference.empty()) return "in pieces of " + std::to_string(step) + "\n" + difference;
  }
  return {};
}

}  // namespace extman::psqlscan
