#include "tfjs/runtime/internal/available_cores.h"

#include <algorithm>
#include <thread>

#ifdef __linux__
#include <sched.h>
#endif

namespace tfjs::runtime::internal {

int available_cores() {
#ifdef __linux__
  // A process bound to some cores (taskset, a container's cpuset) must not start threads for the
  // others.
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof(cores), &cores) == 0) return std::max(1, CPU_COUNT(&cores));
#endif
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace tfjs::runtime::internal
