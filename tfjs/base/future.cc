#include "tfjs/base/future.h"

#include <atomic>
#include <system_error>
#include <thread>
#include <typeinfo>

namespace tfjs {
namespace {

enum class Blocking { Unknown, Allowed, Refused };
std::atomic<Blocking> blocking{Blocking::Unknown};

/// Where no second thread can be started, nobody could settle a future while this one waits.
bool has_threads() {
  try {
    std::thread([] {}).join();
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

bool may_block() {
  if (blocking.load() == Blocking::Unknown) set_may_block(has_threads());
  return blocking.load() == Blocking::Allowed;
}

}  // namespace

void set_may_block(bool value) {
  blocking.store(value ? Blocking::Allowed : Blocking::Refused);
}

namespace internal {

void wait_until_ready(std::mutex& mutex, std::condition_variable& ready,
                      const std::function<bool()>& is_ready) {
  std::unique_lock lock(mutex);
  if (is_ready()) return;
  if (!may_block()) {
    throw unsupported("future: waiting would stop the only thread; use then() or co_await");
  }
  ready.wait(lock, is_ready);
}

void throw_own(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const Error& original) {
    // A class that a program derived from Error is thrown as it is.
    if (typeid(original) != typeid(Error)) throw;
    throw Error(original.code(), original.what());
  }
}

}  // namespace internal
}  // namespace tfjs
