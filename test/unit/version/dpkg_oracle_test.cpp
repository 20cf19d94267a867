// The order against that of the real dpkg, on generated pairs.  One call a pair
// is enough: exactly one of lt, eq and gt is true, so dpkg is asked for the one
// that compare() implies.
#include "support/error.h"
#include "version/version.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <random>
#include <string>
#include <vector>

namespace extman::version {
namespace {

constexpr int kPairs = 20'000;
constexpr int kChecks = 1'500;
constexpr int kAtATime = 4;  // processes

// Without translations to load, dpkg starts faster.
const char *const kEnvironment[] = {"LC_ALL=C", nullptr};

// A call of dpkg --compare-versions; its answer is 0 true, 1 false, 2 an error,
// -1 no dpkg.
class DpkgCall {
 public:
  DpkgCall(const std::string &a, const char *relation, const std::string &b) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    // It warns of what it takes nevertheless.
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const std::array<const char *, 7> arguments = {
        "dpkg", "--compare-versions", "--", a.c_str(), relation, b.c_str(), nullptr};
    started_ = posix_spawnp(&process_, "dpkg", &actions, nullptr,
                            const_cast<char *const *>(arguments.data()),
                            const_cast<char *const *>(kEnvironment)) == 0;
    posix_spawn_file_actions_destroy(&actions);
  }

  int answer() {
    int status = 0;
    if (!started_ || waitpid(process_, &status, 0) != process_ || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status);
  }

 private:
  pid_t process_ = -1;
  bool started_ = false;
};

bool dpkg_is_here() { return DpkgCall("1", "lt", "2").answer() == 0; }

// Texts biased to the corners: zeros, tildes, hyphens, colons, long digits.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::string text() {
    std::string result;
    if (below(4) == 0) result = epoch();
    for (int parts = 1 + below(5); parts > 0; --parts) result += part();
    if (below(3) == 0) result += '-' + part();
    return result;
  }

  // One that differs little, so that the runs have something in common.
  std::string neighbour(std::string text) {
    for (int changes = below(3); changes > 0; --changes) {
      const int at = below(static_cast<int>(text.size()) + 1);
      switch (below(4)) {
        case 0:
          text.insert(static_cast<std::size_t>(at), part());
          break;
        case 1:
          text.insert(static_cast<std::size_t>(at), "0");
          break;
        case 2:
          text = text.substr(0, static_cast<std::size_t>(at));
          break;
        default:
          if (at < static_cast<int>(text.size())) text.erase(static_cast<std::size_t>(at), 1);
      }
    }
    return text;
  }

  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

 private:
  std::string epoch() {
    static const char *const kEpochs[] = {
        "0:", "00:", "1:", "01:", "2:", "10:", "+1:", "2147483647:", "2147483648:", "1:2:"};
    return kEpochs[below(10)];
  }

  std::string part() {
    static const char *const kParts[] = {
        ".", "~", "~~", "+",  "-",    "_",  "0",   "00",   "1",     "01", "10",  "9",  "a",
        "A", "z", "Z",  "rc", "beta", ".0", ".00", "~rc1", "+dfsg", ":",  "1.0", "-0", "-1"};
    if (below(20) == 0) return std::string(static_cast<std::size_t>(18 + below(8)), '9');
    if (below(20) == 0) return "1" + std::string(static_cast<std::size_t>(18 + below(8)), '0');
    return kParts[below(26)];
  }

  std::mt19937 random_;
};

bool is_version(const std::string &text) {
  try {
    check(text);
    return true;
  } catch (const support::BadInput &) {
    return false;
  }
}

const char *relation_of(int order) { return order < 0 ? "lt" : order > 0 ? "gt" : "eq"; }

TEST(DpkgOracle, OrdersAsDpkgDoes) {
  if (!dpkg_is_here()) GTEST_SKIP() << "there is no dpkg to compare with";
  struct Pair {
    std::string a, b;
    int order;
    DpkgCall call;
  };
  Generator generator(20100521);
  std::array<int, 3> seen = {0, 0, 0};
  for (int done = 0; done < kPairs;) {
    std::vector<Pair> running;
    while (static_cast<int>(running.size()) < kAtATime && done < kPairs) {
      const std::string a = generator.text();
      const std::string b = generator.below(4) == 0 ? generator.text() : generator.neighbour(a);
      if (!is_version(a) || !is_version(b)) continue;
      const int order = compare(a, b);
      ++seen[static_cast<std::size_t>(order + 1)];
      running.push_back({a, b, order, DpkgCall(a, relation_of(order), b)});
      ++done;
    }
    for (Pair &pair : running) {
      EXPECT_EQ(pair.call.answer(), 0)
          << "dpkg denies '" << pair.a << "' " << relation_of(pair.order) << " '" << pair.b << "'";
    }
    if (HasFailure()) return;
  }
  // The generator must reach all three answers often.
  for (int count : seen) EXPECT_GT(count, kPairs / 10);
}

TEST(DpkgOracle, TakesAndRefusesAsDpkgDoes) {
  if (!dpkg_is_here()) GTEST_SKIP() << "there is no dpkg to compare with";
  Generator generator(19);
  int refused = 0;
  for (int i = 0; i < kChecks && !HasFailure(); ++i) {
    std::string text = generator.neighbour(generator.neighbour(generator.text()));
    if (generator.below(10) == 0) text.insert(0, generator.below(2) == 0 ? "-" : " ");
    if (generator.below(20) == 0) text += generator.below(2) == 0 ? " " : " 1";
    if (text.empty()) continue;  // to --compare-versions, an empty text is no version at all
    const bool taken = is_version(text);
    if (!taken) ++refused;
    EXPECT_EQ(DpkgCall(text, "eq", text).answer(), taken ? 0 : 2) << "'" << text << "'";
  }
  EXPECT_GT(refused, kChecks / 20);
  EXPECT_LT(refused, kChecks * 3 / 4);
}

}  // namespace
}  // namespace extman::version
