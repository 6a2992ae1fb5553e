// Time: the date a model was saved, and how long something takes.
#pragma once

#include <cstdint>

namespace tfjs::platform {

/// Milliseconds since 1970-01-01T00:00:00Z, as JavaScript's Date.now().
std::int64_t now_ms();

/// Seconds since an arbitrary start; never goes back.
double monotonic_seconds();

/// Waits, keeping the thread busy where a platform cannot put it to sleep.
void sleep_ms(std::int64_t milliseconds);

}  // namespace tfjs::platform
