#include <algorithm>
#include <cstdlib>

#include "tfjs/base/error.h"
#include "tfjs/runtime/internal/available_cores.h"
#include "tfjs/runtime/plan.h"

namespace tfjs::runtime {
namespace {

constexpr long kMostThreads = 1024;

int read_default_threads() {
  const char* text = std::getenv("TFJS_NUM_THREADS");
  if (text == nullptr || *text == '\0') return internal::available_cores();
  char* end = nullptr;
  const long threads = std::strtol(text, &end, 10);
  if (*end != '\0' || threads < 1 || threads > kMostThreads) {
    throw invalid_argument("TFJS_NUM_THREADS must be an integer of 1 to ", kMostThreads, ", got ",
                           quoted(text));
  }
  return static_cast<int>(threads);
}

}  // namespace

int default_threads() {
  static const int threads = read_default_threads();
  return threads;
}

}  // namespace tfjs::runtime
