#include "tfjs/base/sha256.h"

#include <algorithm>
#include <cstring>

#include "tfjs/base/internal/sha256_blocks.h"

namespace tfjs {
namespace {

constexpr std::size_t kBlock = 64;

void work_in(std::array<std::uint32_t, 8>& state, const std::byte* blocks, std::size_t count) {
  static const internal::Sha256Blocks best = internal::sha256_blocks_x86()
                                                 ? internal::sha256_blocks_x86()
                                                 : internal::sha256_blocks_portable;
  best(state.data(), blocks, count);
}

}  // namespace

Sha256::Sha256()
    : state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19} {}

void Sha256::update(std::span<const std::byte> data) {
  total_ += data.size();
  if (in_block_ > 0) {
    const std::size_t taken = std::min(kBlock - in_block_, data.size());
    std::copy_n(data.begin(), taken, block_.begin() + static_cast<std::ptrdiff_t>(in_block_));
    in_block_ += taken;
    data = data.subspan(taken);
    if (in_block_ < kBlock) return;
    work_in(state_, block_.data(), 1);
    in_block_ = 0;
  }
  work_in(state_, data.data(), data.size() / kBlock);
  data = data.subspan(data.size() / kBlock * kBlock);
  std::copy(data.begin(), data.end(), block_.begin());
  in_block_ = data.size();
}

std::array<std::byte, 32> Sha256::finish() {
  // The end: a one bit, zeros, and the length in bits as 8 bytes, to fill a whole block.
  const std::uint64_t bits = total_ * 8;
  std::array<std::byte, kBlock + 8> end{};
  end[0] = std::byte{0x80};
  const std::size_t zeros_end = (in_block_ < 56 ? 56 : 56 + kBlock) - in_block_;
  for (std::size_t i = 0; i < 8; ++i)
    end[zeros_end + i] = static_cast<std::byte>(bits >> (56 - 8 * i));
  update({end.data(), zeros_end + 8});
  std::array<std::byte, 32> digest;
  for (std::size_t i = 0; i < 32; ++i) {
    digest[i] = static_cast<std::byte>(state_[i / 4] >> (24 - 8 * (i % 4)));
  }
  return digest;
}

std::string hex(std::span<const std::byte> bytes) {
  std::string out;
  out.reserve(2 * bytes.size());
  for (const std::byte byte : bytes) {
    out.push_back("0123456789abcdef"[static_cast<unsigned>(byte) >> 4]);
    out.push_back("0123456789abcdef"[static_cast<unsigned>(byte) & 0xF]);
  }
  return out;
}

std::string sha256_hex(std::span<const std::byte> data) {
  Sha256 sha;
  sha.update(data);
  return hex(sha.finish());
}

}  // namespace tfjs
