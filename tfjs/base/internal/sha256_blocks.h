// SHA-256's inner function, in portable C++ and with the SHA instructions of x86.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace tfjs::internal {

/// Works `count` blocks of 64 bytes into `state`.
using Sha256Blocks = void (*)(std::uint32_t state[8], const std::byte* blocks, std::size_t count);

extern const std::array<std::uint32_t, 64> kSha256Rounds;  ///< K of FIPS 180-4, 4.2.2

void sha256_blocks_portable(std::uint32_t state[8], const std::byte* blocks, std::size_t count);

/// The one for this processor's SHA instructions, or nullptr when it has none.
Sha256Blocks sha256_blocks_x86();

}  // namespace tfjs::internal
