#include "tfjs/platform/environment.h"

#include <gtest/gtest.h>

namespace tfjs::platform {
namespace {

TEST(Environment, KnowsWhatIsSetOnly) {
  EXPECT_NE(environment("PATH").value_or(""), "");
  EXPECT_EQ(environment("TFJS_A_NAME_THAT_NOBODY_SETS"), std::nullopt);
}

}  // namespace
}  // namespace tfjs::platform
