#include "tfjs/base/future.h"

#include <atomic>

namespace tfjs {
namespace {

std::atomic<bool> may_block{true};

}  // namespace

void set_may_block(bool value) {
  may_block.store(value);
}

namespace internal {

void wait_until_ready(std::mutex& mutex, std::condition_variable& ready,
                      const std::function<bool()>& is_ready) {
  std::unique_lock lock(mutex);
  if (is_ready()) return;
  if (!may_block.load()) {
    throw unsupported("future: waiting would stop the only thread; use then() or co_await");
  }
  ready.wait(lock, is_ready);
}

}  // namespace internal
}  // namespace tfjs
