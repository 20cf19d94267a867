// Real control files, conf files and requests with something wrong: each is read in no
// time, or refused with a message that says where.

#include "control/conf_file.h"
#include "control/control_file.h"
#include "control/relation.h"
#include "support/error.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace extman::control {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double kTooLong = 1.0;  // seconds, for one of them

std::string read_file(const fs::path &path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The files of that kind below a folder, those of control-examples/invalid left out.
std::vector<std::string> files(const fs::path &folder, const std::string &name) {
  std::vector<std::string> paths;
  std::error_code none;
  for (const auto &entry : fs::recursive_directory_iterator(folder, none)) {
    const std::string path = entry.path().string();
    const bool wanted = entry.path().filename() == name || entry.path().extension() == name;
    if (wanted && path.find("/invalid/") == std::string::npos) paths.push_back(path);
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const std::string &path : paths) texts.push_back(read_file(path));
  return texts;
}

// Of the server's own extensions as of a package: their keys have other names here.
std::string as_of_package(std::string text, const std::string &name) {
  for (const auto &[theirs, ours] :
       {std::pair("default_version", "version"), std::pair("requires", "depends")}) {
    const std::size_t at = text.find(theirs);
    if (at != std::string::npos) text.replace(at, std::string(theirs).size(), ours);
  }
  return "name = " + name + "\n" + text;
}

std::vector<std::string> control_files() {
  const fs::path source = EXTMAN_SOURCE_DIR;
  std::vector<std::string> texts = files(source / "control-examples", "control");
  for (const std::string &text : files(source / "test/regress/packages", "control")) {
    texts.push_back(text);
  }
  // There need not be any.
  for (const std::string &text : files("/usr/share/postgresql", ".control")) {
    texts.push_back(as_of_package(text, "core_" + std::to_string(texts.size())));
  }
  return texts;
}

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }

  // One to four times: a byte changed, put in or taken out, a stretch doubled, moved,
  // or taken from another text, the end cut off.
  std::string mutate(std::string text, const std::string &other) {
    for (std::size_t times = 1 + below(4); times > 0; --times) {
      if (text.empty()) text = other;
      if (text.empty()) continue;
      const std::size_t at = below(text.size());
      const std::size_t length = 1 + below(std::min<std::size_t>(40, text.size() - at));
      switch (below(7)) {
        case 0:
          text[at] = byte();
          break;
        case 1:
          text.insert(at, 1, byte());
          break;
        case 2:
          text.erase(at, length);
          break;
        case 3:
          text.insert(at, text.substr(at, length));
          break;
        case 4: {
          const std::string moved = text.substr(at, length);
          text.erase(at, length);
          text.insert(below(text.size() + 1), moved);
          break;
        }
        case 5:
          if (!other.empty()) text.insert(at, other.substr(below(other.size()), length));
          break;
        default:
          text.resize(at);
          break;
      }
    }
    return text;
  }

 private:
  // Mostly one that means something.
  char byte() {
    static const std::string kSpecial = "=#'\n \t\r,|()<>!:~-.\"\\$x0\xC3\xA4\x80\xFF";
    return below(4) == 0 ? static_cast<char>(below(256)) : kSpecial[below(kSpecial.size())];
  }

  std::mt19937 random_;
};

// Counts what comes of many texts.
class Counts {
 public:
  // read(text) throws BadInput or not.  has_lines: the error names line and column.
  template <class Read>
  void add(const std::string &text, bool has_lines, Read read) {
    const Clock::time_point begin = Clock::now();
    try {
      read(text);
      ++taken_;
    } catch (const support::BadInput &error) {
      ++refused_;
      EXPECT_STRNE(error.what(), "") << text;
      EXPECT_EQ(error.line() == 0, error.column() == 0) << error.what() << "\n" << text;
      // What a file lacks altogether stands nowhere in it.
      const std::string message = error.what();
      if (has_lines && error.line() == 0) {
        ++nowhere_;
        EXPECT_NE(message.find("missing"), std::string::npos) << message << "\n" << text;
      }
      const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
      EXPECT_LE(error.line(), lines) << message << "\n" << text;
    }
    slowest_ = std::max(slowest_, std::chrono::duration<double>(Clock::now() - begin).count());
  }

  std::size_t taken() const { return taken_; }

  void tell(const char *what) const {
    std::printf(
        "%zu %s: %zu taken, %zu refused (%zu for what is missing), the slowest took %.3f s\n",
        taken_ + refused_, what, taken_, refused_, nowhere_, slowest_);
    EXPECT_LT(slowest_, kTooLong);
    EXPECT_GT(taken_, 0u);
    EXPECT_GT(refused_, taken_ / 10);
  }

 private:
  std::size_t taken_ = 0;
  std::size_t refused_ = 0;
  std::size_t nowhere_ = 0;
  double slowest_ = 0;
};

TEST(MutatedFiles, ControlFiles) {
  const std::vector<std::string> originals = control_files();
  ASSERT_GE(originals.size(), 50u);
  Counts as_they_are;
  for (const std::string &original : originals) {
    as_they_are.add(original, true, [](const std::string &text) { parse_control(text); });
  }
  EXPECT_GE(as_they_are.taken(), 50u);
  Mutator mutator(20100521);
  Counts counts;
  for (int i = 0; i < 10'000; ++i) {
    const std::string &original = originals[static_cast<std::size_t>(i) % originals.size()];
    const std::string &other = originals[mutator.below(originals.size())];
    counts.add(mutator.mutate(original, other), true,
               [](const std::string &text) { parse_control(text); });
  }
  counts.tell("control files");
}

TEST(MutatedFiles, ConfFiles) {
  std::vector<std::string> originals =
      files(fs::path(EXTMAN_SOURCE_DIR) / "control-examples", ".conf");
  ASSERT_GE(originals.size(), 5u);
  originals.emplace_back("# limits\nfoo.limit = 10\nfoo.path = 'it''s # here'\nfoo.a.b = on\n");
  Mutator mutator(20100522);
  Counts counts;
  for (int i = 0; i < 3'000; ++i) {
    const std::string &original = originals[static_cast<std::size_t>(i) % originals.size()];
    counts.add(mutator.mutate(original, original), true, [](const std::string &text) {
      parse_conf(text, {"foo", "audit", "currency", "exchange", "range_partition"});
    });
  }
  counts.tell("conf files");
}

TEST(MutatedFiles, Requests) {
  static const std::vector<std::string> kRequests = {
      "foo",
      "foo, bar (>= 1.1), spatial | geometry",
      "postgis (>= 3.0, << 4~beta1-2, != 3.1), pgrouting",
      "libc6 (>= 2.34), libgcc-s1 (>= 3.0) | libgcc1, zlib1g (>= 1:1.1.4)",
  };
  Mutator mutator(20100523);
  Counts counts;
  for (int i = 0; i < 5'000; ++i) {
    const std::string &original = kRequests[static_cast<std::size_t>(i) % kRequests.size()];
    counts.add(mutator.mutate(original, kRequests[mutator.below(kRequests.size())]), true,
               [](const std::string &text) { parse_request(text); });
  }
  counts.tell("requests");
}

}  // namespace
}  // namespace extman::control
