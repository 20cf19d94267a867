#include "language/block.h"

#include "control/name.h"
#include "control/relation_reader.h"
#include "control/source.h"
#include "language/command_grammar.h"
#include "language/plain_text.h"
#include "support/error.h"
#include "support/quote.h"
#include "support/translate.h"

#include <optional>
#include <unordered_map>

namespace extman::language {

using control::Alternatives;
using control::SyntaxError;

namespace {

// What is wrong where a package is to be named, and nothing more.
struct Faults {
  const char *alternatives;
  const char *version;
};

constexpr Faults kHoldFaults = {tr_noop("cannot choose what to hold from alternatives"),
                                tr_noop("cannot hold by version")};
constexpr Faults kUnholdFaults = {tr_noop("cannot choose what to unhold from alternatives"),
                                  tr_noop("cannot unhold by version")};
constexpr Faults kMarkFaults = {tr_noop("cannot choose what to mark from alternatives"),
                                tr_noop("cannot mark by version")};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), plain_(plain_text(text)) {}

  Block run() {
    for (const CommandText &command : read_commands(plain_, text_)) read(command);
    spread_schemas();
    refuse_constraints_beside_all();
    return std::move(block_);
  }

 private:
  std::size_t offset_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - plain_.data());
  }

  // Of part, which errors find in the block.
  std::vector<Alternatives> read_request(std::string_view part) const {
    const std::string request = without_quotes(part);
    try {
      return control::read_depends(request);
    } catch (const SyntaxError &error) {
      throw SyntaxError(offset_of(part) + error.offset(), error.what(), error.hint());
    }
  }

  // Names in quotes without them, in their place.
  std::string without_quotes(std::string_view part) const {
    std::string request(part);
    bool in_parentheses = false;
    for (std::size_t at = 0; at < part.size(); ++at) {
      if (part[at] == '(') in_parentheses = true;
      if (part[at] == ')') in_parentheses = false;
      if (part[at] != '"' || in_parentheses) continue;
      const std::size_t end = part.find('"', at + 1);
      if (end == std::string_view::npos) {
        throw SyntaxError(offset_of(part) + at, tr("unterminated quoted name"));
      }
      check_quoted(part.substr(at, end + 1 - at));
      request[at] = ' ';
      request[end] = ' ';
      at = end;
    }
    return request;
  }

  void check_quoted(std::string_view part) const {
    const std::string_view name = part.substr(1, part.size() - 2);
    try {
      control::check_name(name);
    } catch (const support::BadInput &error) {
      throw SyntaxError(offset_of(part), error.what(), error.hint());
    }
    if (name.find_first_of(" \t\r\n(),|<>=;") != std::string_view::npos) {
      throw SyntaxError(offset_of(part), tr("invalid extension name: %s", support::quoted(name)),
                        tr("Names that a request can have hold no white space and none of "
                           "( ) , | < > = ;."));
    }
  }

  void read(const CommandText &command) {
    switch (command.verb) {
      case Verb::kInstall:
        read_install(command);
        break;
      case Verb::kUpgrade:
        if (command.request.empty()) {
          block_.upgrade_all = true;
        } else {
          add(block_.upgrade,
              read_single(command.request,
                          tr_noop("cannot choose what to upgrade from alternatives")));
          if (!constraint_beside_all_) constraint_beside_all_ = constraint_in(command.request);
        }
        break;
      case Verb::kUninstall:
        add(block_.uninstall,
            read_single(command.request,
                        tr_noop("cannot choose what to uninstall from alternatives")));
        read_cascade(command);
        break;
      case Verb::kHold:
        add_policies(command, Policy::kHold, kHoldFaults);
        break;
      case Verb::kUnhold:
        add_policies(command, Policy::kUnhold, kUnholdFaults);
        break;
      case Verb::kMark:
        add_policies(command, command.option == "wanted" ? Policy::kWanted : Policy::kAutomatic,
                     kMarkFaults);
        break;
    }
  }

  static void add(std::vector<Alternatives> &to, std::vector<Alternatives> parts) {
    for (Alternatives &part : parts) to.push_back(std::move(part));
  }

  // Of a package to choose nothing but installing is possible.
  std::vector<Alternatives> read_single(std::string_view part, const char *fault) const {
    std::vector<Alternatives> request = read_request(part);
    if (const std::size_t bar = part.find('|'); bar != std::string_view::npos) {
      throw SyntaxError(offset_of(part) + bar, tr(fault),
                        tr("Alternatives are for installing; name one package."));
    }
    return request;
  }

  std::optional<std::size_t> constraint_in(std::string_view part) const {
    const std::size_t found = part.find('(');
    if (found == std::string_view::npos) return std::nullopt;
    return offset_of(part) + found;
  }

  void add_policies(const CommandText &command, Policy policy, const Faults &faults) {
    for (const Alternatives &part : read_single(command.request, faults.alternatives)) {
      block_.policies.push_back({policy, part.front().name});
    }
    if (const auto constraint = constraint_in(command.request)) {
      throw SyntaxError(*constraint, tr(faults.version),
                        tr("Name the extension only: there is one version of it."));
    }
  }

  void read_cascade(const CommandText &command) {
    const bool cascade = !command.option.empty();
    if (cascade_known_ && cascade != block_.cascade) {
      throw SyntaxError(offset_of(cascade ? command.option : command.request),
                        tr("CASCADE is meant for some of what is uninstalled, but not for all"),
                        tr("A block is one change: write CASCADE with each UNINSTALL or with none, "
                           "or use two blocks."));
    }
    cascade_known_ = true;
    block_.cascade = cascade;
  }

  // ---------- schemas ----------

  void read_install(const CommandText &command) {
    const std::string schema = schema_name(command.schema);
    for (Alternatives &part : read_request(command.request)) {
      for (const control::Relation &relation : part) {
        if (schema.empty()) continue;
        auto [known, is_new] = schema_of_.emplace(relation.name, schema);
        if (is_new || known->second == schema) continue;
        throw SyntaxError(offset_of(command.schema),
                          tr("extension %s is to be installed into two schemas, %s and %s",
                             support::quoted(relation.name), support::quoted(known->second),
                             support::quoted(schema)));
      }
      block_.install.push_back(std::move(part));
      block_.schemas.push_back(schema);
    }
  }

  // One that names the same package without a schema means the same schema.
  void spread_schemas() {
    for (std::size_t i = 0; i < block_.install.size(); ++i) {
      for (const control::Relation &relation : block_.install[i]) {
        auto known = schema_of_.find(relation.name);
        if (block_.schemas[i].empty() && known != schema_of_.end()) {
          block_.schemas[i] = known->second;
        }
      }
    }
  }

  std::string schema_name(std::string_view part) const {
    if (part.empty() || part.front() != '"') return std::string(part);
    const std::string_view name = part.substr(1, part.size() - 2);
    if (name.empty()) throw SyntaxError(offset_of(part), tr("a schema name must not be empty"));
    return std::string(name);
  }

  void refuse_constraints_beside_all() const {
    if (!block_.upgrade_all || !constraint_beside_all_) return;
    throw SyntaxError(*constraint_beside_all_,
                      tr("UPGRADE EXTENSION ALL asks for other versions, too"),
                      tr("ALL means the newest version of everything: leave it out, or the "
                         "constraint."));
  }

  std::string_view text_;
  std::string plain_;
  Block block_;
  bool cascade_known_ = false;
  std::optional<std::size_t> constraint_beside_all_;
  std::unordered_map<std::string, std::string> schema_of_;
};

}  // namespace

Block parse_block(std::string_view text) {
  const control::Source source(text);
  try {
    return Reader(source.text()).run();
  } catch (const SyntaxError &error) {
    source.fail(error.offset(), error.what(), error.hint());
  }
}

}  // namespace extman::language
