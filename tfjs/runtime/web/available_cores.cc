#include "tfjs/runtime/internal/available_cores.h"

#include <algorithm>
#include <thread>

namespace tfjs::runtime::internal {

int available_cores() {
#ifdef __EMSCRIPTEN_PTHREADS__
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
#else
  return 1;  // the browser may have more, but this build cannot start threads
#endif
}

}  // namespace tfjs::runtime::internal
