#include "tfjs/platform/background.h"

#include <list>
#include <mutex>
#include <system_error>
#include <thread>

#include "tfjs/base/error.h"

namespace tfjs::platform {
namespace {

class Threads {
 public:
  void start(std::function<void(const CancelToken&)> work) {
    std::lock_guard lock(mutex_);
    join_finished();
    Entry& entry = threads_.emplace_back();
    try {
      entry.thread = std::thread([this, &entry, work = std::move(work)]() mutable {
        work(stop_);
        work = nullptr;
        std::lock_guard finished(mutex_);
        entry.is_finished = true;
      });
    } catch (const std::system_error& error) {
      threads_.pop_back();
      throw unavailable("cannot start a thread: ", error.what());
    }
  }

  ~Threads() {
    stop_.cancel();
    // The thread being started may end the process before start() has noted it.
    { std::lock_guard lock(mutex_); }
    for (Entry& entry : threads_) {
      // A thread that itself ends the process cannot be waited for.
      if (entry.thread.get_id() == std::this_thread::get_id()) {
        entry.thread.detach();
      } else {
        entry.thread.join();
      }
    }
  }

 private:
  struct Entry {
    std::thread thread;
    bool is_finished = false;
  };

  void join_finished() {
    for (auto entry = threads_.begin(); entry != threads_.end();) {
      if (!entry->is_finished) {
        ++entry;
        continue;
      }
      entry->thread.join();
      entry = threads_.erase(entry);
    }
  }

  std::mutex mutex_;
  std::list<Entry> threads_;  // a list: threads keep the address of their entry
  CancelToken stop_;
};

}  // namespace

void run_in_background(std::function<void(const CancelToken& stop)> work) {
  // Destroyed, and so joined, before main()'s statics that were there first.
  static Threads threads;
  threads.start(std::move(work));
}

}  // namespace tfjs::platform
