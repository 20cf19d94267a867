#include "peers/dose.h"

#include <chrono>
#include <cstdio>
#include <stdexcept>

namespace extman::bench {

namespace {

// "   package: foo" gives "foo", when that is the key.
bool take_value(const std::string &line, const std::string &key, std::string &value) {
  const std::size_t first = line.find_first_not_of(" -");
  if (first == std::string::npos || line.compare(first, key.size(), key) != 0) return false;
  value = line.substr(first + key.size());
  return true;
}

std::string in_quotes(const std::string &path) {
  if (path.find('\'') != std::string::npos) throw std::runtime_error("a quote in " + path);
  return "'" + path + "'";
}

}  // namespace

DoseResult dose_debcheck(const std::vector<std::string> &paths) {
  std::string command = "dose-debcheck --failures --deb-native-arch=amd64 --deb-ignore-essential";
  for (const std::string &path : paths) command += " " + in_quotes(path);
  const auto begin = std::chrono::steady_clock::now();
  FILE *pipe = popen((command + " 2>/dev/null").c_str(), "r");  // NOLINT(cert-env33-c)
  if (pipe == nullptr) throw std::runtime_error("cannot run dose-debcheck");
  std::string text;
  char room[1 << 14];
  for (std::size_t got; (got = std::fread(room, 1, sizeof room, pipe)) > 0;) text.append(room, got);
  pclose(pipe);  // it fails whenever a package can't be installed
  DoseResult result;
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (text.find("total-packages:") == std::string::npos) {
    throw std::runtime_error("dose-debcheck came to no result");
  }

  std::string name;
  std::string version;
  for (std::size_t from = 0; from < text.size();) {
    std::size_t end = text.find('\n', from);
    if (end == std::string::npos) end = text.size();
    const std::string line = text.substr(from, end - from);
    from = end + 1;
    std::string status;
    take_value(line, "package: ", name);
    take_value(line, "version: ", version);
    if (take_value(line, "status: ", status) && status == "broken") {
      result.broken.emplace_back(name, version);
    }
  }
  return result;
}

}  // namespace extman::bench
