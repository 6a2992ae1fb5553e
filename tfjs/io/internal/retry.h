// How long to wait before another attempt.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string_view>

namespace tfjs::io::internal {

/// Exponential backoff with jitter: 0.25 s, doubling, at most 8 s, of which a random half at most
/// is left out, so that clients that failed together do not come again together.
class Backoff {
 public:
  /// Seconds before the next attempt. `retry_after_s` is what the server asked for: it is honoured
  /// up to 30 s; beyond that the server gets our own pace, not its own.
  double next(std::optional<double> retry_after_s);

 private:
  int count_ = 0;
  std::minstd_rand random_{std::random_device{}()};
};

/// The seconds that a Retry-After header asks for: a number, or a date ("Sun, 06 Nov 1994 08:49:37
/// GMT") seen from `now_ms`; nothing when it is neither.
std::optional<double> retry_after_s(std::string_view value, std::int64_t now_ms);

}  // namespace tfjs::io::internal
