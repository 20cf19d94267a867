// A case of test/cases by way of the C API.
#include "handle.h"
#include "scenarios.h"

#include <map>
#include <utility>
#include <vector>

namespace extman::faults {

namespace {

using test::CaseFile;

class Asking {
 public:
  Asking(Trial &trial, const CaseFile &problem) : trial_(trial), problem_(problem) {
    trial_.call("extman_universe_new",
                [&](ExtmanError *error) { return extman_universe_new(Into(universe_), error); });
  }

  void add_all() {
    for (const CaseFile::Package &package : problem_.packages) {
      const Control control = parse(package);
      add(package.name, package.version, [&](auto *id, auto *shadowed_by, ExtmanError *error) {
        return extman_universe_add(universe_.get(), control.get(), next_tag(), id, shadowed_by,
                                   error);
      });
    }
    for (const CaseFile::Core &core : problem_.core) {
      std::vector<Control> overlays;
      for (const CaseFile::Package &overlay : problem_.overlays) {
        if (overlay.name == core.name) overlays.push_back(parse(overlay));
      }
      add_plain(core.name, core.version, core.required, overlays, core.ahead);
    }
    for (const CaseFile::Upgrade &upgrade : problem_.upgrades) {
      trial_.call("extman_universe_add_upgrade", [&](ExtmanError *error) {
        return extman_universe_add_upgrade(universe_.get(), view(upgrade.name), view(upgrade.from),
                                           view(upgrade.to), next_tag(), error);
      });
    }
    for (const CaseFile::Present &present : problem_.installed) {
      if (ids_.count({present.name, present.version}) == 0) {
        add_plain(present.name, present.version, present.required, {}, false);
      }
      installed_.push_back(
          {ids_.at({present.name, present.version}), present.automatic, present.held});
    }
  }

  void solve() {
    ExtmanRequest request = {};
    const auto given = [](const std::string &text) {
      return text.empty() ? ExtmanText{nullptr, 0} : view(text);
    };
    request.install = given(problem_.install);
    request.uninstall = given(problem_.uninstall);
    request.upgrade = given(problem_.upgrade);
    request.upgrade_all = problem_.upgrade == "*";
    request.cascade = problem_.cascade;
    request.autoremove = problem_.autoremove;
    ExtmanOptions options = {};
    options.allow_cycles = problem_.allow_cycles;
    Solution solution;
    if (trial_.call("extman_solve", [&](ExtmanError *error) {
          return extman_solve(universe_.get(), installed_.data(), installed_.size(), &request,
                              &options, Into(solution), error);
        }) == EXTMAN_OK) {
      tell(solution.get());
    }
  }

  void look() {
    Findings findings;
    if (trial_.call("extman_check", [&](ExtmanError *error) {
          return extman_check(universe_.get(), installed_.data(), installed_.size(), Into(findings),
                              error);
        }) == EXTMAN_OK) {
      tell(findings.get());
    }
    for (const CaseFile::Present &present : problem_.installed) why(present.name);
    why("nobody_knows_it");
  }

 private:
  std::uint32_t next_tag() const { return static_cast<std::uint32_t>(ids_.size()); }

  Control parse(const CaseFile::Package &package) {
    const std::string text =
        "name = " + package.name + "\n" +
        (package.version.empty() ? "" : "version = " + package.version + "\n") + package.control;
    Control control;
    trial_.call("extman_control_parse", [&](ExtmanError *error) {
      return extman_control_parse(view(text), Into(control), error);
    });
    return control;
  }

  template <class Body>
  void add(const std::string &name, const std::string &version, Body body) {
    ExtmanPackageId id = EXTMAN_NO_PACKAGE;
    ExtmanPackageId shadowed_by = EXTMAN_NO_PACKAGE;
    trial_.call("extman_universe_add",
                [&](ExtmanError *error) { return body(&id, &shadowed_by, error); });
    trial_.say(name + " " + version + ": " + std::to_string(id) + " " +
               std::to_string(shadowed_by));
    ids_[{name, version}] = id;
  }

  void add_plain(const std::string &name, const std::string &version,
                 const std::vector<std::string> &required, const std::vector<Control> &overlays,
                 bool ahead) {
    std::vector<ExtmanText> names;
    for (const std::string &one : required) names.push_back(view(one));
    std::vector<const ExtmanControl *> controls;
    for (const Control &overlay : overlays) controls.push_back(overlay.get());
    const ExtmanPlain plain = {view(name),      view(version),   names.data(), names.size(),
                               controls.data(), controls.size(), ahead};
    add(name, version, [&](auto *id, auto *shadowed_by, ExtmanError *error) {
      return extman_universe_add_plain(universe_.get(), &plain, next_tag(), id, shadowed_by, error);
    });
  }

  void tell(const ExtmanSolution *solution) {
    const ExtmanStep *steps = nullptr;
    trial_.say("verdict " + std::to_string(extman_solution_verdict(solution)));
    const std::size_t step_count = extman_solution_steps(solution, &steps);
    tell(steps, step_count);
    const std::size_t rewired_count = extman_solution_rewired(solution, &steps);
    tell(steps, rewired_count);
    const ExtmanPackageId *already = nullptr;
    trial_.say(std::to_string(extman_solution_already(solution, &already)) + " already");
    trial_.say(extman_solution_message(solution));
    trial_.say(extman_solution_detail(solution));
    trial_.say(extman_solution_hint(solution));
  }

  void tell(const ExtmanStep *steps, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      std::string line = std::to_string(steps[i].action) + " " + steps[i].name + " " +
                         shown(steps[i].old_version) + " " + shown(steps[i].new_version) + " " +
                         steps[i].reason + " needs";
      for (std::size_t j = 0; j < steps[i].need_count; ++j) {
        line += " " + std::to_string(steps[i].needs[j]);
      }
      line += " scripts";
      for (std::size_t j = 0; j < steps[i].script_count; ++j) {
        line += " " + std::to_string(steps[i].scripts[j]);
      }
      trial_.say(line);
    }
  }

  void tell(const ExtmanFindings *findings) {
    const ExtmanFinding *list = nullptr;
    const std::size_t count = extman_findings(findings, &list);
    for (std::size_t i = 0; i < count; ++i) {
      trial_.say(std::string(list[i].name) + ": " + list[i].text);
    }
  }

  void why(const std::string &name) {
    Findings findings;
    if (trial_.call("extman_why", [&](ExtmanError *error) {
          return extman_why(universe_.get(), installed_.data(), installed_.size(), view(name),
                            Into(findings), error);
        }) == EXTMAN_OK) {
      tell(findings.get());
    }
  }

  Trial &trial_;
  const CaseFile &problem_;
  Universe universe_;
  std::map<std::pair<std::string, std::string>, ExtmanPackageId> ids_;
  std::vector<ExtmanInstalled> installed_;
};

}  // namespace

// Twice, as the universe and its memory are used again.
void solving(Trial &trial, const CaseFile &problem) {
  Asking asking(trial, problem);
  asking.add_all();
  for (int round = 0; round < 2; ++round) {
    asking.solve();
    asking.look();
  }
}

}  // namespace extman::faults
