// A second pair of hands: does pieces of work one after the other while its owner goes on.
#pragma once

#include <functional>
#include <memory>

namespace tfjs::platform {

/// Natively a thread, started by the first piece of work; where there are no threads run() does the
/// work itself.
class Worker {
 public:
  Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  /// Waits for what is being done; what is still queued is dropped.
  ~Worker();

  /// Queues `work`, which throws nothing.
  void run(std::function<void()> work);
  /// Waits until all work is done: what it wrote may be read then.
  void wait();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tfjs::platform
