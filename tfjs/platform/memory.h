// Memory of a size that somebody else has named: the weights of a model on a server.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace tfjs::platform {

/// `size` bytes, aligned to 64; nullptr when there are not as many. Natively the system takes
/// memory for it only as far as it is written.
std::shared_ptr<std::byte> allocate_buffer(std::uint64_t size);

/// Takes the memory behind these bytes of a buffer from the system now, so that who writes to them
/// soon need not wait for it; their content stays. Does nothing where that is not possible.
void take_memory(std::byte* begin, std::uint64_t size);

}  // namespace tfjs::platform
