#include "tfjs/platform/http.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"

namespace tfjs::platform {
namespace {

TEST(RunHttp, NamesTheOptionThatThisBuildLacks) {
  try {
    run_http({}, [](HttpSession&) {}).get();
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Unsupported);
    EXPECT_NE(std::string(error.what()).find("TFJS_WITH_CURL"), std::string::npos);
  }
}

}  // namespace
}  // namespace tfjs::platform
