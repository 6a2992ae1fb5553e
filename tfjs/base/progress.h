// How long work reports on itself and is stopped.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

namespace tfjs {

/// Bytes done of bytes in all; `bytes_total` is 0 while unknown.
struct Progress {
  std::uint64_t bytes_done = 0;
  std::uint64_t bytes_total = 0;
  /// 0..1, as tf.js's onProgress gives.
  double fraction() const {
    return bytes_total == 0 ? 0.0
                            : static_cast<double>(bytes_done) / static_cast<double>(bytes_total);
  }
};
using ProgressFn = std::function<void(const Progress&)>;

/// Shared flag: the one who started the work sets it, the work asks it now and then.
class CancelToken {
 public:
  CancelToken() : cancelled_(std::make_shared<std::atomic<bool>>(false)) {}
  void cancel() const { cancelled_->store(true); }
  bool is_cancelled() const { return cancelled_->load(); }
  /// Errors: Cancelled, naming `what`, once cancel() was called.
  void check(const char* what) const;

 private:
  std::shared_ptr<std::atomic<bool>> cancelled_;
};

/// Where a library that prints nothing sends what deserves a word but is no error.
using WarningFn = std::function<void(const std::string& message)>;

}  // namespace tfjs
