#include "support/translate.h"

#include <gtest/gtest.h>

#include <map>

namespace extman {
namespace {

// What the catalogue of a test says.
std::map<std::string, std::string> catalog;

const char *look_up(const char *text, const char *plural, unsigned long count) {
  if (plural != nullptr && count != 1) text = plural;
  auto found = catalog.find(text);
  return found != catalog.end() ? found->second.c_str() : text;
}

class Translate : public testing::Test {
 protected:
  Translate() { support::set_translator(look_up); }
  ~Translate() override {
    support::set_translator(nullptr);
    catalog.clear();
  }

  static std::string as(const char *translation) {
    catalog["%s depends on %s"] = translation;
    return tr("%s depends on %s", "foo 1.0", "bar");
  }

  static constexpr const char *kEnglish = "foo 1.0 depends on bar";
};

TEST_F(Translate, PutsValuesIntoPlaceholders) {
  EXPECT_EQ(tr("%s depends on %s", "foo 1.0", std::string("bar")), kEnglish);
  EXPECT_EQ(tr("%2$s, %1$s and %1$s", "a", "b"), "b, a and a");
  EXPECT_EQ(tr("100%% of %s", "all"), "100% of all");
  EXPECT_EQ(tr("nothing"), "nothing");
  EXPECT_EQ(tr(""), "");
}

TEST_F(Translate, TakesNoPlaceholderFromValues) {
  EXPECT_EQ(tr("%s depends on %s", "%s%2$s%n", "%"), "%s%2$s%n depends on %");
}

TEST_F(Translate, TakesTheTranslation) {
  EXPECT_EQ(as("%s hängt ab von %s"), "foo 1.0 hängt ab von bar");
  EXPECT_EQ(as("von %2$s hängt %1$s ab"), "von bar hängt foo 1.0 ab");
}

TEST_F(Translate, FallsBackToEnglishForPlaceholdersThatDoNotFit) {
  for (const char *wrong : {
           "%s hängt ab",                     // a value is missing
           "%1$s hängt ab von %1$s",          // the same
           "%s hängt ab von %s und %s",       // one too many
           "%1$s hängt ab von %3$s",          // the same
           "%0$s hängt ab von %s",            // they count from 1
           "%99999999999999999999$s und %s",  // no number at all
           "%s hängt ab von %d",              // another kind
           "%n%n",                            // a dangerous one
           "%1$n hängt ab von %2$s",          // the same
           "%1$",                             // cut off
           "%1",                              // the same
           "%s hängt ab von %s%",             // the same
           "%5s hängt ab von %s",             // widths are not known
           "%s hängt ab von %s % ",           // a percent sign alone
           "",                                // nothing
       }) {
    EXPECT_EQ(as(wrong), kEnglish) << wrong;
  }
}

TEST_F(Translate, ChoosesThePlural) {
  auto more = [](std::size_t count) {
    return tr_plural("There is one more reason.", "There are %s more reasons.", count,
                     std::to_string(count));
  };
  EXPECT_EQ(more(1), "There is one more reason.");
  EXPECT_EQ(more(0), "There are 0 more reasons.");
  EXPECT_EQ(more(7), "There are 7 more reasons.");
  catalog["There is one more reason."] = "Es gibt einen weiteren Grund.";
  catalog["There are %s more reasons."] = "Es gibt %s weitere Gründe.";
  EXPECT_EQ(more(1), "Es gibt einen weiteren Grund.");
  EXPECT_EQ(more(7), "Es gibt 7 weitere Gründe.");
  catalog["There are %s more reasons."] = "Es gibt %d weitere Gründe.";
  EXPECT_EQ(more(7), "There are 7 more reasons.");
}

TEST_F(Translate, AsksNoTranslatorForTheEmptyText) {
  catalog[""] = "the header of the catalogue";
  EXPECT_EQ(tr(""), "");
}

TEST_F(Translate, SurvivesATranslatorThatReturnsNothing) {
  support::set_translator(
      [](const char *, const char *, unsigned long) -> const char * { return nullptr; });
  EXPECT_EQ(tr("%s depends on %s", "foo 1.0", "bar"), kEnglish);
}

}  // namespace
}  // namespace extman
