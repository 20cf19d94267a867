// The only extern "C" file of the core: core.h on top of the C++ classes.  Each
// entry that can fail runs in the one guard, which turns exceptions into codes.

#include "extman/core.h"

#include "control/conf_file.h"
#include "control/control_file.h"
#include "control/manifest.h"
#include "control/name.h"
#include "explain/installed.h"
#include "graph/survey.h"
#include "graph/write.h"
#include "language/block.h"
#include "lint/files.h"
#include "lint/script.h"
#include "plan/answer.h"
#include "plan/obtainable.h"
#include "script/splitter.h"
#include "support/budget.h"
#include "support/error.h"
#include "support/live_objects.h"
#include "support/no_postgres.h"
#include "support/translate.h"
#include "universe/universe.h"
#include "version/version.h"

#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using extman::support::BadInput;
using extman::support::Cancelled;
using extman::support::LimitReached;
using extman::support::Live;
using extman::support::Misuse;
using extman::universe::PackageId;

// ---------- the handles ----------

struct ExtmanControl : Live {
  extman::control::ControlFile file;
  std::string depends;
  std::string conflicts;
  std::string provides;
  std::vector<const char *> classes;
};

struct ExtmanUniverse : Live {
  extman::universe::Universe universe;
  extman::solve::Workspace workspace;
};

struct ExtmanSplitter : Live {
  explicit ExtmanSplitter(bool standard_strings) : splitter(standard_strings) {}
  extman::script::Splitter splitter;
};

struct ExtmanFindings : Live {
  std::vector<std::string> texts;
  std::vector<ExtmanFinding> list;
};

struct ExtmanGraph : Live {
  std::string text;
};

struct ExtmanConf : Live {
  std::vector<extman::control::ConfEntry> parsed;
  std::vector<ExtmanConfSetting> list;
};

struct ExtmanLint : Live {
  std::vector<extman::lint::Finding> found;
  std::vector<ExtmanLintFinding> list;
};

struct ExtmanManifest : Live {
  std::vector<extman::control::ManifestEntry> parsed;
  std::vector<ExtmanManifestEntry> list;
};

struct ExtmanBlock : Live {
  extman::language::Block parsed;
  std::string install;
  std::string uninstall;
  std::string upgrade;
  std::vector<const char *> schemas;
  std::vector<ExtmanPolicyChange> policies;
};

struct ExtmanSolution : Live {
  extman::plan::Answer answer;
  std::vector<ExtmanStep> steps;
  std::vector<ExtmanStep> rewired;
  std::vector<ExtmanPackageId> already;
  // What the steps point to, a list for each step; the inner buffers stay where
  // they are when the outer vector grows.
  std::vector<std::vector<ExtmanPackageId>> needs;
  std::vector<std::string> texts;  // reserved beforehand
};

// ---------- the guard ----------

namespace {

// Copies as much as fits, never half a character of UTF-8.
template <std::size_t N>
void copy_text(char (&target)[N], std::string_view text) noexcept {
  std::size_t length = text.size() < N ? text.size() : N - 1;
  if (length < text.size()) {
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
  }
  if (length > 0) std::memcpy(target, text.data(), length);
  target[length] = '\0';
}

ExtmanCode report(ExtmanError *error, ExtmanCode code, std::string_view message,
                  std::string_view hint = {}, std::size_t line = 0,
                  std::size_t column = 0) noexcept {
  if (error != nullptr) {
    error->code = code;
    error->line = static_cast<int>(line);
    error->column = static_cast<int>(column);
    copy_text(error->message, message);
    copy_text(error->hint, hint);
  }
  return code;
}

template <class Body>
ExtmanCode guard(ExtmanError *error, Body body) noexcept {
  try {
    body();
    return report(error, EXTMAN_OK, "");
  } catch (const Cancelled &) {
    return report(error, EXTMAN_CANCELLED, "cancelled");
  } catch (const std::bad_alloc &) {
    return report(error, EXTMAN_NO_MEMORY, "out of memory");
  } catch (const BadInput &bad) {
    return report(error, EXTMAN_BAD_INPUT, bad.what(), bad.hint(), bad.line(), bad.column());
  } catch (const LimitReached &limit) {
    return report(error, EXTMAN_LIMIT, limit.what());
  } catch (const Misuse &misuse) {
    return report(error, EXTMAN_MISUSE, misuse.what());
  } catch (const std::exception &unexpected) {
    return report(error, EXTMAN_INTERNAL, unexpected.what());
  } catch (...) {
    return report(error, EXTMAN_INTERNAL, "unknown exception");
  }
}

std::string_view view(ExtmanText text) {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.length);
}

