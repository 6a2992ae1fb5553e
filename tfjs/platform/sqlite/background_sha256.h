// SHA-256 on a thread of its own, while the bytes are still being read or written.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <span>
#include <string>
#include <thread>

#include "tfjs/base/sha256.h"

namespace tfjs::platform::sqlite {

class BackgroundSha256 {
 public:
  BackgroundSha256() = default;
  BackgroundSha256(const BackgroundSha256&) = delete;
  BackgroundSha256& operator=(const BackgroundSha256&) = delete;
  /// Leaves what is not hashed yet.
  ~BackgroundSha256();

  /// The bytes must stay as they are until finish() or the end of this object.
  void add(std::span<const std::byte> data);
  /// The digest of all that was added, as hex digits; to be called once, last.
  std::string finish();

 private:
  void start_thread();
  void hash_what_comes();
  void close();

  Sha256 hash_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::span<const std::byte>> waiting_;
  std::size_t waiting_bytes_ = 0;  ///< until there is a thread
  bool is_closed_ = false;         ///< nothing will be added
  std::thread thread_;
};

}  // namespace tfjs::platform::sqlite
