// The C API with hostile lengths and bytes: a program of calls is read from the
// input.  Every call returns, says why when it fails, and nothing stays alive.
#include "check.h"
#include "extman/core.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

using extman::fuzz::check;

namespace {

class Input {
 public:
  Input(const std::uint8_t *data, std::size_t size)
      : next_(reinterpret_cast<const char *>(data)), left_(size) {}

  bool is_empty() const { return left_ == 0; }

  std::uint8_t byte() {
    if (left_ == 0) return 0;
    --left_;
    return static_cast<std::uint8_t>(*next_++);
  }

  // A copy of the right size, so that reading past its end is found; sometimes
  // nothing at all.
  ExtmanText text() {
    const std::size_t wanted = byte();
    if (wanted == 255) return {nullptr, 0};
    const std::size_t length = wanted < left_ ? wanted : left_;
    copies_.emplace_back(next_, next_ + length);
    next_ += length;
    left_ -= length;
    return {copies_.back().data(), length};
  }

 private:
  const char *next_;
  std::size_t left_;
  std::vector<std::vector<char>> copies_;
};

void check_outcome(ExtmanCode code, const ExtmanError &error) {
  check(code == error.code, "the code is the error's");
  check(std::memchr(error.message, 0, sizeof(error.message)) != nullptr, "the message ends");
  check(std::memchr(error.hint, 0, sizeof(error.hint)) != nullptr, "the hint ends");
  check(code == EXTMAN_OK || error.message[0] != '\0', "a failure has a message");
  check(code != EXTMAN_INTERNAL && code != EXTMAN_MISUSE, "no defect, no misuse", error.message);
}

void check_text(const char *text) {
  check(text != nullptr, "there is a text");
  check(std::strlen(text) < (std::size_t{1} << 28U), "of some length");
}

class Program {
 public:
  Program(const std::uint8_t *data, std::size_t size) : input_(data, size) {
    check_outcome(extman_universe_new(&universe_, &error_), error_);
  }
  Program(const Program &) = delete;
  Program &operator=(const Program &) = delete;
  ~Program() { extman_universe_free(universe_); }

  void run() {
    while (!input_.is_empty()) {
      switch (input_.byte() % 11) {
        case 0:
        case 1:
          add();
          break;
        case 2:
          add_plain();
          break;
        case 3:
          add_upgrade();
          break;
        case 4:
          install();
          break;
        case 5:
          solve();
          break;
        case 6:
          look();
          break;
        case 7:
          compare();
          break;
        case 8:
          manifest();
          break;
        case 9:
          conf();
          break;
        default:
          script();
          break;
      }
    }
    solve();
  }

 private:
  void keep(ExtmanPackageId id) {
    if (id != EXTMAN_NO_PACKAGE) packages_.push_back(id);
  }

  void add() {
    ExtmanControl *control = nullptr;
    const ExtmanCode code = extman_control_parse(input_.text(), &control, &error_);
    check_outcome(code, error_);
    if (code != EXTMAN_OK) return;

    ExtmanControlInfo info;
    extman_control_info(control, &info);
    check_text(info.name);
    ExtmanPackageId id = EXTMAN_NO_PACKAGE;
    ExtmanPackageId shadowed_by = EXTMAN_NO_PACKAGE;
    const ExtmanCode added = extman_universe_add(universe_, control, 7, &id, &shadowed_by, &error_);
    check_outcome(added, error_);
    if (added == EXTMAN_OK) keep(id);
    extman_control_free(control);
  }

  void add_plain() {
    ExtmanControl *overlay = nullptr;
    ExtmanPlain plain = {};
    plain.name = input_.text();
    plain.version = input_.text();
    const ExtmanText required[2] = {input_.text(), input_.text()};
    plain.requires_ = required;
    plain.require_count = input_.byte() % 3;
    plain.ahead = input_.byte() % 2 != 0;
    if (extman_control_parse(input_.text(), &overlay, nullptr) == EXTMAN_OK) {
      plain.overlays = &overlay;
      plain.overlay_count = 1;
    }
    ExtmanPackageId id = EXTMAN_NO_PACKAGE;
    ExtmanPackageId shadowed_by = EXTMAN_NO_PACKAGE;
    const ExtmanCode code =
        extman_universe_add_plain(universe_, &plain, 8, &id, &shadowed_by, &error_);
    check_outcome(code, error_);
    if (code == EXTMAN_OK) keep(id);
    extman_control_free(overlay);
  }

