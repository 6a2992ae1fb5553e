// What the build with threads has in place of Emscripten's JavaScript: how a thread begins, and the
// few functions that Emscripten's C library leaves to it.
//
// std::thread is Emscripten's pthread_create, which makes the thread's record and stack and asks
// JavaScript (web/src/core/threads.js) for a worker: an instance of the same module on the same
// memory, which calls tfjs_run_thread().
#include <emscripten.h>
#include <pthread.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "tfjs/base/future.h"

// Emscripten's own, which no header declares.
extern "C" {
void _emscripten_thread_init(pthread_t self, int is_page, int is_first, int may_block,
                             int profiles);
void* emscripten_tls_init();
double emscripten_date_now();
}

extern "C" {

/// Where the stack of a thread that has not begun starts; it grows down.
EMSCRIPTEN_KEEPALIVE std::uintptr_t tfjs_thread_stack(pthread_t thread) {
  pthread_attr_t attributes;
  void* lowest = nullptr;
  std::size_t size = 0;
  pthread_getattr_np(thread, &attributes);
  pthread_attr_getstack(&attributes, &lowest, &size);
  return reinterpret_cast<std::uintptr_t>(lowest) + size;
}

/// The first thread is the one that made the instance, and the one that JavaScript's promises come
/// back to, so it must not wait for them. A page's must not block at all: it spins instead.
EMSCRIPTEN_KEEPALIVE void tfjs_first_thread_is(pthread_t self, int may_block) {
  _emscripten_thread_init(self, !may_block, 1, may_block, 0);
  emscripten_tls_init();
  tfjs::set_may_block(false);
}

/// The thread. The instance's stack pointer is the thread's stack already.
EMSCRIPTEN_KEEPALIVE void tfjs_run_thread(pthread_t self, void* (*body)(void*), void* argument) {
  _emscripten_thread_init(self, 0, 0, 1, 0);
  emscripten_tls_init();
  body(argument);
}

/// Threads compute; what recurses (JSON) is the first thread's.
int _emscripten_default_pthread_stack_size() {
  return 1 << 20;
}

/// Makes memory at least `size` bytes large; 0 when that cannot be.
int emscripten_resize_heap(std::size_t size) {
  constexpr std::uint64_t kPage = 65536;
  const std::uint64_t now = __builtin_wasm_memory_size(0);
  const std::uint64_t needed = (std::uint64_t{size} + kPage - 1) / kPage;
  if (needed <= now) return 1;  // another thread was first
  // Some at once, where there is as much: growing takes the browser long.
  const std::uint64_t ample = std::min<std::uint64_t>(now + now / 5, 65536);
  for (const std::uint64_t wanted : {std::max(needed, ample), needed}) {
    if (__builtin_wasm_memory_grow(0, wanted - now) != ~std::size_t{0}) return 1;
  }
  return 0;
}

std::size_t emscripten_get_heap_max() {
  return std::size_t{0} - 65536;
}

void* emscripten_memcpy_big(void* to, const void* from, std::size_t size) {
  return __builtin_memcpy(to, from, size);  // one instruction
}

int clock_gettime(clockid_t clock, timespec* at) {
  const double ms = clock == CLOCK_REALTIME ? emscripten_date_now() : emscripten_get_now();
  const double seconds = std::floor(ms / 1e3);
  at->tv_sec = static_cast<time_t>(seconds);
  at->tv_nsec = static_cast<long>((ms - seconds * 1e3) * 1e6);
  return 0;
}
}
