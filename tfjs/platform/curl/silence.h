// When a transfer counts as dead: libcurl's own low-speed limit knows whole seconds only, and does
// not start anew with each phase.
#pragma once

#include <cstdint>

#include "tfjs/platform/clock.h"

namespace tfjs::platform::curl {

class Silence {
 public:
  static constexpr double kSlowest = 1024;  // bytes per second; what is slower is silence

  explicit Silence(double timeout_s) : timeout_s_(timeout_s) {}

  /// Something else is waited for from now on.
  void restart() {
    since_ = monotonic_seconds();
    bytes_ = 0;
  }
  void moved(std::uint64_t bytes) {
    bytes_ += bytes;
    if (static_cast<double>(bytes_) >= kSlowest * timeout_s_) restart();
  }
  bool is_too_long(double patience_s = 0) const {
    return monotonic_seconds() - since_ > timeout_s_ + patience_s;
  }
  std::uint64_t bytes() const { return bytes_; }

 private:
  double timeout_s_;
  double since_ = monotonic_seconds();
  std::uint64_t bytes_ = 0;  ///< since then
};

}  // namespace tfjs::platform::curl
