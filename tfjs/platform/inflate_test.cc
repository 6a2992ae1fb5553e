#include "tfjs/platform/inflate.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tfjs/base/bytes.h"
#include "tfjs/base/error.h"

namespace tfjs::platform {
namespace {

using namespace std::string_view_literals;

// Python: zlib.compressobj(wbits=-15) of b"tfjs " * 20.
constexpr std::string_view kPacked = "\x2b\x49\xcb\x2a\x56\x28\xa1\x2d\x01\x00"sv;

class InflateIfZlibIsThere : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!can_inflate()) GTEST_SKIP() << "no zlib in this build";
  }
};

std::string inflated(std::string_view packed, std::size_t size) {
  std::string out(size, '?');
  inflate(bytes_of(packed), std::as_writable_bytes(std::span<char>(out)), "x.zip/a");
  return out;
}

std::string inflate_refusal(std::string_view packed, std::size_t size) {
  try {
    inflated(packed, size);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::CorruptData);
    return error.what();
  }
  return "accepted";
}

TEST_F(InflateIfZlibIsThere, UnpacksWhatFitsExactly) {
  std::string expected;
  for (int i = 0; i < 20; ++i) expected += "tfjs ";
  EXPECT_EQ(inflated(kPacked, 100), expected);
  EXPECT_EQ(inflated("\x03\x00"sv, 0), "");
  EXPECT_EQ(inflated("\x01\x03\x00\xfc\xff"
                     "abc"sv,
                     3),
            "abc");
}

TEST_F(InflateIfZlibIsThere, RefusesAnotherSize) {
  EXPECT_NE(inflate_refusal(kPacked, 99).find("x.zip/a unpacks to more than 99"),
            std::string::npos);
  EXPECT_NE(inflate_refusal(kPacked, 101).find("100 bytes, but should to 101"), std::string::npos);
  EXPECT_NE(inflate_refusal("\x01\x03\x00\xfc\xff"
                            "abc"sv,
                            0)
                .find("more than 0"),
            std::string::npos);
}

TEST_F(InflateIfZlibIsThere, RefusesBytesAfterTheEnd) {
  EXPECT_NE(inflate_refusal(cat(kPacked, "xyz"), 100).find("3 bytes after"), std::string::npos);
}

TEST_F(InflateIfZlibIsThere, RefusesWhatIsCutOrNoDeflate) {
  for (std::size_t size = 0; size < kPacked.size(); ++size) {
    EXPECT_NE(inflate_refusal(kPacked.substr(0, size), 100), "accepted") << size;
  }
  EXPECT_NE(inflate_refusal("\x07\x00"sv, 100), "accepted");
  EXPECT_NE(inflate_refusal("\xff\xff\xff\xff"sv, 100), "accepted");
}

}  // namespace
}  // namespace tfjs::platform
