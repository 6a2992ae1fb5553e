#include "tfjs/platform/worker.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>

namespace tfjs::platform {

struct Worker::State {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::function<void()>> queue;
  bool is_working = false;
  bool is_ending = false;
  std::thread thread;

  void serve() {
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [this] { return is_ending || !queue.empty(); });
      if (is_ending) return;
      {
        const std::function<void()> work = std::move(queue.front());
        queue.pop_front();
        is_working = true;
        lock.unlock();
        work();
      }
      lock.lock();
      is_working = false;
      if (queue.empty()) changed.notify_all();
    }
  }
};

Worker::Worker() : state_(std::make_unique<State>()) {}

Worker::~Worker() {
  if (!state_->thread.joinable()) return;
  {
    std::lock_guard lock(state_->mutex);
    state_->is_ending = true;
  }
  state_->changed.notify_all();
  state_->thread.join();
}

void Worker::run(std::function<void()> work) {
  if (!state_->thread.joinable()) {
    try {
      state_->thread = std::thread([state = state_.get()] { state->serve(); });
    } catch (const std::system_error&) {
      // The system gives no thread: nobody else is there to do it.
      work();
      return;
    }
  }
  {
    std::lock_guard lock(state_->mutex);
    state_->queue.push_back(std::move(work));
  }
  state_->changed.notify_all();
}

void Worker::wait() {
  std::unique_lock lock(state_->mutex);
  state_->changed.wait(lock, [this] { return state_->queue.empty() && !state_->is_working; });
}

}  // namespace tfjs::platform
