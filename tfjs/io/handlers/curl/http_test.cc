#include "tfjs/io/handlers/http.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>

#include "tfjs/base/sha256.h"
#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/model_json.h"
#include "tfjs/io/multipart.h"
#include "tfjs/io/router.h"
#include "tfjs/platform/testing/http_files.h"
#include "tfjs/platform/testing/http_server.h"

namespace tfjs::io {
namespace {

using platform::testing::redirect;
using platform::testing::respond;
using platform::testing::TestFiles;
using platform::testing::TestHttpServer;
using platform::testing::TestRequest;
using platform::testing::TestResponse;

/// A server that keeps the model it gets at /m/model.json.
class ModelServer {
 public:
  ModelServer() {
    server_.otherwise([files = files_](const TestRequest& request) mutable {
      return request.method == "GET" ? files.answer(request) : store(request, files);
    });
  }
  std::string url() const { return server_.url("/m/model.json"); }
  const TestHttpServer& server() const { return server_; }

 private:
  static TestResponse store(const TestRequest& request, TestFiles& files) {
    const Bytes body = Bytes::copy_of(request.body);
    for (const FormPart& part : parse_form(body, *request.header("Content-Type"))) {
      files.put("/m/" + part.name, std::string(part.content.text()));
    }
    return respond(201, "kept", "text/plain").header("Location", "/m/model.json");
  }

  TestFiles files_;
  TestHttpServer server_;
};

const bool registered = test_handler_contract("HttpHandler", [] {
  const auto server = std::make_shared<ModelServer>();
  return [server] { return http(server->url(), {.timeout = 10, .retry = 0}); };
});

/// model.json and weight files of `shards` bytes each, as a server has them.
struct Served {
  explicit Served(std::uint64_t shard_bytes = 0, bool has_integrity = true) {
    const std::string weights = text_of(model.weight_data);
    const std::uint64_t step = shard_bytes == 0 ? weights.size() : shard_bytes;
    std::vector<SavedWeightFile> saved;
    for (std::uint64_t at = 0; at < weights.size(); at += step) {
      const std::string path = cat("w", saved.size(), ".bin");
      shards.push_back(weights.substr(at, step));
      saved.push_back({path, shards.back().size(), sha256_of(shards.back())});
      files.put("/m/" + path, shards.back());
    }
    json = write_model_json(model, saved);
    if (!has_integrity) json.replace(json.find("integrity"), 9, "unknown__");
    files.put("/m/model.json", json);
    server.otherwise(files.handler());
  }

  IOHandlerPtr handler(HttpOptions options = {.timeout = 5, .retry = 0}) const {
    return http(server.url("/m/model.json?key=1"), std::move(options));
  }
  ModelArtifacts load(HttpOptions options = {.timeout = 5, .retry = 0}) const {
    return handler(std::move(options))->load({}).get();
  }

