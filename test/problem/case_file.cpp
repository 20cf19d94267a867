#include "problem/case_file.h"

#include "control/control_file.h"
#include "plan/answer.h"
#include "universe/universe.h"

#include <exception>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace extman::test {

CaseFile read_case(const std::string &path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  CaseFile result;
  std::string line;
  std::string section = "head";
  while (std::getline(file, line)) {
    if (section != "expected" && line.rfind("== ", 0) == 0) {
      std::istringstream words(line.substr(3));
      words >> section;
      std::string rest;
      std::getline(words >> std::ws, rest);
      std::istringstream arguments(rest);
      if (section == "package") {
        CaseFile::Package package;
        arguments >> package.name >> package.version;
        result.packages.push_back(package);
      } else if (section == "overlay") {
        CaseFile::Package overlay;
        arguments >> overlay.name >> overlay.version;
        result.overlays.push_back(overlay);
      } else if (section == "core") {
        CaseFile::Core core;
        arguments >> core.name >> core.version;
        bool names = false;
        for (std::string word; arguments >> word;) {
          if (names) core.required.push_back(word);
          core.ahead |= word == "ahead";
          names |= word == "requires";
        }
        result.core.push_back(core);
      } else if (section == "upgrade") {
        CaseFile::Upgrade upgrade;
        arguments >> upgrade.name >> upgrade.from >> upgrade.to;
        result.upgrades.push_back(upgrade);
      } else if (section == "installed") {
        CaseFile::Present present;
        arguments >> present.name >> present.version;
        bool names = false;
        for (std::string word; arguments >> word;) {
          if (names) present.required.push_back(word);
          present.held |= word == "held";
          present.automatic |= word == "automatic";
          names |= word == "requires";
        }
        result.installed.push_back(present);
      } else if (section == "install") {
        result.install = rest;
      } else if (section == "uninstall") {
        result.uninstall = rest;
      } else if (section == "upgrade-request") {
        result.upgrade = rest;
      } else if (section == "cascade") {
        result.cascade = true;
      } else if (section == "autoremove") {
        result.autoremove = true;
      } else if (section == "allow-cycles") {
        result.allow_cycles = true;
      } else if (section != "expected") {
        throw std::runtime_error(path + ": unknown section \"" + section + "\"");
      }
    } else if (section == "expected") {
      result.expected += line + "\n";
    } else if (section == "head") {
      result.head += line + "\n";
    } else if (section == "package") {
      result.packages.back().control += line + "\n";
    } else if (section == "overlay") {
      result.overlays.back().control += line + "\n";
    } else if (!line.empty()) {
      throw std::runtime_error(path + ": stray line \"" + line + "\"");
    }
  }
  return result;
}

plan::Answer ask_case(const CaseFile &problem, bool reversed, const plan::Show &show) {
  universe::Universe universe;
  std::map<std::pair<std::string, std::string>, universe::PackageId> ids;
  auto add = [&](const CaseFile::Package &package) {
    control::ControlFile control = control::parse_control(
        "name = " + package.name + "\nversion = " + package.version + "\n" + package.control);
    ids[{package.name, package.version}] = universe.add(control, 0).id;
  };
  for (std::size_t i = 0; i < problem.packages.size(); ++i) {
    add(problem.packages[reversed ? problem.packages.size() - 1 - i : i]);
  }
  std::vector<control::ControlFile> overlays;
  for (const CaseFile::Package &overlay : problem.overlays) {
    overlays.push_back(control::parse_control(
        "name = " + overlay.name + "\n" +
        (overlay.version.empty() ? "" : "version = " + overlay.version + "\n") + overlay.control));
  }
  for (std::size_t i = 0; i < problem.core.size(); ++i) {
    const CaseFile::Core &core = problem.core[reversed ? problem.core.size() - 1 - i : i];
    std::vector<std::string_view> required(core.required.begin(), core.required.end());
    std::vector<const control::ControlFile *> its_overlays;
    for (const control::ControlFile &overlay : overlays) {
      if (overlay.name == core.name) its_overlays.push_back(&overlay);
    }
    ids[{core.name, core.version}] =
        universe.add_plain({core.name, core.version, required, its_overlays, core.ahead}, 0).id;
  }
  for (const CaseFile::Upgrade &upgrade : problem.upgrades) {
    universe.add_upgrade(upgrade.name, upgrade.from, upgrade.to, 0);
  }
  std::vector<solve::Installed> installed;
  for (const CaseFile::Present &present : problem.installed) {
    auto found = ids.find({present.name, present.version});
    std::vector<std::string_view> required(present.required.begin(), present.required.end());
    universe::PackageId id =
        found != ids.end()
            ? found->second
            : universe.add_plain({present.name, present.version, required, {}, false}, 0).id;
    installed.push_back({id, present.automatic, present.held});
  }
  plan::Question question;
  auto parse = [](const std::string &text) {
    return text.empty() ? std::vector<control::Alternatives>() : control::parse_request(text);
  };
  question.install = parse(problem.install);
  question.uninstall = parse(problem.uninstall);
  question.upgrade_all = problem.upgrade == "*";
  if (!question.upgrade_all) question.upgrade = parse(problem.upgrade);
  question.cascade = problem.cascade;
  question.autoremove = problem.autoremove;

  support::Budget budget;
  solve::Workspace workspace;
  return plan::answer(universe, workspace, installed, question, problem.allow_cycles, budget, show);
}

