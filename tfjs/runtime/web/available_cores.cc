#include "tfjs/runtime/internal/available_cores.h"

#include <algorithm>
#include <thread>

namespace tfjs::runtime::internal {

int available_cores() {
  // What it is linked with decides: without threads this is 1.
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace tfjs::runtime::internal
