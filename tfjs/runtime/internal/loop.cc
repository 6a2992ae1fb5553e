// Pieces are taken from the front, each half of what an even share of the rest would be: large
// while there is much to do, small at the end, so that threads which come late or run slower do not
// keep the others waiting.
#include "tfjs/runtime/internal/loop.h"

#include <algorithm>

namespace tfjs::runtime::internal {
namespace {

thread_local CurrentPiece this_thread;

}  // namespace

const CurrentPiece& current_piece() {
  return this_thread;
}

bool Loop::take(std::int64_t& begin, std::int64_t& end) {
  begin = next_.load(std::memory_order_relaxed);
  do {
    if (begin >= count_ || failed_.load(std::memory_order_relaxed)) return false;
    const std::int64_t rest = count_ - begin;
    const std::int64_t grains = std::max<std::int64_t>(1, rest / (2 * threads_) / grain_);
    end = begin + std::min(rest, grains * grain_);
  } while (!next_.compare_exchange_weak(begin, end, std::memory_order_relaxed));
  return true;
}

void Loop::work(int thread) {
  this_thread = {owner_, thread};
  try {
    for (std::int64_t begin = 0, end = 0; take(begin, end);) body_(begin, end, thread);
  } catch (...) {
    if (!failed_.exchange(true)) error_ = std::current_exception();
  }
  this_thread = {};
}

}  // namespace tfjs::runtime::internal
