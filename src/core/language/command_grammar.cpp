#include "language/command_grammar.h"

#include "control/source.h"
#include "support/quote.h"
#include "support/translate.h"

#include <boost/spirit/home/x3.hpp>

#include <functional>
#include <string>

namespace extman::language {

namespace {

namespace x3 = boost::spirit::x3;

constexpr std::string_view kWhite = " \t\r\n\f\v";

struct commands_tag;

template <typename Context>
std::vector<CommandText> &commands(const Context &context) {
  return x3::get<commands_tag>(context).get();
}

template <typename Context>
std::string_view matched(const Context &context) {
  const auto &range = x3::_attr(context);
  return {range.begin(), static_cast<std::size_t>(range.end() - range.begin())};
}

template <Verb verb>
const auto begin = [](auto &context) {
  commands(context).push_back({verb, {}, {}, {}});
};
const auto on_request = [](auto &context) { commands(context).back().request = matched(context); };
const auto on_schema = [](auto &context) { commands(context).back().schema = matched(context); };
const auto on_option = [](auto &context) { commands(context).back().option = matched(context); };

// What an error says was expected; each is the name of a rule.
constexpr const char *kCommand = tr_noop("a command");
constexpr const char *kExtension = "EXTENSION";
constexpr const char *kPackage = tr_noop("a package name");
constexpr const char *kPackageOrAll = tr_noop("a package name or ALL");
constexpr const char *kSchema = tr_noop("a schema name");
constexpr const char *kMark = tr_noop("AUTOMATIC or WANTED");
constexpr const char *kEnd = "\";\"";

const auto white = x3::char_(" \t\r\n\f\v");
const auto letter = ~x3::char_(" \t\r\n\f\v(),|<>=!;\"") | (x3::char_('!') >> !x3::lit('='));
auto word(const char *text) { return x3::lexeme[x3::lit(text) >> !letter]; }

const auto quoted = x3::lexeme['"' >> *~x3::char_('"') >> '"'];
const auto bare = x3::lexeme[+letter];
// What is wrong in a request is for the grammar of relations to tell.
const auto group = x3::lexeme['(' >> *~x3::char_(");") >> -x3::lit(')')];
const auto token = quoted | bare | group | x3::char_(",|<>=!)");

// A request ends at a word that it cannot hold.
template <typename End>
auto request_before(const End &end) {
  return x3::raw[+(!end >> token)][on_request];
}

const auto cascade = word("cascade");
const auto mark = word("automatic") | word("wanted");

const auto extension = x3::rule<struct extension_id>{kExtension} = word("extension");
const auto request = x3::rule<struct request_id>{kPackage} = request_before(x3::eps(false));
const auto to_install = x3::rule<struct to_install_id>{kPackage} = request_before(word("schema"));
const auto to_uninstall = x3::rule<struct to_uninstall_id>{kPackage} = request_before(cascade);
const auto to_mark = x3::rule<struct to_mark_id>{kPackage} = request_before(mark);
const auto to_upgrade = x3::rule<struct to_upgrade_id>{kPackageOrAll} =
    (word("all") >> !token) | request_before(x3::eps(false));
const auto schema = x3::rule<struct schema_id>{kSchema} = x3::raw[quoted | bare][on_schema];
const auto which_mark = x3::rule<struct which_mark_id>{kMark} = x3::raw[mark][on_option];

const auto install = word("install")[begin<Verb::kInstall>] >> x3::expect[extension] >>
                     x3::expect[to_install] >> -(word("schema") >> x3::expect[schema]);
const auto upgrade =
    word("upgrade")[begin<Verb::kUpgrade>] >> x3::expect[extension] >> x3::expect[to_upgrade];
const auto uninstall = word("uninstall")[begin<Verb::kUninstall>] >> x3::expect[extension] >>
                       x3::expect[to_uninstall] >> -x3::raw[cascade][on_option];
const auto hold = word("hold")[begin<Verb::kHold>] >> x3::expect[extension] >> x3::expect[request];
const auto unhold =
    word("unhold")[begin<Verb::kUnhold>] >> x3::expect[extension] >> x3::expect[request];
const auto marking = word("mark")[begin<Verb::kMark>] >> x3::expect[extension] >>
                     x3::expect[to_mark] >> x3::expect[which_mark];

const auto command = x3::rule<struct command_id>{kCommand} =
    install | upgrade | uninstall | hold | unhold | marking;
const auto end_of_command = x3::rule<struct end_of_command_id>{kEnd} = x3::lit(';') | x3::eoi;
const auto block = *x3::lit(';') >> *(!x3::eoi >> x3::expect[command] >>
                                      x3::expect[end_of_command] >> *x3::lit(';'));

// The word or character that ends before a place: of the text, where plain is not
// white.
std::string_view token_before(std::string_view plain, std::string_view text, std::size_t offset) {
  const std::size_t last = plain.substr(0, offset).find_last_not_of(kWhite);
  if (last == std::string_view::npos) return {};
  if (plain[last] == ';') return text.substr(last, 1);
  const std::size_t before = plain.substr(0, last).find_last_of(" \t\r\n\f\v;");
  const std::size_t first = before == std::string_view::npos ? 0 : before + 1;
  return text.substr(first, last + 1 - first);
}

[[noreturn]] void explain(std::string_view plain, std::string_view text, std::size_t offset,
                          const std::string &expected) {
  const std::string_view before = token_before(plain, text, offset);
  std::size_t where = plain.find_first_not_of(kWhite, offset);
  if (where == std::string_view::npos) {
    where = before.empty() ? 0 : static_cast<std::size_t>(before.end() - text.begin());
  }
  const std::string what = tr(expected.c_str());
  const std::string message = before.empty()
                                  ? tr("expected %s", what)
                                  : tr("expected %s after %s", what, support::quoted(before));
  std::string hint;
  if (expected == kCommand) {
    hint = tr("The commands are INSTALL, UPGRADE, UNINSTALL, HOLD, UNHOLD and MARK EXTENSION.");
  } else if (expected == kPackage || expected == kPackageOrAll) {
    hint = tr("Several packages are written as in: bar (>= 1.1), baz.");
  } else if (expected == kMark) {
    hint = tr("It is written as in: MARK EXTENSION bar AUTOMATIC.");
  } else if (expected == kExtension) {
    hint = tr("Commands begin as in: INSTALL EXTENSION foo.");
  } else if (expected == kEnd) {
    hint = tr("A semicolon separates commands.");
  }
  throw control::SyntaxError(where, message, std::move(hint));
}

}  // namespace

std::vector<CommandText> read_commands(std::string_view plain, std::string_view text) {
  std::vector<CommandText> result;
  const char *first = plain.data();
  const char *const last = first + plain.size();
  try {
    x3::phrase_parse(first, last, x3::with<commands_tag>(std::ref(result))[block], white);
  } catch (const x3::expectation_failure<const char *> &failure) {
    explain(plain, text, static_cast<std::size_t>(failure.where() - plain.data()), failure.which());
  }
  return result;
}

}  // namespace extman::language
