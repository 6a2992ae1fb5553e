#include "tfjs/base/sha256.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "tfjs/base/bytes.h"
#include "tfjs/base/internal/sha256_blocks.h"

namespace tfjs {
namespace {

TEST(Sha256, GivesThePublishedDigests) {  // FIPS 180-4 examples of NIST
  EXPECT_EQ(sha256_hex(bytes_of("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex(bytes_of("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(bytes_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex(bytes_of(std::string(1000000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnThePieces) {
  std::string text;
  for (int i = 0; i < 300; ++i) text.push_back(static_cast<char>(i * 31));
  const std::string expected = sha256_hex(bytes_of(text));
  for (std::size_t piece : {1, 3, 63, 64, 65, 128, 299}) {
    Sha256 sha;
    for (std::size_t at = 0; at < text.size(); at += piece) {
      sha.update(bytes_of(std::string_view(text).substr(at, piece)));
    }
    EXPECT_EQ(hex(sha.finish()), expected) << piece;
  }
}

/// The state after the one padded block of "abc".
void expect_digest_of_abc(internal::Sha256Blocks blocks) {
  std::byte block[64] = {std::byte{'a'}, std::byte{'b'}, std::byte{'c'}, std::byte{0x80}};
  block[63] = std::byte{24};
  std::uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                            0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  blocks(state, block, 1);
  const std::uint32_t expected[8] = {0xba7816bf, 0x8f01cfea, 0x414140de, 0x5dae2223,
                                     0xb00361a3, 0x96177a9c, 0xb410ff61, 0xf20015ad};
  for (int i = 0; i < 8; ++i) EXPECT_EQ(state[i], expected[i]) << i;
}

TEST(Sha256Blocks, WorksInPortableCode) {
  expect_digest_of_abc(internal::sha256_blocks_portable);
}

TEST(Sha256Blocks, WorksWithShaInstructionsWhereTheProcessorHasThem) {
  const internal::Sha256Blocks blocks = internal::sha256_blocks_x86();
  if (!blocks) GTEST_SKIP() << "this processor has none";
  expect_digest_of_abc(blocks);
  std::vector<std::byte> data(64 * 37);
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<std::byte>(i * i);
  std::uint32_t with[8] = {1, 2, 3}, without[8] = {1, 2, 3};
  blocks(with, data.data(), 37);
  internal::sha256_blocks_portable(without, data.data(), 37);
  EXPECT_EQ(std::memcmp(with, without, sizeof with), 0);
}

}  // namespace
}  // namespace tfjs
