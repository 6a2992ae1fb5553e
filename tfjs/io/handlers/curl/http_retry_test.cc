// What is tried again, how often and when, and what is not.
#include <chrono>

#include "tfjs/io/handlers/curl/http_test_support.h"

namespace tfjs::io {
namespace {

class HttpRetry : public HttpModelTest {
 protected:
  std::size_t asked(const std::string& path) const { return server.requests(path).size(); }
};

TEST_F(HttpRetry, BrokenConnectionsAreTriedAgain) {
  const std::vector<Change> lies = {
      [](TestResponse r) { return r.close_after(0); },
      [](TestResponse r) { return r.close_after(20); },
      [](TestResponse r) { return r.close_after_body(0); },
      [](TestResponse r) { return r.close_after_body(100); },
      [](TestResponse r) { return r.reset_after(0); },
      [](TestResponse r) { return r.reset_after(20); },
      [](TestResponse r) { return r.reset_after_body(100); },
      [](TestResponse r) { return r.chunked(64).close_after_body(200); },
  };
  const HttpModel model = serve();
  for (const Change& change : lies) {
    for (const char* path : {"/m/model.json", "/m/w0.bin"}) {
      const std::size_t before = asked(path);
      lie_once(path, change);
      expect_loads(model, patient(1));
      EXPECT_EQ(asked(path), before + 2);
    }
  }
}

TEST_F(HttpRetry, LengthsThatAreTakenBackAreForgotten) {
  // The first answer promises a byte more than the file has.
  const HttpModel model = serve({.has_integrity = false});
  for (const char* path : {"/m/model.json", "/m/w0.bin"}) {
    lie_once(path, [](TestResponse r) { return r.say_length(r.body.size() + 1); });
    expect_loads(model, patient(2));
  }
}

TEST_F(HttpRetry, SilenceIsTriedAgain) {
  const HttpModel model = serve();
  lie_once("/m/w0.bin", [](TestResponse r) { return r.stall_after_body(100); });
  expect_loads(model, impatient(5));
}

TEST_F(HttpRetry, PassingFailuresAreTriedAgain) {
  const HttpModel model = serve();
  for (int status : {408, 429, 500, 502, 503, 504}) {
    const std::size_t before = asked("/m/model.json");
    lie_once("/m/model.json", [=](TestResponse) { return respond(status, "later"); });
    expect_loads(model, patient(1));
    EXPECT_EQ(asked("/m/model.json"), before + 2) << status;
  }
}

TEST_F(HttpRetry, LastingFailuresAreNot) {
  for (int status : {400, 401, 403, 404, 405, 410, 451, 501, 505}) {
    const std::string path = cat("/", status, "/model.json");
    server.on(path, respond(status, "never"));
    error_of([&] { http(server.url(path), patient(3))->load({}).get(); });
    EXPECT_EQ(asked(path), 1u) << status;
  }
}

TEST_F(HttpRetry, CorruptFilesAreNot) {
  serve();
  lie("/m/w0.bin", [](TestResponse r) {
    r.body[0] = 'x';
    return r;
  });
  EXPECT_TRUE(says(load_error(patient(3)), ErrorCode::CorruptData, {"w0.bin"}));
  EXPECT_LE(asked("/m/w0.bin"), 2u);
  server.on("/m/model.json", respond(200, "<html>"));
  load_error(patient(3));
  EXPECT_EQ(asked("/m/model.json"), 2u);
}

TEST_F(HttpRetry, EndsAfterAsManyAttemptsAsWereAllowed) {
  serve();
  lie("/m/w0.bin", [](TestResponse r) { return r.close_after_body(0); });
  load_error(patient(0));
  EXPECT_EQ(asked("/m/w0.bin"), 1u);
  EXPECT_TRUE(says(load_error(patient(2)), ErrorCode::Unavailable, {server.url("/m/w0.bin")}));
  EXPECT_EQ(asked("/m/w0.bin"), 4u);
}

TEST_F(HttpRetry, EachFileHasItsOwnAttempts) {
  const HttpModel model = serve({.shards = 5});
  for (int i = 0; i < 5; ++i) {
    lie_once(cat("/m/w", i, ".bin"), [](TestResponse) { return respond(503); });
  }
  expect_loads(model, patient(1));
}

TEST_F(HttpRetry, WaitsBeforeItAsksAgain) {
  const HttpModel model = serve();
  lie_once("/m/w0.bin", [](TestResponse) { return respond(503); });
  const auto started = std::chrono::steady_clock::now();
  expect_loads(model, patient(1));
  EXPECT_GE(std::chrono::steady_clock::now() - started, std::chrono::milliseconds(60));
}

TEST_F(HttpRetry, WaitsAsLongAsTheServerAsks) {
  const HttpModel model = serve();
  lie_once("/m/w0.bin", [](TestResponse) { return respond(503).header("Retry-After", "1"); });
  const auto started = std::chrono::steady_clock::now();
  expect_loads(model, patient(1));
  EXPECT_GE(std::chrono::steady_clock::now() - started, std::chrono::milliseconds(990));
}

TEST_F(HttpRetry, DoesNotWaitForAnHour) {
  const HttpModel model = serve();
  lie_once("/m/w0.bin", [](TestResponse) { return respond(503).header("Retry-After", "3600"); });
  const auto started = std::chrono::steady_clock::now();
  expect_loads(model, patient(1));
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::minutes(2));
}

TEST_F(HttpRetry, UnderstandsDatesAndNonsenseToWaitFor) {
  const HttpModel model = serve();
  for (const char* when :
       {"Fri, 31 Dec 1999 23:59:59 GMT", "soon", "-5", "", "0", "99999999999999999999999999x"}) {
    lie_once("/m/w0.bin", [=](TestResponse) { return respond(503).header("Retry-After", when); });
    expect_loads(model, patient(1));
  }
}

TEST_F(HttpRetry, HeadersAndQueryAreSentAgain) {
  const HttpModel model = serve();
  lie_once("/m/w0.bin", [](TestResponse) { return respond(503); });
  HttpOptions options = patient(1);
  options.headers = {{"X-Key", "k"}};
  const auto loaded = http(url() + "?v=1", options)->load({}).get();
  EXPECT_TRUE(text_of(loaded.weight_data) == model.weights);
  for (const TestRequest& request : server.requests()) {
    EXPECT_EQ(request.header("X-Key"), "k");
    EXPECT_EQ(request.query(), "?v=1");
  }
}

}  // namespace
}  // namespace tfjs::io
