// Cancelling, progress, how many requests at once, connections used again, loads beside loads.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "tfjs/io/handlers/curl/http_test_support.h"

namespace tfjs::io {
namespace {

class HttpLimits : public HttpModelTest {
 protected:
  /// Cancels a load once `count` requests have come, and expects it to end well before its
  /// time-out of 30 s.
  void expect_cancelled_after(std::size_t count, int retry = 0) {
    HttpOptions options;
    options.retry = retry;
    LoadOptions load_options;
    const Future<ModelArtifacts> future = http(url(), options)->load(load_options);
    EXPECT_TRUE(server.wait_for_requests(count));
    const auto started = std::chrono::steady_clock::now();
    load_options.cancel.cancel();
    EXPECT_EQ(error_of([&] { future.get(); }).code(), ErrorCode::Cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(10));
  }
};

TEST_F(HttpLimits, CancelledBeforehandAsksForNothing) {
  serve();
  LoadOptions options;
  options.cancel.cancel();
  EXPECT_EQ(load_error(patient(), options).code(), ErrorCode::Cancelled);
}

TEST_F(HttpLimits, LoadsAreCancelledWhileTheServerIsSilent) {
  serve();
  lie("/m/model.json", [](TestResponse r) { return r.stall_after(0); });
  expect_cancelled_after(1);
}

TEST_F(HttpLimits, LoadsAreCancelledAmidTheWeights) {
  serve({.shards = 3});
  for (int i = 0; i < 3; ++i) {
    lie(cat("/m/w", i, ".bin"), [](TestResponse r) { return r.stall_after_body(100); });
  }
  expect_cancelled_after(4);
}

TEST_F(HttpLimits, LoadsAreCancelledBetweenAttempts) {
  serve();
  server.on("/m/w0.bin", respond(503).header("Retry-After", "29"));
  expect_cancelled_after(2, 1);
}

TEST_F(HttpLimits, ProgressMayCancel) {
  serve({.shards = 4});
  LoadOptions options;
  options.on_progress = [&](const Progress&) { options.cancel.cancel(); };
  EXPECT_EQ(load_error(patient(), options).code(), ErrorCode::Cancelled);
}

TEST_F(HttpLimits, ATransferMayTakeLongerThanTheTimeOut) {
  // 2.6 s at 3 KB/s, with a time-out of 2 s.
  const HttpModel model = serve({.floats = 2000});
  lie("/m/w0.bin", [](TestResponse r) { return r.drip(300, 0.1); });
  HttpOptions options = patient();
  options.timeout = 2;
  expect_loads(model, options);
}

TEST_F(HttpLimits, ProgressCountsBytesOfAllFiles) {
  for (bool has_integrity : {true, false}) {
    const HttpModel model = serve({.floats = 9000, .shards = 9, .has_integrity = has_integrity});
    std::vector<Progress> of_handler, of_load;
    HttpOptions options = patient();
    options.on_progress = [&](const Progress& progress) { of_handler.push_back(progress); };
    LoadOptions load_options;
    load_options.on_progress = [&](const Progress& progress) { of_load.push_back(progress); };
    load(options, load_options);
    for (const std::vector<Progress>* reports : {&of_handler, &of_load}) {
      ASSERT_FALSE(reports->empty());
      for (std::size_t i = 1; i < reports->size(); ++i) {
        EXPECT_LE((*reports)[i - 1].bytes_done, (*reports)[i].bytes_done);
      }
      EXPECT_EQ(reports->back().bytes_done, 36000u);
      EXPECT_EQ(reports->back().bytes_total, 36000u);
    }
    EXPECT_EQ(of_handler.size(), of_load.size());
  }
}

TEST_F(HttpLimits, AFewFilesComeAtOnce) {
  // Nobody is answered before six ask at the same time; a seventh would have come meanwhile.
  const HttpModel model = serve({.floats = 3000, .shards = 30});
  struct Gate {
    std::mutex mutex;
    std::condition_variable opened;
    int waiting = 0;
  };
  const auto gate = std::make_shared<Gate>();
  for (int i = 0; i < 30; ++i) {
    server.on(cat("/m/w", i, ".bin"), [files = files, gate](const TestRequest& request) {
      std::unique_lock lock(gate->mutex);
      ++gate->waiting;
      gate->opened.notify_all();
      gate->opened.wait_for(lock, std::chrono::seconds(5), [&] { return gate->waiting >= 6; });
      return files.answer(request).delay(0.02);
    });
  }
  expect_loads(model, HttpOptions());
  EXPECT_EQ(server.most_at_once(), 6);
}

TEST_F(HttpLimits, ConnectionsAreUsedAgain) {
  const HttpModel model = serve({.floats = 4000, .shards = 40});
  expect_loads(model);
  EXPECT_EQ(server.requests().size(), 41u);
  EXPECT_LE(server.connections(), 7);
}

TEST_F(HttpLimits, ServersThatCloseEachConnectionAreServedToo) {
  const HttpModel model = serve({.floats = 4000, .shards = 40});
  server.otherwise([files = files](const TestRequest& request) {
    return files.answer(request).header("Connection", "close").close();
  });
  expect_loads(model);
}

TEST_F(HttpLimits, KeptConnectionsMayBeGone) {
  // The server closes, without a word, the connection that the next request would use.
  const HttpModel model = serve({.floats = 4000, .shards = 20});
  server.otherwise([files = files](const TestRequest& request) {
    TestResponse response = files.answer(request);
    return request.connection % 2 == 0 ? response.close() : response;
  });
  expect_loads(model, patient(1));
}

TEST_F(HttpLimits, LoadsRunBesideEachOther) {
  const HttpModel model = serve({.floats = 4000, .shards = 8});
  const IOHandlerPtr handler = http(url(), patient());
  std::vector<Future<ModelArtifacts>> loads;
  for (int i = 0; i < 12; ++i) loads.push_back(handler->load({}));
  for (const auto& future : loads) {
    EXPECT_TRUE(text_of(future.get().weight_data) == model.weights);
  }
}

TEST_F(HttpLimits, TheHandlerMayGoFirst) {
  const HttpModel model = serve();
  lie("/m/w0.bin", [](TestResponse r) { return r.delay(0.05); });
  const Future<ModelArtifacts> future = http(url(), patient())->load({});
  EXPECT_TRUE(text_of(future.get().weight_data) == model.weights);
}

TEST_F(HttpLimits, AContinuationMayLoadAndWait) {
  const HttpModel model = serve();
  const std::string at = url();
  const Future<std::string> weights =
      http(at, patient())->load({}).then([at](const ModelArtifacts&) {
        return text_of(http(at, patient())->load({}).get().weight_data);
      });
  EXPECT_TRUE(weights.get() == model.weights);
}

TEST_F(HttpLimits, NobodyNeedsToWaitForALoad) {
  serve();
  lie("/m/w0.bin", [](TestResponse r) { return r.stall_after_body(10); });
  LoadOptions options;
  http(url(), patient())->load(options);
  EXPECT_TRUE(server.wait_for_requests(2));
}

TEST_F(HttpLimits, WeightsAreViewsOfOneBuffer) {
  // So that tensors that cross files need no copy.
  const HttpModel model = serve({.floats = 5000, .shards = 7, .has_integrity = false});
  lie("/m/w0.bin", [](TestResponse r) { return r.delay(0.05); });
  const ModelArtifacts artifacts = load();
  EXPECT_EQ(artifacts.weight_data.pieces().size(), 1u);
  EXPECT_TRUE(artifacts.weight_data.pieces()[0].is_aligned(64));
}

}  // namespace
}  // namespace tfjs::io
