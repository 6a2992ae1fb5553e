#include "tfjs/platform/record_store.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"

namespace tfjs::platform {
namespace {

TEST(RecordStoreWithoutSqlite, NamesTheOptionThatGivesIt) {
  try {
    record_store("models.db");
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Unsupported);
    EXPECT_NE(std::string(error.what()).find("TFJS_WITH_SQLITE"), std::string::npos);
  }
}

}  // namespace
}  // namespace tfjs::platform
