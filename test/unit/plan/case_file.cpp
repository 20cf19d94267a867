#include "case_file.h"

#include "control/control_file.h"
#include "plan/answer.h"
#include "universe/universe.h"

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
      } else if (section == "upgrade") {
        CaseFile::Upgrade upgrade;
        arguments >> upgrade.name >> upgrade.from >> upgrade.to;
        result.upgrades.push_back(upgrade);
      } else if (section == "installed") {
        CaseFile::Present present;
        arguments >> present.name >> present.version;
        for (std::string flag; arguments >> flag;) {
          present.held |= flag == "held";
          present.automatic |= flag == "automatic";
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
      } else if (section != "expected") {
        throw std::runtime_error(path + ": unknown section \"" + section + "\"");
      }
    } else if (section == "expected") {
      result.expected += line + "\n";
    } else if (section == "head") {
      result.head += line + "\n";
    } else if (section == "package") {
      result.packages.back().control += line + "\n";
    } else if (!line.empty()) {
      throw std::runtime_error(path + ": stray line \"" + line + "\"");
    }
  }
  return result;
}

std::string answer_case(const CaseFile &problem, bool reversed) {
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
  for (const CaseFile::Upgrade &upgrade : problem.upgrades) {
    universe.add_upgrade(upgrade.name, upgrade.from, upgrade.to, 0);
  }
  std::vector<solve::Installed> installed;
  for (const CaseFile::Present &present : problem.installed) {
    auto found = ids.find({present.name, present.version});
    universe::PackageId id = found != ids.end()
                                 ? found->second
                                 : universe.add_plain(present.name, present.version, {}, 0).id;
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

  support::Budget budget;
  solve::Workspace workspace;
  plan::Answer answer = plan::answer(universe, workspace, installed, question, false, budget);
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

}  // namespace extman::test
