#include "tfjs/base/crc32.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tfjs/base/bytes.h"

namespace tfjs {
namespace {

TEST(Crc32, GivesThePublishedChecksums) {  // RFC 3720 names the polynomial's check value
  EXPECT_EQ(crc32(bytes_of("")), 0u);
  EXPECT_EQ(crc32(bytes_of("123456789")), 0xCBF43926u);
  EXPECT_EQ(crc32(bytes_of("The quick brown fox jumps over the lazy dog")), 0x414FA339u);
  EXPECT_EQ(crc32(bytes_of(std::string(32, '\0'))), 0x190A55ADu);
}

TEST(Crc32, DoesNotDependOnThePieces) {
  std::string text;
  for (int i = 0; i < 100; ++i) text.push_back(static_cast<char>(i * 37));
  const std::uint32_t whole = crc32(bytes_of(text));
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    const std::string_view view = text;
    EXPECT_EQ(crc32(bytes_of(view.substr(cut)), crc32(bytes_of(view.substr(0, cut)))), whole);
  }
}

}  // namespace
}  // namespace tfjs
