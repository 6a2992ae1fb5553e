// A handler that answers from a thread of its own.
#include <gtest/gtest.h>

#include <thread>

#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/router.h"

namespace tfjs::io {
namespace {

/// Settles every future from a thread; joins them all at the end.
class ThreadedHandler : public IOHandler {
 public:
  ~ThreadedHandler() override {
    for (std::thread& thread : threads_) thread.join();
  }

  Future<ModelArtifacts> load(const LoadOptions&) override {
    Promise<ModelArtifacts> promise;
    threads_.emplace_back([promise, model = model_] {
      std::this_thread::yield();
      promise.set_value(model);
    });
    return promise.future();
  }

  Future<SaveResult> save(const ModelArtifacts& artifacts, const SaveOptions&) override {
    model_ = artifacts;
    Promise<SaveResult> promise;
    threads_.emplace_back([promise, artifacts] { promise.set_value({artifacts_info(artifacts)}); });
    return promise.future();
  }

 private:
  ModelArtifacts model_;
  std::vector<std::thread> threads_;
};

TEST(CustomHandlerOnThreads, IsWaitedFor) {
  ThreadedHandler handler;
  EXPECT_EQ(handler.save(small_model(1), {}).get().model_artifacts_info.weight_data_bytes, 32u);
  contract::expect_same_model(handler.load({}).get(), small_model(1));
}

TEST(CustomHandlerOnThreads, CallsWhatWaitsOnItsThread) {
  const auto handler = std::make_shared<ThreadedHandler>();
  handler->save(small_model(2), {}).get();
  const Future<std::uint64_t> size =
      handler->load({}).then([](const ModelArtifacts& model) { return model.weight_data.size(); });
  EXPECT_EQ(size.get(), 32u);
}

}  // namespace
}  // namespace tfjs::io
