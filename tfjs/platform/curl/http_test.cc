#include "tfjs/platform/http.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "tfjs/base/error.h"
#include "tfjs/platform/http_redirect.h"
#include "tfjs/platform/testing/http_server.h"

namespace tfjs::platform {
namespace {

using testing::redirect;
using testing::respond;
using testing::TestHttpServer;
using testing::TestRequest;

/// Keeps what comes.
struct Received : HttpSink {
  void on_head(const HttpHead& answer) override { head = answer; }
  bool on_data(std::span<const std::byte> data) override {
    body.append(reinterpret_cast<const char*>(data.data()), data.size());
    return true;
  }
  void on_sent(std::uint64_t bytes) override { sent = bytes; }
  void on_end(const HttpFailure* failed) override {
    ++ends;
    if (failed != nullptr) failure = *failed;
  }

  /// The error as text, with its code.
  std::string error() const {
    if (!failure) return "";
    try {
      std::rethrow_exception(failure->error);
    } catch (const Error& error) {
      return cat(name(error.code()), ": ", error.what());
    } catch (const std::exception& error) {
      return error.what();
    }
  }
  bool says(std::string_view part) const { return error().find(part) != std::string::npos; }

  HttpHead head;
  std::string body;
  std::uint64_t sent = 0;
  int ends = 0;
  std::optional<HttpFailure> failure;
};

/// What comes of one request.
Received fetch(HttpRequest request, HttpSessionOptions options = {.timeout_s = 5}) {
  const auto record = std::make_shared<Received>();
  run_http(options, [=](HttpSession& session) { session.send(request, record); }).get();
  EXPECT_EQ(record->ends, 1);
  return *record;
}

Received get(const std::string& url, HttpSessionOptions options = {.timeout_s = 5}) {
  HttpRequest request;
  request.url = url;
  return fetch(request, options);
}

TEST(RunHttp, GetsAnAnswer) {
  TestHttpServer server;
  server.on("/a", respond(404, "body", "text/x").header("X-A", " 1 ").header("X-A", "2"));
  const Received record = get(server.url("/a?q"));
  EXPECT_EQ(record.error(), "");
  EXPECT_EQ(record.head.status, 404);
  EXPECT_EQ(record.head.url, server.url("/a?q"));
  EXPECT_EQ(*find_header(record.head.headers, "x-a"), "1");
  EXPECT_EQ(record.head.body_length, 4u);
  EXPECT_EQ(record.body, "body");
  EXPECT_EQ(server.requests()[0].method, "GET");
}

TEST(RunHttp, SendsPiecesAsOneBody) {
  TestHttpServer server;
  server.on("/a", respond(200));
  HttpRequest request;
  request.method = "PATCH";
  request.url = server.url("/a");
  request.headers = {{"X-Empty", ""}, {"X-Id", "1"}};
  request.body = {Bytes::copy_of("ab"), Bytes(), Bytes::copy_of("cde")};
  const Received record = fetch(request);
  EXPECT_EQ(record.error(), "");
  EXPECT_EQ(record.sent, 5u);
  const TestRequest seen = server.requests()[0];
  EXPECT_EQ(seen.method, "PATCH");
  EXPECT_EQ(seen.body, "abcde");
  EXPECT_EQ(seen.header("Content-Length"), "5");
  EXPECT_EQ(seen.header("X-Empty"), "");
  EXPECT_EQ(seen.header("X-Id"), "1");
  EXPECT_FALSE(seen.has_header("Expect"));
}

TEST(RunHttp, FollowsTenRedirects) {
  TestHttpServer server;
  server.otherwise([&](const TestRequest& request) {
    const int left = std::stoi(request.path().substr(1));
    return left == 0 ? respond(200, "end") : redirect(302, cat("/", left - 1));
  });
  const Received ten = get(server.url(cat("/", kMostRedirects)));
  EXPECT_EQ(ten.error(), "");
  EXPECT_EQ(ten.body, "end");
  EXPECT_EQ(ten.head.url, server.url("/0"));
  const Received eleven = get(server.url(cat("/", kMostRedirects + 1)));
  EXPECT_TRUE(eleven.says("redirected more than 10 times")) << eleven.error();
  EXPECT_FALSE(eleven.failure->may_pass);
}

TEST(RunHttp, TakesSecretsToNoOtherOriginAndNotBack) {
  TestHttpServer first;
  TestHttpServer second;
  first.on("/a", redirect(307, second.url("/b")));
  second.on("/b", redirect(307, first.url("/c")));
  first.on("/c", respond(200));
  HttpRequest request;
  request.url = first.url("/a");
  request.headers = {{"Cookie", "x"}, {"X-Id", "1"}};
  request.user = "u";
  request.password = "p";
  EXPECT_EQ(fetch(request).head.status, 200);
  EXPECT_TRUE(first.requests("/a")[0].has_header("Authorization"));
  EXPECT_TRUE(first.requests("/a")[0].has_header("Cookie"));
  for (const TestRequest& later : {second.requests("/b")[0], first.requests("/c")[0]}) {
    EXPECT_FALSE(later.has_header("Authorization"));
    EXPECT_FALSE(later.has_header("Cookie"));
    EXPECT_TRUE(later.has_header("X-Id"));
  }
}

TEST(RunHttp, DropsTheBodyOfARedirect) {
  TestHttpServer server;
  auto large = redirect(302, "/b");
  large.body = std::string(1 << 20, 'x');
  server.on("/a", large);
  server.on("/b", respond(200, "b"));
  EXPECT_EQ(get(server.url("/a")).body, "b");
}

TEST(RunHttp, RefusesWhatIsNoHttp) {
  TestHttpServer server;
  server.on("/a", testing::raw_response("<html>hello</html>"));
  const Received record = get(server.url("/a"));
  EXPECT_TRUE(record.says("no HTTP we understand")) << record.error();
  EXPECT_FALSE(record.failure->may_pass);
}

TEST(RunHttp, BoundsHeaders) {
  TestHttpServer server;
  auto response = respond(200);
  for (int i = 0; i < 300; ++i) response.header("X", std::string(1000, 'x'));
  server.on("/a", response);
  EXPECT_TRUE(get(server.url("/a")).failure.has_value());
}

TEST(RunHttp, NoticesABodyThatBreaksOff) {
  TestHttpServer server;
  server.on("/a", respond(200, "12345").close_after_body(3));
  const Received record = get(server.url("/a"));
  EXPECT_EQ(record.body, "123");
  EXPECT_TRUE(record.failure && record.failure->may_pass) << record.error();
}

TEST(RunHttp, GivesUpAfterSilence) {
  TestHttpServer server;
  for (const auto& response :
       {respond(200, "12345").stall_after(0), respond(200, "12345").stall_after(7),
        respond(200, "12345").stall_after_body(2)}) {
    server.on("/a", response);
    const Received record = get(server.url("/a"), {.timeout_s = 0.2});
    EXPECT_TRUE(record.says("0.2 s")) << record.error();
    EXPECT_TRUE(record.failure->may_pass && record.failure->reached_server);
  }
}

TEST(RunHttp, CountsADripAsSilence) {
  TestHttpServer server;
  server.on("/a", respond(200, std::string(1000, 'x')).drip(1, 0.02));
  const Received record = get(server.url("/a"), {.timeout_s = 0.3});
  EXPECT_TRUE(record.says("for 0.3 s")) << record.error();
}

TEST(RunHttp, KnowsThatNoServerWasReached) {
  std::string url;
  {
    const TestHttpServer gone;
    url = gone.url("/a");
  }
  const Received record = get(url);
  EXPECT_TRUE(record.says("Unavailable")) << record.error();
  EXPECT_TRUE(record.failure->may_pass);
  EXPECT_FALSE(record.failure->reached_server);
}

TEST(RunHttp, RefusesOtherSchemesAndHeadersThatBreakLines) {
  EXPECT_TRUE(get("file:///etc/passwd").says("InvalidArgument"));
  HttpRequest request;
  request.url = "http://127.0.0.1:1/";
  request.headers = {{"A", "x\nB: y"}};
  EXPECT_TRUE(fetch(request).says("malformed header"));
}

TEST(RunHttp, DoesNotBelieveAHastyServer) {
  TestHttpServer server;
  server.on("/a", respond(200).close(), {.read_at_most = 1000});
  HttpRequest request;
  request.method = "POST";
  request.url = server.url("/a");
  request.body = {Bytes::copy_of(std::string(32 << 20, 'x'))};
  EXPECT_TRUE(fetch(request).says("Unavailable"));
}

/// Takes data only after a while.
struct Hesitant : Received {
  explicit Hesitant(HttpSession& session) : session_(session) {}
  bool on_data(std::span<const std::byte> data) override {
    if (refusals++ < 2) {
      session_.after(0.01, [this] { transfer->resume(); });
      return false;
    }
    return Received::on_data(data);
  }
  HttpSession& session_;
  std::shared_ptr<HttpTransfer> transfer;
  int refusals = 0;
};

TEST(RunHttp, GivesTheSameBytesAgainAfterAPause) {
  TestHttpServer server;
  const std::string body(1 << 20, 'x');
  server.on("/a", respond(200, body));
  std::shared_ptr<Hesitant> sink;
  run_http({}, [&](HttpSession& session) {
    sink = std::make_shared<Hesitant>(session);
    sink->transfer = session.send({.url = server.url("/a")}, sink);
  }).get();
  sink->transfer.reset();
  EXPECT_EQ(sink->error(), "");
  EXPECT_EQ(sink->body, body);
}

struct Thrower : Received {
  void on_head(const HttpHead&) override { throw corrupt_data("not this one"); }
};

TEST(RunHttp, EndsATransferWithWhatItsSinkThrows) {
  TestHttpServer server;
  server.on("/a", respond(200, "x"));
  const auto sink = std::make_shared<Thrower>();
  run_http({}, [&](HttpSession& session) { session.send({.url = server.url("/a")}, sink); }).get();
  EXPECT_EQ(sink->error(), "CorruptData: not this one");
  EXPECT_FALSE(sink->failure->may_pass);
}

TEST(RunHttp, CallsNobodyAfterAnAbort) {
  TestHttpServer server;
  server.on("/a", respond(200, "x").delay(0.05));
  const auto sink = std::make_shared<Received>();
  run_http({}, [&](HttpSession& session) {
    const auto transfer = session.send({.url = server.url("/a")}, sink);
    session.after(0.01, [=] { transfer->abort(); });
  }).get();
  EXPECT_EQ(sink->ends, 0);
}

TEST(RunHttp, KeepsConnectionsAlive) {
  TestHttpServer server;
  server.on("/a", respond(200, "x"));
  struct Again : Received {
    void on_end(const HttpFailure* failed) override {
      Received::on_end(failed);
      if (next) next();
    }
    std::function<void()> next;
  };
  run_http({}, [&](HttpSession& session) {
    const auto first = std::make_shared<Again>();
    first->next = [&] { session.send({.url = server.url("/a")}, std::make_shared<Received>()); };
    session.send({.url = server.url("/a")}, first);
  }).get();
  EXPECT_EQ(server.requests().size(), 2u);
  EXPECT_EQ(server.connections(), 1);
}

TEST(RunHttp, CancelsTransfersAndTimers) {
  TestHttpServer server;
  server.on("/a", respond(200, "x").stall_after(0));
  HttpSessionOptions options{.timeout_s = 600};
  const auto sink = std::make_shared<Received>();
  int timers = 0;
  const Future<void> done = run_http(options, [&](HttpSession& session) {
    session.send({.url = server.url("/a")}, sink);
    session.after(600, [&] { ++timers; });
  });
  ASSERT_TRUE(server.wait_for_requests(1));
  options.cancel.cancel();
  done.get();
  EXPECT_TRUE(sink->says("Cancelled")) << sink->error();
  EXPECT_EQ(timers, 1);
}

TEST(RunHttp, TakesWorkFromOtherThreads) {
  std::thread thread;
  std::thread::id worked_on;
  std::thread::id session_thread;
  run_http({}, [&](HttpSession& session) {
    session_thread = std::this_thread::get_id();
    thread = std::thread([&, post = session.post_later()]() mutable {
      std::exchange(post, nullptr)([&] { worked_on = std::this_thread::get_id(); });
    });
  }).get();
  thread.join();
  EXPECT_EQ(worked_on, session_thread);
}

TEST(RunHttp, EndsWhenAPostIsGivenUp) {
  std::promise<HttpSession::Post> promise;
  const Future<void> done =
      run_http({}, [&](HttpSession& session) { promise.set_value(session.post_later()); });
  HttpSession::Post post = promise.get_future().get();
  EXPECT_FALSE(done.is_ready());
  post = nullptr;
  done.get();
}

TEST(RunHttp, EndsAtOnceWhenAsked) {
  TestHttpServer server;
  server.on("/a", respond(200, "x").stall_after(0));
  const auto sink = std::make_shared<Received>();
  HttpSession::Post post;
  run_http({.timeout_s = 600}, [&](HttpSession& session) {
    post = session.post_later();
    session.send({.url = server.url("/a")}, sink);
    session.after(0.01, [&] { session.end(); });
  }).get();
  EXPECT_EQ(sink->ends, 0);
  post([] { ADD_FAILURE() << "the session is gone"; });
}

TEST(RunHttp, FailsWithWhatItsStartThrows) {
  const Future<void> done =
      run_http({}, [](HttpSession&) { throw invalid_argument("no, thanks"); });
  EXPECT_THROW(done.get(), Error);
}

}  // namespace
}  // namespace tfjs::platform
