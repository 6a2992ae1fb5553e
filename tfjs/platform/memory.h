// Memory for content that comes piece by piece, from a network or a store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace tfjs::platform {

/// `size` bytes, aligned to 64, to be filled once from the front. Natively the system takes memory
/// for it only as far as it is written, in large pages where it has them.
/// Errors: Unavailable when there is not enough.
std::shared_ptr<std::byte> allocate_buffer(std::uint64_t size);

}  // namespace tfjs::platform