ExtmanText text_of(std::string_view text) { return {text.data(), text.size()}; }

const char *text_or_null(const std::optional<std::string> &text) {
  return text ? text->c_str() : nullptr;
}

ExtmanPackageId number_of(PackageId id) { return id.is_none() ? EXTMAN_NO_PACKAGE : id.index(); }

PackageId package_of(const extman::universe::Universe &universe, ExtmanPackageId id) {
  if (id >= universe.size()) throw Misuse("no package has the number " + std::to_string(id));
  return PackageId(id);
}

extman::support::Budget budget_of(const ExtmanOptions &options) {
  return {options.interrupt.poll, options.interrupt.arg, options.max_steps, options.max_memory};
}

std::vector<extman::solve::Installed> present(const extman::universe::Universe &universe,
                                              const ExtmanInstalled *installed, size_t count) {
  std::vector<extman::solve::Installed> list;
  for (size_t i = 0; i < count; ++i) {
    list.push_back(
        {package_of(universe, installed[i].package), installed[i].automatic, installed[i].held});
  }
  return list;
}

}  // namespace

extern "C" {

size_t extman_live_objects(void) noexcept { return extman::support::live_objects; }

void extman_set_translator(ExtmanTranslator translator) noexcept {
  extman::support::set_translator(translator);
}

// ---------- names and versions ----------

ExtmanCode extman_name_check(ExtmanText name, ExtmanError *error) noexcept {
  return guard(error, [&] { extman::control::check_name(view(name)); });
}

ExtmanCode extman_version_compare(ExtmanText a, ExtmanText b, int *result,
                                  ExtmanError *error) noexcept {
  return guard(error, [&] {
    extman::version::check(view(a));
    extman::version::check(view(b));
    *result = extman::version::compare(view(a), view(b));
  });
}

ExtmanCode extman_version_satisfies(ExtmanText version, ExtmanText constraints, bool *result,
                                    ExtmanError *error) noexcept {
  return guard(error, [&] {
    extman::version::check(view(version));
    *result = extman::version::satisfies(view(version),
                                         extman::control::parse_constraints(view(constraints)));
  });
}

// ---------- control files ----------

ExtmanCode extman_control_parse(ExtmanText text, ExtmanControl **control,
                                ExtmanError *error) noexcept {
  return guard(error, [&] {
    auto parsed = std::make_unique<ExtmanControl>();
    parsed->file = extman::control::parse_control(view(text));
    parsed->depends = extman::control::to_string(parsed->file.depends);
    parsed->conflicts = extman::control::conflicts_to_string(parsed->file.conflicts);
    parsed->provides = extman::control::to_string(parsed->file.provides);
    for (const std::string &name : parsed->file.classes) parsed->classes.push_back(name.c_str());
    *control = parsed.release();
  });
}

void extman_control_info(const ExtmanControl *control, ExtmanControlInfo *info) noexcept {
  auto list_or_null = [](const std::string &text) { return text.empty() ? nullptr : text.c_str(); };
  const extman::control::ControlFile &file = control->file;
  info->name = file.name.c_str();
  info->version = text_or_null(file.version);
  info->comment = text_or_null(file.comment);
  info->depends = list_or_null(control->depends);
  info->conflicts = list_or_null(control->conflicts);
  info->provides = list_or_null(control->provides);
  info->schema = text_or_null(file.schema);
  info->module_pathname = text_or_null(file.module_pathname);
  info->encoding = text_or_null(file.encoding);
  info->classes = control->classes.data();
  info->class_count = control->classes.size();
  info->relocatable = file.relocatable;
  info->superuser = file.superuser;
  info->trusted = file.trusted;
}

void extman_control_free(ExtmanControl *control) noexcept { delete control; }

// ---------- conf files ----------

ExtmanCode extman_conf_parse(ExtmanText text, const char *const *classes, size_t class_count,
                             ExtmanConf **conf, ExtmanError *error) noexcept {
  return guard(error, [&] {
    auto parsed = std::make_unique<ExtmanConf>();
    const std::vector<std::string> known(classes, classes + class_count);
    parsed->parsed = extman::control::parse_conf(view(text), known);
    for (const extman::control::ConfEntry &entry : parsed->parsed) {
      parsed->list.push_back(
          {entry.name.c_str(), entry.value.c_str(), static_cast<int>(entry.line)});
    }
    *conf = parsed.release();
  });
}

size_t extman_conf_settings(const ExtmanConf *conf, const ExtmanConfSetting **settings) noexcept {
  *settings = conf->list.data();
  return conf->list.size();
}

void extman_conf_free(ExtmanConf *conf) noexcept { delete conf; }

// ---------- the universe ----------

ExtmanCode extman_universe_new(ExtmanUniverse **universe, ExtmanError *error) noexcept {
  return guard(error, [&] { *universe = std::make_unique<ExtmanUniverse>().release(); });
}

void extman_universe_free(ExtmanUniverse *universe) noexcept { delete universe; }

ExtmanCode extman_universe_add(ExtmanUniverse *universe, const ExtmanControl *control, uint32_t tag,
                               ExtmanPackageId *id, ExtmanPackageId *shadowed_by,
                               ExtmanError *error) noexcept {
  return guard(error, [&] {
    auto added = universe->universe.add(control->file, tag);
    if (id != nullptr) *id = number_of(added.id);
    if (shadowed_by != nullptr) *shadowed_by = number_of(added.shadowed_by);
  });
}

ExtmanCode extman_universe_add_plain(ExtmanUniverse *universe, const ExtmanPlain *plain,
                                     uint32_t tag, ExtmanPackageId *id,
                                     ExtmanPackageId *shadowed_by, ExtmanError *error) noexcept {
  return guard(error, [&] {
    std::vector<std::string_view> names;
    for (size_t i = 0; i < plain->require_count; ++i) names.push_back(view(plain->requires_[i]));
    std::vector<const extman::control::ControlFile *> overlays;
    for (size_t i = 0; i < plain->overlay_count; ++i) overlays.push_back(&plain->overlays[i]->file);
    auto added = universe->universe.add_plain(
        {view(plain->name), view(plain->version), names, overlays, plain->ahead}, tag);
    if (id != nullptr) *id = number_of(added.id);
    if (shadowed_by != nullptr) *shadowed_by = number_of(added.shadowed_by);
  });
}

ExtmanCode extman_universe_add_upgrade(ExtmanUniverse *universe, ExtmanText name, ExtmanText from,
                                       ExtmanText to, uint32_t tag, ExtmanError *error) noexcept {
  return guard(error,
               [&] { universe->universe.add_upgrade(view(name), view(from), view(to), tag); });
}

uint32_t extman_universe_tag(const ExtmanUniverse *universe, ExtmanPackageId id) noexcept {
  return id < universe->universe.size() ? universe->universe.tag(PackageId(id)) : EXTMAN_NO_PACKAGE;
}

// ---------- solving ----------

static void add_steps(const extman::universe::Universe &universe,
                      const std::vector<extman::plan::Step> &given, ExtmanSolution &solution,
                      std::vector<ExtmanStep> &steps) {
  auto keep = [&](std::string_view text) {
    solution.texts.emplace_back(text);
    return solution.texts.back().c_str();
  };
  for (const extman::plan::Step &from : given) {
    ExtmanStep step = {};
    std::string_view version = universe.version(from.package);
    step.action = static_cast<ExtmanAction>(from.action);
    step.package = number_of(from.package);
    step.name = keep(universe.name_of(from.package));
    if (from.action == extman::plan::Action::kUninstall) {
      step.old_version = keep(version);
    } else {
      step.new_version = keep(version);
      if (!from.old_package.is_none()) {
        step.old_version = keep(universe.version(from.old_package));
      } else if (from.action == extman::plan::Action::kUpgrade) {
        step.old_version = step.new_version;  // rewired: it stays
      }
    }
    step.reason = from.reason.c_str();
    step.requested = from.requested;
    step.part = from.part;
    std::vector<ExtmanPackageId> needs;
    for (PackageId id : from.needs) needs.push_back(number_of(id));
    solution.needs.push_back(std::move(needs));
    step.needs = solution.needs.back().data();
    step.need_count = solution.needs.back().size();
    step.scripts = from.scripts.data();
    step.script_count = from.scripts.size();
    steps.push_back(step);
  }
}

ExtmanCode extman_solve(ExtmanUniverse *universe, const ExtmanInstalled *installed,
                        size_t installed_count, const ExtmanRequest *request,
                        const ExtmanOptions *options, ExtmanSolution **solution,
                        ExtmanError *error) noexcept {
  static_assert(static_cast<int>(extman::plan::Verdict::kNoPlan) == EXTMAN_NO_PLAN);
  static_assert(static_cast<int>(extman::plan::Action::kUninstall) == EXTMAN_UNINSTALL);
  return guard(error, [&] {
    extman::universe::Universe &packages = universe->universe;
    extman::plan::Question question;
    auto parse = [](ExtmanText text) {
      return text.data == nullptr ? std::vector<extman::control::Alternatives>()
                                  : extman::control::parse_request(view(text));
    };
    question.install = parse(request->install);
    question.uninstall = parse(request->uninstall);
    question.upgrade = parse(request->upgrade);
    question.upgrade_all = request->upgrade_all;
    question.cascade = request->cascade;
    question.autoremove = request->autoremove;

    extman::support::Budget budget = budget_of(*options);
    auto result = std::make_unique<ExtmanSolution>();
    try {
      result->answer = extman::plan::answer(packages, universe->workspace,
                                            present(packages, installed, installed_count), question,
                                            options->allow_cycles, budget);
    } catch (...) {
      // A search that memory or anything else cut short may not have cleared it.
      universe->workspace = {};
      throw;
    }
    const extman::plan::Plan &plan = result->answer.plan;
    result->texts.reserve(3 * (plan.steps.size() + plan.rewired.size()));
    add_steps(packages, plan.steps, *result, result->steps);
    add_steps(packages, plan.rewired, *result, result->rewired);
    for (PackageId id : plan.already) result->already.push_back(number_of(id));
    *solution = result.release();
  });
}

void extman_solution_free(ExtmanSolution *solution) noexcept { delete solution; }

ExtmanVerdict extman_solution_verdict(const ExtmanSolution *solution) noexcept {
  return static_cast<ExtmanVerdict>(solution->answer.verdict);
}

size_t extman_solution_steps(const ExtmanSolution *solution, const ExtmanStep **steps) noexcept {
  *steps = solution->steps.data();
  return solution->steps.size();
}

size_t extman_solution_rewired(const ExtmanSolution *solution, const ExtmanStep **steps) noexcept {
  *steps = solution->rewired.data();
  return solution->rewired.size();
}

size_t extman_solution_already(const ExtmanSolution *solution,
                               const ExtmanPackageId **packages) noexcept {
  *packages = solution->already.data();
  return solution->already.size();
}

const char *extman_solution_message(const ExtmanSolution *solution) noexcept {
  return solution->answer.message.c_str();
}

const char *extman_solution_detail(const ExtmanSolution *solution) noexcept {
  return solution->answer.detail.c_str();
}

const char *extman_solution_hint(const ExtmanSolution *solution) noexcept {
  return solution->answer.hint.c_str();
}

ExtmanCode extman_obtainable(ExtmanUniverse *universe, const ExtmanInstalled *installed,
                             size_t installed_count, const ExtmanText *names, size_t count,
                             const ExtmanOptions *options, ExtmanPackageId *packages,
                             ExtmanError *error) noexcept {
  return guard(error, [&] {
    extman::support::Budget budget = budget_of(*options);
    std::vector<std::string_view> wanted;
    for (size_t i = 0; i < count; ++i) wanted.push_back(view(names[i]));
    const auto found =
        extman::plan::obtainable(universe->universe, universe->workspace,
                                 present(universe->universe, installed, installed_count), wanted,
                                 options->allow_cycles, budget);
    for (size_t i = 0; i < count; ++i) packages[i] = number_of(found[i]);
  });
}

// ---------- what is installed ----------

static void keep_findings(const extman::universe::Universe &universe,
                          const std::vector<extman::explain::Finding> &findings,
                          ExtmanFindings **result) {
  auto kept = std::make_unique<ExtmanFindings>();
  kept->texts.reserve(2 * findings.size());
  for (const extman::explain::Finding &finding : findings) {
    const std::string &name = kept->texts.emplace_back(universe.name_of(finding.package));
    const std::string &text = kept->texts.emplace_back(finding.text);
    kept->list.push_back({name.c_str(), text.c_str()});
  }
  *result = kept.release();
}

ExtmanCode extman_why(ExtmanUniverse *universe, const ExtmanInstalled *installed,
                      size_t installed_count, ExtmanText name, ExtmanFindings **findings,
                      ExtmanError *error) noexcept {
  return guard(error, [&] {
    extman::universe::Universe &packages = universe->universe;
    extman::universe::Universe::RequestScope scope(packages);
    extman::solve::Problem problem(packages, present(packages, installed, installed_count), {});
    const extman::solve::Installed *entry = problem.installed_of(packages.find_name(view(name)));
    if (entry == nullptr) {
      throw BadInput(extman::tr("extension \"%s\" is not installed", view(name)),
                     extman::explain::nearest_installed(problem, view(name)));
    }
    keep_findings(packages, extman::explain::why(problem, entry->package), findings);
  });
}

ExtmanCode extman_check(ExtmanUniverse *universe, const ExtmanInstalled *installed,
                        size_t installed_count, ExtmanFindings **findings,
                        ExtmanError *error) noexcept {
  return guard(error, [&] {
    extman::universe::Universe &packages = universe->universe;
    extman::universe::Universe::RequestScope scope(packages);
    extman::solve::Problem problem(packages, present(packages, installed, installed_count), {});
    keep_findings(packages, extman::explain::check(problem), findings);
  });
}

size_t extman_findings(const ExtmanFindings *findings, const ExtmanFinding **list) noexcept {
  *list = findings->list.data();
  return findings->list.size();
}

void extman_findings_free(ExtmanFindings *findings) noexcept { delete findings; }

// ---------- pictures ----------

ExtmanCode extman_graph(ExtmanUniverse *universe, const ExtmanInstalled *installed,
                        size_t installed_count, ExtmanText request, ExtmanPicture picture,
                        const ExtmanOptions *options, ExtmanGraph **graph,
                        ExtmanError *error) noexcept {
  return guard(error, [&] {
    extman::universe::Universe &packages = universe->universe;
    const auto there = present(packages, installed, installed_count);
    extman::support::Budget budget = budget_of(*options);
    extman::graph::Graph drawn;
    if (request.data == nullptr) {
      extman::universe::Universe::RequestScope scope(packages, &budget);
      drawn = extman::graph::of_installed(extman::solve::Problem(packages, there, {}));
    } else {
      extman::plan::Question question;
      question.install = extman::control::parse_request(view(request));
      extman::plan::answer(
          packages, universe->workspace, there, question, options->allow_cycles, budget,
          [&](const extman::plan::Findings &found) { drawn = extman::graph::of_answer(found); });
    }
    auto result = std::make_unique<ExtmanGraph>();
    result->text = picture == EXTMAN_DOT ? extman::graph::write_dot(drawn)
                                         : extman::graph::write_mermaid(drawn);
    *graph = result.release();
  });
}

const char *extman_graph_text(const ExtmanGraph *graph) noexcept { return graph->text.c_str(); }

void extman_graph_free(ExtmanGraph *graph) noexcept { delete graph; }

// ---------- manifests ----------

ExtmanCode extman_manifest_parse(ExtmanText text, ExtmanManifest **manifest,
                                 ExtmanError *error) noexcept {
  return guard(error, [&] {
    auto parsed = std::make_unique<ExtmanManifest>();
    parsed->parsed = extman::control::parse_manifest(view(text));
    for (const extman::control::ManifestEntry &entry : parsed->parsed) {
      parsed->list.push_back({entry.name.c_str(), entry.version.c_str()});
    }
    *manifest = parsed.release();
  });
}

size_t extman_manifest_entries(const ExtmanManifest *manifest,
                               const ExtmanManifestEntry **entries) noexcept {
  *entries = manifest->list.data();
  return manifest->list.size();
}

void extman_manifest_free(ExtmanManifest *manifest) noexcept { delete manifest; }

// ---------- blocks of the language extman ----------

ExtmanCode extman_block_parse(ExtmanText text, ExtmanBlock **block, ExtmanError *error) noexcept {
  static_assert(static_cast<int>(extman::language::Policy::kWanted) == EXTMAN_WANTED);
  return guard(error, [&] {
    auto result = std::make_unique<ExtmanBlock>();
    result->parsed = extman::language::parse_block(view(text));
    const extman::language::Block &parsed = result->parsed;
    result->install = extman::control::to_string(parsed.install);
    result->uninstall = extman::control::to_string(parsed.uninstall);
    result->upgrade = extman::control::to_string(parsed.upgrade);
    for (const std::string &schema : parsed.schemas) {
      result->schemas.push_back(schema.empty() ? nullptr : schema.c_str());
    }
    for (const extman::language::Block::PolicyChange &change : parsed.policies) {
      result->policies.push_back(
          {static_cast<ExtmanPolicyWord>(change.policy), change.name.c_str()});
    }
    *block = result.release();
  });
}

void extman_block_info(const ExtmanBlock *block, ExtmanBlockInfo *info) noexcept {
  auto text_or_none = [](const std::string &text) { return text.empty() ? nullptr : text.c_str(); };
  info->install = text_or_none(block->install);
  info->uninstall = text_or_none(block->uninstall);
  info->upgrade = text_or_none(block->upgrade);
  info->upgrade_all = block->parsed.upgrade_all;
  info->cascade = block->parsed.cascade;
  info->schemas = block->schemas.data();
  info->schema_count = block->schemas.size();
  info->policies = block->policies.data();
  info->policy_count = block->policies.size();
}

void extman_block_free(ExtmanBlock *block) noexcept { delete block; }

// ---------- scripts ----------

ExtmanCode extman_splitter_new(bool standard_strings, ExtmanSplitter **splitter,
                               ExtmanError *error) noexcept {
  return guard(error,
               [&] { *splitter = std::make_unique<ExtmanSplitter>(standard_strings).release(); });
}

void extman_splitter_free(ExtmanSplitter *splitter) noexcept { delete splitter; }

void extman_splitter_standard_strings(ExtmanSplitter *splitter, bool on) noexcept {
  splitter->splitter.set_standard_strings(on);
}

ExtmanCode extman_splitter_feed(ExtmanSplitter *splitter, ExtmanText data, bool last,
                                ExtmanError *error) noexcept {
  return guard(error, [&] { splitter->splitter.feed(view(data), last); });
}

ExtmanCode extman_splitter_next(ExtmanSplitter *splitter, ExtmanPiece *piece,
                                ExtmanError *error) noexcept {
  using extman::script::PieceKind;
  static_assert(static_cast<int>(PieceKind::kEnd) == EXTMAN_SPLIT_END);
  static_assert(static_cast<int>(PieceKind::kMeta) == EXTMAN_SPLIT_META);
  return guard(error, [&] {
    extman::script::Piece next = splitter->splitter.next();
    piece->kind = static_cast<ExtmanSplitKind>(next.kind);
    piece->text = text_of(next.text);
    piece->offset = next.offset;
    piece->line = next.line;
  });
}

ExtmanCode extman_splitter_expect_copy(ExtmanSplitter *splitter, ExtmanError *error) noexcept {
  return guard(error, [&] { splitter->splitter.expect_copy(); });
}

// ---------- lint ----------

static void keep_lint(std::vector<extman::lint::Finding> found, ExtmanLint **result) {
  using extman::lint::Severity;
  static_assert(static_cast<int>(Severity::kNotice) == EXTMAN_LINT_NOTICE);
  static_assert(static_cast<int>(Severity::kError) == EXTMAN_LINT_ERROR);
  auto kept = std::make_unique<ExtmanLint>();
  kept->found = std::move(found);
  for (const extman::lint::Finding &finding : kept->found) {
    kept->list.push_back({static_cast<int>(finding.line),
                          static_cast<ExtmanSeverity>(finding.severity), finding.message.c_str(),
                          finding.hint.c_str()});
  }
  *result = kept.release();
}

static extman::support::Budget budget_of(const ExtmanInterrupt *interrupt) {
  return {interrupt->poll, interrupt->arg, 0, 0};
}

ExtmanCode extman_lint_control(ExtmanText text, ExtmanLint **lint, ExtmanError *error) noexcept {
  return guard(error, [&] { keep_lint(extman::lint::lint_control(view(text)), lint); });
}

ExtmanCode extman_lint_conf(ExtmanText text, const char *const *classes, size_t class_count,
                            ExtmanLint **lint, ExtmanError *error) noexcept {
  return guard(error, [&] {
    keep_lint(extman::lint::lint_conf(view(text), {classes, classes + class_count}), lint);
  });
}

ExtmanCode extman_lint_script(ExtmanText text, ExtmanRole role, const ExtmanControl *control,
                              const ExtmanInterrupt *interrupt, ExtmanLint **lint,
                              ExtmanError *error) noexcept {
  static_assert(static_cast<int>(extman::lint::Role::kUpgrade) == EXTMAN_ROLE_UPGRADE);
  return guard(error, [&] {
    extman::support::Budget budget = budget_of(interrupt);
    keep_lint(extman::lint::lint_script(view(text), static_cast<extman::lint::Role>(role),
                                        control == nullptr ? nullptr : &control->file, budget),
              lint);
  });
}

ExtmanCode extman_lint_breaks(ExtmanText text, const ExtmanInterrupt *interrupt, int *line,
                              ExtmanError *error) noexcept {
  return guard(error, [&] {
    extman::support::Budget budget = budget_of(interrupt);
    *line = static_cast<int>(extman::lint::first_breaking_line(view(text), budget));
  });
}

size_t extman_lint_findings(const ExtmanLint *lint, const ExtmanLintFinding **findings) noexcept {
  *findings = lint->list.data();
  return lint->list.size();
}

void extman_lint_free(ExtmanLint *lint) noexcept { delete lint; }

}  // extern "C"