  ModelArtifacts model = small_model(7, 1000);
  std::string json;
  std::vector<std::string> shards;
  TestFiles files;
  TestHttpServer server;
};

TEST(HttpLoad, LoadsShardsIntoOneBuffer) {
  for (const bool has_integrity : {true, false}) {
    const Served served(500, has_integrity);
    const ModelArtifacts model = served.load();
    contract::expect_same_model(model, served.model);
    EXPECT_EQ(model.weight_data.pieces().size(), 1u);
    EXPECT_TRUE(model.weight_data.pieces()[0].is_aligned(64));
  }
}

TEST(HttpLoad, CopiesTheQueryToWeightFiles) {
  const Served served(3000);
  served.load();
  for (const TestRequest& request : served.server.requests()) EXPECT_EQ(request.query(), "?key=1");
}

TEST(HttpLoad, FetchesSixFilesAtOnceAtMost) {
  Served served(100);
  served.load();
  EXPECT_LE(served.server.most_at_once(), 6);
  EXPECT_LE(served.server.connections(), 6);
}

TEST(HttpLoad, LoadsFilesOfUnknownLength) {
  Served served(1000, false);
  for (std::size_t i = 0; i < served.shards.size(); i += 2) {
    served.server.on(cat("/m/w", i, ".bin"),
                     respond(200, served.shards[i]).chunked(77).delay(0.02));
  }
  const ModelArtifacts model = served.load();
  contract::expect_same_model(model, served.model);
  EXPECT_EQ(model.weight_data.pieces().size(), 1u);
}

TEST(HttpLoad, WaitsForTheLengthsOfEarlierFiles) {
  Served served(1000, false);
  served.server.on("/m/w0.bin",
                   [&](const TestRequest&) { return respond(200, served.shards[0]).delay(0.2); });
  contract::expect_same_model(served.load(), served.model);
}

TEST(HttpLoad, LoadsStringsWithoutIntegrity) {
  Served served;
  served.model = contract::full_model();
  const std::string weights = text_of(served.model.weight_data);
  std::string json = write_model_json(served.model, {{"a.bin", 30, ""}, {"b.bin", 0, ""}});
  json.replace(json.find("integrity"), 9, "unknown__");
  served.files.put("/m/model.json", json);
  served.files.put("/m/a.bin", weights.substr(0, 30));
  served.server.on("/m/b.bin", respond(200, weights.substr(30)).chunked(5));
  contract::expect_same_model(served.load(), served.model);
}

TEST(HttpLoad, ResumesWhereTheConnectionBroke) {
  Served served;
  served.server.on("/m/w0.bin", [&](const TestRequest& request) {
    TestResponse response = served.files.answer(request);
    return request.nth < 2 ? response.close_after_body(3000) : response;
  });
  std::vector<std::uint64_t> done;
  const auto model = served.load({.timeout = 5, .retry = 2, .on_progress = [&](const Progress& p) {
                                    done.push_back(p.bytes_done);
                                  }});
  contract::expect_same_model(model, served.model);
  EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
  const auto requests = served.server.requests("/m/w0.bin");
  ASSERT_EQ(requests.size(), 3u);
  EXPECT_EQ(requests[1].header("Range"), "bytes=3000-");
  EXPECT_EQ(requests[1].header("If-Range"), "\"v1\"");
  EXPECT_EQ(requests[2].header("Range"), "bytes=6000-");
}

TEST(HttpLoad, StartsAFileAnewThatChanged) {
  Served served(0, false);
  const std::string weights = served.shards[0];
  served.files.put("/m/w0.bin", std::string(weights.size(), 'x'));
  served.server.on("/m/w0.bin", [&](const TestRequest& request) {
    TestResponse response = served.files.answer(request);
    if (request.nth == 0) {
      response.close_after_body(3000);
      served.files.put("/m/w0.bin", weights);
    }
    return response;
  });
  contract::expect_same_model(served.load({.timeout = 5, .retry = 1}), served.model);
}

TEST(HttpLoad, SaysThatAPageCameForAFile) {
  for (const bool has_integrity : {true, false}) {
    Served served(0, has_integrity);
    served.server.on("/m/w0.bin", respond(200, "<html>Sorry</html>", "text/html; charset=utf-8"));
    EXPECT_TRUE(says(error_of([&] { served.load(); }), ErrorCode::CorruptData,
                     {"/m/w0.bin?key=...", "text/html"}));
  }
}

TEST(HttpLoad, FindsADamagedFile) {
  Served served;
  served.server.on("/m/w0.bin", respond(200, std::string(served.shards[0].size(), 'x')));
  EXPECT_TRUE(
      says(error_of([&] { served.load(); }), ErrorCode::CorruptData, {"/m/w0.bin", "SHA-256"}));
}

TEST(HttpLoad, LoadsSurplusWithAWarning) {
  Served served(0, false);
  served.files.put("/m/w0.bin", served.shards[0] + "12345");
  std::string warning;
  served.handler()->load({.on_warning = [&](const std::string& w) { warning = w; }}).get();
  EXPECT_NE(warning.find("5 bytes"), std::string::npos) << warning;
  EXPECT_NE(warning.find("/m/w0.bin"), std::string::npos) << warning;
}

TEST(HttpLoad, TakesNoMoreThanTheModelAccountsFor) {
  Served served(0, false);
  served.server.on("/m/w0.bin", respond(200, std::string(2 << 20, 'x')).until_close());
  EXPECT_TRUE(says(error_of([&] { served.load(); }), ErrorCode::CorruptData,
                   {"/m/w0.bin", "accounts for", "8008"}));
  served.server.on("/m/w0.bin", respond(200, "x").say_length(1000000000000000));
  EXPECT_TRUE(says(error_of([&] { served.load(); }), ErrorCode::CorruptData,
                   {"/m/w0.bin", "1000000000000000", "accounts for"}));
}

TEST(HttpLoad, AsksTheConverterForUrls) {
  Served served(3000);
  TestHttpServer other;
  other.otherwise(served.files.handler());
  HttpOptions options{.headers = {{"Authorization", "Bearer secret"}, {"X-Id", "1"}}, .retry = 0};
  options.weight_url_converter = [&](const std::string& path) {
    return Future<std::string>::of(other.url("/m/" + path + "?signed"));
  };
  contract::expect_same_model(served.load(options), served.model);
  EXPECT_EQ(served.server.requests()[0].header("Authorization"), "Bearer secret");
  for (const TestRequest& request : other.requests()) {
    EXPECT_EQ(request.query(), "?signed");
    EXPECT_FALSE(request.has_header("Authorization"));
    EXPECT_EQ(request.header("X-Id"), "1");
  }
  EXPECT_EQ(other.requests().size(), served.shards.size());
}

TEST(HttpLoad, TakesConvertedUrlsFromOtherThreads) {
  Served served(3000);
  std::vector<std::thread> threads;
  HttpOptions options{.retry = 0};
  options.weight_url_converter = [&](const std::string& path) {
    Promise<std::string> promise;
    threads.emplace_back([=] { promise.set_value(path); });
    return promise.future();
  };
  contract::expect_same_model(served.load(options), served.model);
  for (std::thread& thread : threads) thread.join();
}

TEST(HttpLoad, FailsWithItsConverter) {
  Served served(3000);
  HttpOptions options{.retry = 0};
  options.weight_url_converter = [](const std::string&) -> Future<std::string> {
    throw not_found("no such shard");
  };
  EXPECT_TRUE(
      says(error_of([&] { served.load(options); }), ErrorCode::NotFound, {"no such shard"}));
  options.weight_url_converter = [](const std::string&) {
    return Promise<std::string>().future();  // never settled
  };
  EXPECT_TRUE(says(error_of([&] { served.load(options); }), ErrorCode::Unavailable,
                   {"weight_url_converter"}));
}

TEST(HttpLoad, PutsThePrefixBeforeWeightPaths) {
  Served served(3000);
  for (std::size_t i = 0; i < served.shards.size(); ++i) {
    served.files.put(cat("/cdn/v1-w", i, ".bin"), served.shards[i]);
  }
  served.load({.retry = 0, .weight_path_prefix = "../cdn/v1-"});
  served.handler()->load({.weight_path_prefix = served.server.url("/cdn/v1-")}).get();
  EXPECT_EQ(served.server.requests("/cdn/v1-w0.bin").size(), 2u);
  EXPECT_EQ(served.server.requests("/m/w0.bin").size(), 0u);
}

TEST(HttpLoad, HidesSecretsInMessages) {
  TestHttpServer server;
  server.otherwise([](const TestRequest& request) {
    return respond(401, cat("you sent ", request.header("X-Token").value_or(""), " and ",
                            request.header("Cookie").value_or("")));
  });
  std::string url = server.url("/m.json?sig=hunter2");
  url.insert(url.find("127"), "user:hunter2@");
  HttpOptions options{.headers = {{"X-Token", "hunter2"}, {"Cookie", "hunter2"}}, .retry = 0};
  const Error error = error_of([&] { http(url, options)->load({}).get(); });
  EXPECT_TRUE(says(error, ErrorCode::InvalidArgument, {"401", "/m.json?sig=...", "you sent"}));
  EXPECT_EQ(std::string(error.what()).find("hunter2"), std::string::npos) << error.what();
  EXPECT_EQ(server.requests()[0].header("Authorization"), "Basic dXNlcjpodW50ZXIy");
}

TEST(HttpSave, SavesOneForm) {
  ModelServer server;
  const ModelArtifacts model = small_model(3);
  HttpOptions options{.method = "PUT", .headers = {{"X-Id", "1"}}};
  const SaveResult result = http(server.url(), options)->save(model, {}).get();
  ASSERT_EQ(result.responses.size(), 1u);
  EXPECT_EQ(result.responses[0].status, 201);
  EXPECT_EQ(result.responses[0].body, "kept");
  EXPECT_EQ(*platform::testing::find_header(result.responses[0].headers, "location"),
            "/m/model.json");
  const TestRequest request = server.server().requests().at(0);
  EXPECT_EQ(request.method, "PUT");
  EXPECT_EQ(request.header("X-Id"), "1");
  EXPECT_FALSE(request.has_header("Expect"));
  EXPECT_EQ(request.header("Content-Length"), cat(request.body.size()));
  const std::string type = *request.header("Content-Type");
  const std::string boundary = type.substr(type.find('=') + 1);
  const std::string json_head =
      cat("--", boundary,
          "\r\nContent-Disposition: form-data; name=\"model.json\"; filename=\"model.json\"\r\n"
          "Content-Type: application/json\r\n\r\n{");
  EXPECT_TRUE(request.body.starts_with(json_head)) << request.body;
  const std::string weights_part =
      cat("}\r\n--", boundary,
          "\r\nContent-Disposition: form-data; name=\"model.weights.bin\"; "
          "filename=\"model.weights.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n",
          text_of(model.weight_data), "\r\n--", boundary, "--\r\n");
  EXPECT_TRUE(request.body.ends_with(weights_part)) << request.body;
}

TEST(HttpSave, LeavesOutTheWeightsPartOfAModelWithoutWeights) {
  ModelServer server;
  ModelArtifacts model = small_model(3);
  model.weight_specs.clear();
  model.weight_data = WeightData();
  http(server.url())->save(model, {}).get();
  const TestRequest request = server.server().requests().at(0);
  EXPECT_EQ(request.body.find("model.weights.bin"), std::string::npos);
  contract::expect_same_model(http(server.url())->load({}).get(), model);
}

TEST(HttpSave, SendsTheBodyAgainAfter307And308) {
  for (const int status : {307, 308}) {
    ModelServer target;
    TestHttpServer first;
    first.on("/m", redirect(status, target.url()));
    http(first.url("/m"))->save(small_model(2), {}).get();
    contract::expect_same_model(http(target.url())->load({}).get(), small_model(2));
  }
}

TEST(HttpSave, HasNotSavedAfterOtherRedirects) {
  for (const int status : {301, 302, 303}) {
    ModelServer target;
    TestHttpServer first;
    first.on("/m", redirect(status, target.url()));
    EXPECT_TRUE(says(error_of([&] { http(first.url("/m"))->save(small_model(2), {}).get(); }),
                     ErrorCode::Unavailable, {"not saved", cat(status)}));
    EXPECT_TRUE(target.server().requests().empty());
  }
}

TEST(HttpSave, SaysWhatTheServerAnsweredToASave) {
  TestHttpServer server;
  server.on("/m", respond(413, "too\nlarge"));
  EXPECT_TRUE(says(error_of([&] { http(server.url("/m"))->save(small_model(2), {}).get(); }),
                   ErrorCode::InvalidArgument, {"413", "'too\\nlarge'"}));
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST(HttpSave, KeepsTheBeginningOfALongAnswer) {
  TestHttpServer server;
  server.on("/m", respond(200, std::string(3 << 20, 'x')).stall_after_body(2 << 20));
  const SaveResult result =
      http(server.url("/m"), {.timeout = 600})->save(small_model(2), {}).get();
  EXPECT_EQ(result.responses.at(0).body.size(), std::size_t{1} << 20);
}

TEST(HttpSave, DoesNotSaveTwice) {
  TestHttpServer server;
  server.on("/m", respond(503));
  EXPECT_EQ(error_of([&] { http(server.url("/m"))->save(small_model(2), {}).get(); }).code(),
            ErrorCode::Unavailable);
  server.on("/m", respond(200).close_after(0));
  EXPECT_EQ(error_of([&] { http(server.url("/m"))->save(small_model(2), {}).get(); }).code(),
            ErrorCode::Unavailable);
  EXPECT_EQ(server.requests().size(), 2u);
}

TEST(HttpLoad, NoticesCancellationWhileNothingArrives) {
  Served served;
  served.server.on("/m/w0.bin", respond(200, served.shards[0]).stall_after_body(100));
  LoadOptions options;
  const auto loading = served.handler({.timeout = 600})->load(options);
  ASSERT_TRUE(served.server.wait_for_requests(2));
  options.cancel.cancel();
  EXPECT_EQ(error_of([&] { loading.get(); }).code(), ErrorCode::Cancelled);
}

TEST(HttpLoad, NoticesCancellationBetweenAttempts) {
  Served served;
  served.server.on("/m/w0.bin", respond(503).header("Retry-After", "30"));
  LoadOptions options;
  const auto loading = served.handler({.timeout = 600, .retry = 9})->load(options);
  ASSERT_TRUE(served.server.wait_for_requests(2));
  options.cancel.cancel();
  EXPECT_EQ(error_of([&] { loading.get(); }).code(), ErrorCode::Cancelled);
}

TEST(Http, RefusesMalformedSettings) {
  const auto refuses = [](const std::string& url, const HttpOptions& options,
                          const std::string& word) {
    EXPECT_TRUE(says(error_of([&] { http(url, options); }), ErrorCode::InvalidArgument, {word}));
  };
  refuses("http://", {}, "host");
  refuses("ftp://h/", {}, "http");
  refuses("http://h/", {.method = "PO ST"}, "method");
  refuses("http://h/", {.headers = {{"", "x"}}}, "malformed header");
  refuses("http://h/", {.headers = {{"a b", "x"}}}, "malformed header");
  refuses("http://h/", {.headers = {{"A", "x\r\nB: y"}}}, "malformed header");
  refuses("http://h/", {.headers = {{"A", std::string("x\0", 2)}}}, "malformed header");
  refuses("http://h/", {.headers = {{"content-length", "1"}}}, "content-length");
  refuses("http://h/", {.timeout = 0}, "timeout");
  refuses("http://h/", {.timeout = std::nan("")}, "timeout");
  refuses("http://h/", {.retry = -1}, "retry");
}

TEST(Http, StandsForTheUrlWithoutSecrets) {
  EXPECT_EQ(http("HTTP://u:p@Host:80/a/../m.json?x#y")->place(), "http://host/m.json?x");
  EXPECT_EQ(http("http://u:p@h/m?x=1")->description(), "http://h/m?x=...");
  EXPECT_FALSE(http("http://h/m")->can_remove());
}

TEST(Router, KnowsHttp) {
  EXPECT_EQ(default_router().load_handler("http://h/m.json")->description(), "http://h/m.json");
  EXPECT_EQ(default_router().save_handler("HTTPS://h/m")->description(), "https://h/m");
}

}  // namespace
}  // namespace tfjs::io
