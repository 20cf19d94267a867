// Blocks of the language: any bytes are a block, or an error that points into them.
// What was read says the same when it is written down and read again.
#include "check.h"
#include "language/block.h"
#include "support/error.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using extman::fuzz::check;
namespace control = extman::control;
namespace language = extman::language;

namespace {

// With names in quotes, since capitals in them are meant.
std::string written(const control::Alternatives &part) {
  std::string text;
  for (const control::Relation &relation : part) {
    const std::string canonical = control::to_string(relation);
    text += (text.empty() ? "" : " | ");
    text += "\"" + relation.name + "\"" + canonical.substr(relation.name.size());
  }
  return text;
}

std::string written(const language::Block &block) {
  static const char *const kBefore[] = {"HOLD", "UNHOLD", "MARK", "MARK"};
  static const char *const kBehind[] = {"", "", " AUTOMATIC", " WANTED"};
  std::string text;
  for (std::size_t i = 0; i < block.install.size(); ++i) {
    text += "INSTALL EXTENSION " + written(block.install[i]);
    if (!block.schemas[i].empty()) text += " SCHEMA \"" + block.schemas[i] + "\"";
    text += ";\n";
  }
  for (const control::Alternatives &part : block.uninstall) {
    text += "UNINSTALL EXTENSION " + written(part) + (block.cascade ? " CASCADE;\n" : ";\n");
  }
  for (const control::Alternatives &part : block.upgrade) {
    text += "UPGRADE EXTENSION " + written(part) + ";\n";
  }
  if (block.upgrade_all) text += "UPGRADE EXTENSION ALL;\n";
  for (const language::Block::PolicyChange &change : block.policies) {
    const int which = static_cast<int>(change.policy);
    text += std::string(kBefore[which]) + " EXTENSION \"" + change.name + "\"" + kBehind[which];
    text += ";\n";
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char *>(data), size);
  try {
    const std::string once = written(language::parse_block(text));
    try {
      check(written(language::parse_block(once)) == once, "a second reading says the same", once);
    } catch (const extman::support::BadInput &error) {
      check(false, "what was read can be read again", once + error.what());
    }
  } catch (const extman::support::BadInput &error) {
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    check(error.line() >= 1 && error.line() <= lines, "the line is one of the block", error.what());
    check(error.column() >= 1 && error.column() <= size + 1, "the column is one of it",
          error.what());
    check(error.what()[0] != '\0', "there is a message");
  }
  return 0;
}
