// SHA-256 (FIPS 180-4) of bytes that come in pieces: the "integrity" of weight files.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace tfjs {

class Sha256 {
 public:
  Sha256();
  void update(std::span<const std::byte> data);
  /// The digest of all that was given; to be called once, last.
  std::array<std::byte, 32> finish();

 private:
  std::array<std::uint32_t, 8> state_;
  std::array<std::byte, 64> block_;  ///< the start of a block that is not complete yet
  std::size_t in_block_ = 0;
  std::uint64_t total_ = 0;  ///< bytes
};

/// "00ff5e...": two lower-case digits per byte.
std::string hex(std::span<const std::byte> bytes);

/// The digest of `data` as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::span<const std::byte> data);

}  // namespace tfjs
