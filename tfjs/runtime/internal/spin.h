// Waiting a short while without giving up the core.
#pragma once

#include <chrono>

namespace tfjs::runtime::internal {

/// Tells the core that this is a waiting loop: its other hardware thread gets the execution units.
inline void relax_core() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

/// Returns true as soon as `condition()` holds, false when it has not for `limit`.
template <class Condition>
bool spin_until(Condition&& condition, std::chrono::microseconds limit) {
  constexpr int kTriesBetweenClockReads = 32;
  const auto give_up = std::chrono::steady_clock::now() + limit;
  do {
    for (int i = 0; i < kTriesBetweenClockReads; ++i) {
      if (condition()) return true;
      relax_core();
    }
  } while (std::chrono::steady_clock::now() < give_up);
  return condition();
}

}  // namespace tfjs::runtime::internal
