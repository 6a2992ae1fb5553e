// SHA-256 (FIPS 180-4): what model.json says of each weight file, checked while it is read.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace tfjs::io {

class Sha256 {
 public:
  void update(std::span<const std::byte> data);
  /// The digest as 64 lower-case hex digits. Ends the hash: make a new one for other bytes.
  std::string hex_digest();

 private:
  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::byte, 64> block_ = {};
  std::size_t block_used_ = 0;
  std::uint64_t total_bytes_ = 0;
};

std::string sha256_hex(std::span<const std::byte> data);

namespace internal {

/// Mixes `count` blocks of 64 bytes into `state`.
using Sha256Blocks = void (*)(std::uint32_t* state, const std::byte* blocks, std::size_t count);

extern const std::array<std::uint32_t, 64> kSha256Constants;
void sha256_blocks_portable(std::uint32_t* state, const std::byte* blocks, std::size_t count);
/// With the processor's SHA instructions, or nullptr when it has none.
Sha256Blocks sha256_blocks_of_processor();

}  // namespace internal
}  // namespace tfjs::io
