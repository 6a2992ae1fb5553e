#include "tfjs/platform/worker.h"

namespace tfjs::platform {

struct Worker::State {};

Worker::Worker() = default;
Worker::~Worker() = default;

void Worker::run(std::function<void()> work) {
  work();
}

void Worker::wait() {}

}  // namespace tfjs::platform
