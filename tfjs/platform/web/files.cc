// In Node, Emscripten's C functions reach the real file system when linked with NODERAWFS (or
// through a NODEFS mount). A browser page has none.
#include "tfjs/platform/files.h"

#include <emscripten.h>

#include "tfjs/base/error.h"
#include "tfjs/platform/posix/posix_files.h"

// clang-format off
EM_JS(int, tfjs_runs_in_node, (), {
  return typeof process === 'object' && typeof process.versions === 'object' && !!process.versions.node ? 1 : 0;
});
// clang-format on

namespace tfjs::platform {

Files& files() {
  if (!tfjs_runs_in_node()) {
    throw unsupported(
        "file://: a browser has no file system; use indexeddb://, localstorage://, downloads:// or "
        "http");
  }
  static posix::PosixFiles instance;
  return instance;
}

}  // namespace tfjs::platform
