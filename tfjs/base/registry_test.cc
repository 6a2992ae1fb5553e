#include "tfjs/base/registry.h"

#include <gtest/gtest.h>

namespace tfjs {
namespace {

TEST(CloseNames, ComeBestFirstWhateverTheCase) {
  const std::vector<std::string> known = {"Conv1D", "Conv2D", "Conv2DTranspose", "Dense", "Dot"};
  EXPECT_EQ(close_names("conv2d", known), (std::vector<std::string>{"Conv2D", "Conv1D"}));
  EXPECT_EQ(close_names("dnese", known), std::vector<std::string>{"Dense"});
  EXPECT_TRUE(close_names("Flatten", known).empty());
}

TEST(CloseNames, AreAtMostThree) {
  EXPECT_EQ(close_names("a1", {"a2", "a3", "a4", "a5"}).size(), 3u);
}

TEST(CloseNames, DoNotCompareHugeNames) {
  EXPECT_TRUE(close_names(std::string(1 << 20, 'x'), {std::string(1 << 20, 'x')}).empty());
}

TEST(Registry, SaysWhatWasAskedForAndWhatComesClose) {
  Registry<int> registry("layer class");
  registry.add("Dense", 1);
  registry.add("Dropout", 2);
  EXPECT_EQ(registry.get("Dense"), 1);
  EXPECT_EQ(registry.find("Conv"), nullptr);
  try {
    registry.get("Danse");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::NotFound);
    EXPECT_STREQ(error.what(), "unknown layer class 'Danse' (did you mean 'Dense'?)");
  }
}

TEST(DidYouMean, JoinsNamesWithOr) {
  EXPECT_EQ(did_you_mean("a1", {"a2", "a3", "a4"}), " (did you mean 'a2', 'a3' or 'a4'?)");
}

}  // namespace
}  // namespace tfjs
