// For whose sake something is installed, and what is wrong with what is.

#include "explain/installed.h"

#include "control/control_file.h"
#include "universe/universe.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace extman::explain {
namespace {

using solve::Installed;
using universe::PackageId;
using universe::Universe;

using Texts = std::vector<std::string>;

struct World {
  Universe universe;
  std::vector<Installed> installed;

  void add(const std::string &name, const std::string &version, const std::string &more = "",
           bool automatic = false) {
    PackageId id =
        universe
            .add(control::parse_control("name = " + name + "\nversion = " + version + "\n" + more),
                 0)
            .id;
    installed.push_back({id, automatic, false});
  }

  Texts why_of(const std::string &name) {
    Universe::RequestScope scope(universe);
    solve::Problem problem(universe, installed, {});
    Texts texts;
    for (const Finding &finding :
         why(problem, problem.installed_of(universe.find_name(name))->package)) {
      texts.push_back(finding.text);
    }
    return texts;
  }

  Texts checked() {
    Universe::RequestScope scope(universe);
    solve::Problem problem(universe, installed, {});
    Texts texts;
    for (const Finding &finding : check(problem)) {
      texts.push_back(std::string(universe.name_of(finding.package)) + ": " + finding.text);
    }
    return texts;
  }
};

TEST(Why, TellsTheShortestChainFromEachPackageThatWasAskedFor) {
  World world;
  world.add("app", "2.0", "depends = middle, base (>= 1)\n");
  world.add("tool", "1.0", "depends = middle\n");
  world.add("middle", "1.0", "depends = base\n", true);
  world.add("base", "1.1", "", true);
  EXPECT_EQ(world.why_of("base"),
            (Texts{"app 2.0 depends on base (>= 1)",
                   "tool 1.0 depends on middle, middle 1.0 depends on base"}));
  EXPECT_EQ(world.why_of("app"), Texts{"app 2.0 was asked for"});
}

TEST(Why, OfAPackageThatWasAskedForAndIsNeeded) {
  World world;
  world.add("app", "2.0", "depends = base\n");
  world.add("base", "1.1");
  EXPECT_EQ(world.why_of("base"), (Texts{"base 1.1 was asked for", "app 2.0 depends on base"}));
}

TEST(Why, OfWhatNothingNeedsAnyMore) {
  World world;
  world.add("left", "1.0", "depends = base\n", true);
  world.add("base", "1.0", "", true);
  EXPECT_EQ(world.why_of("base"), Texts{"left 1.0 depends on base, but nothing needs left 1.0"});
  EXPECT_EQ(world.why_of("left"), Texts{});
}

TEST(Why, EndsInACycle) {
  World world;
  world.add("a", "1.0", "depends = b\n", true);
  world.add("b", "1.0", "depends = a\n", true);
  world.add("app", "1.0", "depends = a\n");
  EXPECT_EQ(world.why_of("b"), Texts{"app 1.0 depends on a, a 1.0 depends on b"});
}

TEST(Why, KnowsWhatIsProvided) {
  World world;
  world.add("app", "1.0", "depends = spatial | flat\n");
  world.add("geo", "3.0", "provides = spatial (= 3.0)\n", true);
  EXPECT_EQ(world.why_of("geo"), Texts{"app 1.0 depends on spatial | flat"});
}

TEST(Why, GivesAHundredChainsAtMost) {
  World world;
  for (int i = 0; i < 200; ++i) world.add("app" + std::to_string(i), "1.0", "depends = base\n");
  world.add("base", "1.0", "", true);
  EXPECT_EQ(world.why_of("base").size(), 100u);
}

TEST(Check, FindsNothingWhereAllIsWell) {
  World world;
  world.add("app", "1.0", "depends = base (>= 1)\nconflicts = old, app\nprovides = old\n");
  world.add("base", "1.0", "custom_variable_classes = 'base'\n");
  EXPECT_EQ(world.checked(), Texts{});
}

TEST(Check, FindsBrokenDependenciesConflictsAndClasses) {
  World world;
  world.add("zoo", "1.0", "custom_variable_classes = 'shared'\n");
  world.add("app", "1.0",
            "depends = base (>= 2), gone | lost (>= 1)\nconflicts = bla (< 0.8)\n"
            "custom_variable_classes = 'Shared'\n");
  world.add("base", "1.0");
  world.add("bla", "0.7");
  EXPECT_EQ(world.checked(),
            (Texts{"app: app 1.0 depends on base (>= 2), but base 1.0 is installed",
                   "app: app 1.0 depends on gone | lost (>= 1), and nothing of that is installed",
                   "app: app 1.0 conflicts with bla (< 0.8), but bla 0.7 is installed",
                   "app: app 1.0 and zoo 1.0 both claim the custom variable class \"shared\""}));
}

TEST(NearestInstalled, SuggestsOnlyWhatIsInstalled) {
  World world;
  world.add("currency", "1.0");
  world.universe.add(control::parse_control("name = currenty\nversion = 1.0\n"), 0);
  solve::Problem problem(world.universe, world.installed, {});
  EXPECT_EQ(nearest_installed(problem, "curency"), "Perhaps you meant \"currency\".");
  EXPECT_EQ(nearest_installed(problem, "nothing_like_it"), "");
}

}  // namespace
}  // namespace extman::explain
