#include "extman/core.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

extern "C" const char *capi_failure(void);

TEST(CApi, WorksFromC) {
  const char *failure = capi_failure();
  EXPECT_EQ(failure, nullptr) << failure;
}

TEST(CApi, MessagesAreCutAtACharacter) {
  // A message that quotes a long name of two-byte characters.
  std::string text = "name = foo\nversion = 1.0\n";
  for (int i = 0; i < 1200; ++i) text += "\xC3\xA4";
  text += " = x\n";
  ExtmanControl *control = nullptr;
  ExtmanError error;
  ASSERT_EQ(extman_control_parse({text.data(), text.size()}, &control, &error), EXTMAN_BAD_INPUT);
  std::string message = error.message;
  EXPECT_LT(message.size(), sizeof(error.message));
  std::size_t bytes = 0;
  for (unsigned char c : message) bytes += c >= 0x80;
  EXPECT_EQ(bytes % 2, 0u) << message;
}
