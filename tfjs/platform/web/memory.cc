#include "tfjs/platform/memory.h"

#include <limits>
#include <new>

#include "tfjs/base/bytes.h"

namespace tfjs::platform {

std::shared_ptr<std::byte> allocate_buffer(std::uint64_t size) {
  if (size > std::numeric_limits<std::size_t>::max() / 2) return nullptr;
  try {
    return allocate_aligned(static_cast<std::size_t>(size));
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

void take_memory(std::byte*, std::uint64_t) {}

}  // namespace tfjs::platform