  void add_upgrade() {
    const ExtmanText name = input_.text();
    const ExtmanText from = input_.text();
    const ExtmanText to = input_.text();
    check_outcome(extman_universe_add_upgrade(universe_, name, from, to, 9, &error_), error_);
  }

  // One of those added: others can't be there.
  void install() {
    const std::uint8_t flags = input_.byte();
    if (packages_.empty()) return;
    installed_.push_back(
        {packages_[input_.byte() % packages_.size()], (flags & 1) != 0, (flags & 2) != 0});
  }

  void solve() {
    ExtmanRequest request = {};
    request.install = input_.text();
    request.uninstall = input_.text();
    request.upgrade = input_.text();
    const std::uint8_t flags = input_.byte();
    request.upgrade_all = (flags & 1) != 0;
    request.cascade = (flags & 2) != 0;
    request.autoremove = (flags & 4) != 0;
    ExtmanOptions options = {};
    options.max_steps = 100'000;
    options.max_memory = std::size_t{1} << 24U;
    options.allow_cycles = (flags & 8) != 0;

    ExtmanSolution *solution = nullptr;
    const ExtmanCode code = extman_solve(universe_, installed_.data(), installed_.size(), &request,
                                         &options, &solution, &error_);
    check(code == error_.code, "the code is the error's");
    // The same package twice among what is installed is a misuse, and said to be.
    check(code != EXTMAN_INTERNAL, "no defect", error_.message);
    draw(request.install, options, (flags & 16) != 0 ? EXTMAN_DOT : EXTMAN_MERMAID);
    if (code != EXTMAN_OK) return;
    read(solution);
    extman_solution_free(solution);
  }

  void draw(ExtmanText request, const ExtmanOptions &options, ExtmanPicture picture) {
    ExtmanGraph *graph = nullptr;
    const ExtmanCode code = extman_graph(universe_, installed_.data(), installed_.size(), request,
                                         picture, &options, &graph, &error_);
    check(code == error_.code && code != EXTMAN_INTERNAL, "no defect", error_.message);
    if (code != EXTMAN_OK) return;
    for (const char *c = extman_graph_text(graph); *c != '\0'; ++c) {
      check(*c == '\n' || (*c >= ' ' && *c <= '~'), "a picture is ASCII", extman_graph_text(graph));
    }
    extman_graph_free(graph);
  }

  static void read(const ExtmanSolution *solution) {
    const ExtmanStep *steps = nullptr;
    const std::size_t count = extman_solution_steps(solution, &steps);
    check(count == 0 || extman_solution_verdict(solution) == EXTMAN_PLAN, "steps are of a plan");
    for (std::size_t i = 0; i < count; ++i) {
      check_text(steps[i].name);
      check_text(steps[i].reason);
      check((steps[i].old_version == nullptr) == (steps[i].action == EXTMAN_INSTALL),
            "old version");
    }
    check_text(extman_solution_message(solution));
    check_text(extman_solution_detail(solution));
    check_text(extman_solution_hint(solution));
    const ExtmanPackageId *already = nullptr;
    extman_solution_already(solution, &already);
    extman_solution_rewired(solution, &steps);
  }