std::string answer_case(const CaseFile &problem, bool reversed) {
  const plan::Answer answer = ask_case(problem, reversed);
  if (answer.verdict == plan::Verdict::kPlan) {
    return answer.detail.empty() ? "nothing to do\n" : answer.detail + "\n";
  }
  static const char *const kStates[] = {"", "42704", "42704", "2BP01", "55000"};
  std::string text = std::string("ERROR ") + kStates[static_cast<int>(answer.verdict)] + ":  " +
                     answer.message + "\n";
  if (!answer.detail.empty()) text += "DETAIL:  " + answer.detail + "\n";
  if (!answer.hint.empty()) text += "HINT:  " + answer.hint + "\n";
  return text;
}

CaseFile case_of(const Problem &problem) {
  CaseFile result;
  for (const control::ControlFile &package : problem.packages) {
    std::string control;
    auto line = [&](const char *key, const std::string &value) {
      if (!value.empty()) control += std::string(key) + " = " + value + "\n";
    };
    line("depends", control::to_string(package.depends));
    line("conflicts", control::conflicts_to_string(package.conflicts));
    line("provides", control::to_string(package.provides));
    std::string classes;
    for (const std::string &name : package.classes) classes += (classes.empty() ? "" : ", ") + name;
    line("custom_variable_classes", classes.empty() ? "" : "'" + classes + "'");
    result.packages.push_back({package.name, *package.version, control});
  }
  for (const Problem::Upgrade &upgrade : problem.upgrades) {
    result.upgrades.push_back({upgrade.name, upgrade.from, upgrade.to});
  }
  for (std::size_t i = 0; i < problem.installed.size(); ++i) {
    const control::ControlFile &package = problem.packages[problem.installed[i]];
    result.installed.push_back({package.name, *package.version, problem.held[i] != 0, false, {}});
  }
  result.install = control::to_string(problem.question.install);
  result.uninstall = control::to_string(problem.question.uninstall);
  result.upgrade =
      problem.question.upgrade_all ? "*" : control::to_string(problem.question.upgrade);
  result.cascade = problem.question.cascade;
  result.allow_cycles = problem.allow_cycles;
  return result;
}

std::string to_string(const CaseFile &problem) {
  std::string text = problem.head;
  for (const CaseFile::Package &package : problem.packages) {
    text += "== package " + package.name + " " + package.version + "\n" + package.control;
  }
  for (const CaseFile::Core &core : problem.core) {
    text += "== core " + core.name + " " + core.version + (core.ahead ? " ahead" : "");
    for (std::size_t i = 0; i < core.required.size(); ++i) {
      text += (i == 0 ? " requires " : " ") + core.required[i];
    }
    text += "\n";
  }
  for (const CaseFile::Package &overlay : problem.overlays) {
    text += "== overlay " + overlay.name + (overlay.version.empty() ? "" : " ") + overlay.version;
    text += "\n" + overlay.control;
  }
  for (const CaseFile::Upgrade &upgrade : problem.upgrades) {
    text += "== upgrade " + upgrade.name + " " + upgrade.from + " " + upgrade.to + "\n";
  }
  for (const CaseFile::Present &present : problem.installed) {
    text += "== installed " + present.name + " " + present.version;
    text += present.held ? " held" : "";
    text += present.automatic ? " automatic\n" : "\n";
  }
  if (!problem.install.empty()) text += "== install " + problem.install + "\n";
  if (!problem.uninstall.empty()) text += "== uninstall " + problem.uninstall + "\n";
  if (!problem.upgrade.empty()) text += "== upgrade-request " + problem.upgrade + "\n";
  if (problem.cascade) text += "== cascade\n";
  if (problem.autoremove) text += "== autoremove\n";
  if (problem.allow_cycles) text += "== allow-cycles\n";
  if (!problem.expected.empty()) text += "== expected\n" + problem.expected;
  return text;
}

std::string write_failure(const Problem &problem, const std::string &name,
                          const std::string &what_is_wrong) {
  namespace fs = std::filesystem;
  CaseFile result = case_of(problem);
  result.head = "# " + what_is_wrong + "\n";
  try {
    result.expected = answer_case(result, false);
  } catch (const std::exception &error) {
    result.expected = std::string("ERROR:  ") + error.what() + "\n";
  }
  const fs::path path = fs::path(EXTMAN_BINARY_DIR) / "failures" / (name + ".case");
  const std::string text = to_string(result);
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  std::ofstream file(path);
  file << text;
  file.close();
  return file ? path.string() : text;
}

}  // namespace extman::test
