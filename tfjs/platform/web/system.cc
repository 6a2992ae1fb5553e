// Node's file system behind Emscripten's C functions: no mapping (it would be a copy in slices), no
// exchange, no shared content.
#include "tfjs/platform/posix/system.h"

#include <cerrno>

namespace tfjs::platform::posix {

std::optional<Bytes> map_content(const Descriptor&, std::size_t) {
  return std::nullopt;
}
int exchange_paths(const std::string&, const std::string&) {
  return ENOSYS;
}
bool clone_content(const Descriptor&, const Descriptor&) {
  return false;
}

}  // namespace tfjs::platform::posix
