// CRC-32 (ISO 3309, as zip and gzip use it) of bytes that come in pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace tfjs {

/// The checksum of what `before` is the checksum of, followed by `data`; 0 is that of nothing.
std::uint32_t crc32(std::span<const std::byte> data, std::uint32_t before = 0);

}  // namespace tfjs