  void look() {
    ExtmanFindings *findings = nullptr;
    const ExtmanText name = input_.text();
    if (extman_why(universe_, installed_.data(), installed_.size(), name, &findings, &error_) ==
        EXTMAN_OK) {
      read(findings);
    }
    findings = nullptr;
    if (extman_check(universe_, installed_.data(), installed_.size(), &findings, &error_) ==
        EXTMAN_OK) {
      read(findings);
    }
    const ExtmanOptions options = {};
    ExtmanPackageId package = EXTMAN_NO_PACKAGE;
    check(extman_obtainable(universe_, installed_.data(), installed_.size(), &name, 1, &options,
                            &package, &error_) != EXTMAN_INTERNAL,
          "no defect", error_.message);
  }

  static void read(ExtmanFindings *findings) {
    const ExtmanFinding *list = nullptr;
    const std::size_t count = extman_findings(findings, &list);
    for (std::size_t i = 0; i < count; ++i) check_text(list[i].text);
    extman_findings_free(findings);
  }

  void compare() {
    const ExtmanText a = input_.text();
    const ExtmanText b = input_.text();
    int order = 0;
    bool fits = false;
    check_outcome(extman_version_compare(a, b, &order, &error_), error_);
    check_outcome(extman_version_satisfies(a, b, &fits, &error_), error_);
    check_outcome(extman_name_check(a, &error_), error_);
  }

  void manifest() {
    const ExtmanText text = input_.text();
    read_block(text);
    ExtmanManifest *manifest = nullptr;
    const ExtmanCode code = extman_manifest_parse(text, &manifest, &error_);
    check_outcome(code, error_);
    if (code != EXTMAN_OK) return;
    const ExtmanManifestEntry *entries = nullptr;
    extman_manifest_entries(manifest, &entries);
    extman_manifest_free(manifest);
  }

  void read_block(ExtmanText text) {
    ExtmanBlock *block = nullptr;
    const ExtmanCode code = extman_block_parse(text, &block, &error_);
    check_outcome(code, error_);
    if (code != EXTMAN_OK) return;
    ExtmanBlockInfo info = {};
    extman_block_info(block, &info);
    check((info.install == nullptr) == (info.schema_count == 0), "a schema for each install");
    extman_block_free(block);
  }

  void conf() {
    static const char *const classes[] = {"foo", "bar"};
    ExtmanConf *conf = nullptr;
    const ExtmanCode code =
        extman_conf_parse(input_.text(), classes, input_.byte() % 3, &conf, &error_);
    check_outcome(code, error_);
    if (code != EXTMAN_OK) return;
    const ExtmanConfSetting *settings = nullptr;
    const std::size_t count = extman_conf_settings(conf, &settings);
    for (std::size_t i = 0; i < count; ++i) check_text(settings[i].value);
    extman_conf_free(conf);
  }

  void script() {
    ExtmanSplitter *splitter = nullptr;
    check_outcome(extman_splitter_new(input_.byte() % 2 != 0, &splitter, &error_), error_);
    bool fed_last = false;
    for (;;) {
      ExtmanPiece piece;
      const ExtmanCode code = extman_splitter_next(splitter, &piece, &error_);
      check_outcome(code, error_);
      if (code != EXTMAN_OK || piece.kind == EXTMAN_SPLIT_END) break;
      if (piece.kind == EXTMAN_SPLIT_MORE) {
        check(!fed_last, "nothing more is asked for after the last");
        const ExtmanText text = input_.text();
        fed_last = input_.is_empty() || input_.byte() % 4 == 0;
        check_outcome(extman_splitter_feed(splitter, text, fed_last, &error_), error_);
      }
      if (input_.byte() % 4 == 0) {
        const ExtmanCode expected = extman_splitter_expect_copy(splitter, &error_);
        check((expected == EXTMAN_OK) == (piece.kind == EXTMAN_SPLIT_STATEMENT),
              "data follows a statement", error_.message);
      }
    }
    extman_splitter_free(splitter);
  }

  Input input_;
  ExtmanUniverse *universe_ = nullptr;
  ExtmanError error_ = {};
  std::vector<ExtmanPackageId> packages_;
  std::vector<ExtmanInstalled> installed_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  Program(data, size).run();
  check(extman_live_objects() == 0, "nothing stays alive");
  return 0;
}
