// Memory of a size that somebody else has named: the weights of a model on a server.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace tfjs::platform {

/// `size` bytes, aligned to 64; nullptr when there are not as many. Natively the system takes
/// memory for it only as far as it is written.
std::shared_ptr<std::byte> allocate_buffer(std::uint64_t size);

}  // namespace tfjs::platform
