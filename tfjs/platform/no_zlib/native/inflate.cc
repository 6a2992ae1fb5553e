// A build without zlib. Not in WebAssembly, where Node has one.
#include "tfjs/platform/inflate.h"

#include "tfjs/base/error.h"

namespace tfjs::platform {

bool can_inflate() {
  return false;
}

void inflate(std::span<const std::byte>, std::span<std::byte>, const std::string& what) {
  throw unsupported(what,
                    " is compressed, which this build cannot read: it was made with "
                    "TFJS_WITH_ZLIB off");
}

}  // namespace tfjs::platform
