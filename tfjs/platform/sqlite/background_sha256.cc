#include "tfjs/platform/sqlite/background_sha256.h"

#include <system_error>

namespace tfjs::platform::sqlite {
namespace {

constexpr std::size_t kWorthAThread = std::size_t{1} << 20;

}  // namespace

BackgroundSha256::~BackgroundSha256() {
  {
    const std::lock_guard lock(mutex_);
    waiting_.clear();
  }
  close();
}

void BackgroundSha256::add(std::span<const std::byte> data) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(data);
  }
  changed_.notify_one();
  if (thread_.joinable()) return;
  waiting_bytes_ += data.size();
  if (waiting_bytes_ >= kWorthAThread) start_thread();
}

std::string BackgroundSha256::finish() {
  close();
  hash_what_comes();  // all of it when there was no thread, else nothing
  return hex(hash_.finish());
}

void BackgroundSha256::start_thread() {
  try {
    thread_ = std::thread([this] { hash_what_comes(); });
  } catch (const std::system_error&) {
    waiting_bytes_ = 0;  // no thread to be had; finish() does the work if this stays so
  }
}

void BackgroundSha256::hash_what_comes() {
  for (;;) {
    std::span<const std::byte> data;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return !waiting_.empty() || is_closed_; });
      if (waiting_.empty()) return;
      data = waiting_.front();
      waiting_.pop_front();
    }
    hash_.update(data);
  }
}

void BackgroundSha256::close() {
  {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

}  // namespace tfjs::platform::sqlite
