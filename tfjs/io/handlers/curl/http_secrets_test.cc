// Passwords in URLs and tokens in headers never appear in messages, whatever fails.
#include "tfjs/io/handlers/curl/http_test_support.h"

namespace tfjs::io {
namespace {

class HttpSecrets : public HttpModelTest {
 protected:
  std::string url_with_password(std::string_view path) const {
    return cat("http://bob:s3cret@", server.authority(), path);
  }
  static HttpOptions with_secrets() {
    HttpOptions options = patient();
    options.headers = {{"Authorization", "Bearer s3cret"}, {"X-Api-Key", "s3cret"}};
    return options;
  }
  /// Loading from and saving to `url` fails, and no message tells.
  static void expect_kept(const std::string& url, const HttpOptions& options) {
    const Error load_error = error_of([&] { http(url, options)->load({}).get(); });
    EXPECT_FALSE(contains(load_error.what(), "s3cret")) << load_error.what();
    const Error save_error = error_of([&] { http(url, options)->save(small_model(1), {}).get(); });
    EXPECT_FALSE(contains(save_error.what(), "s3cret")) << save_error.what();
  }
};

TEST_F(HttpSecrets, PasswordsOfUrlsAreUsed) {
  const HttpModel model = serve();
  const auto loaded = http(url_with_password("/m/model.json"), patient())->load({}).get();
  EXPECT_TRUE(text_of(loaded.weight_data) == model.weights);
  for (const TestRequest& request : server.requests()) {
    EXPECT_EQ(request.header("Authorization"), "Basic Ym9iOnMzY3JldA==");
  }
  EXPECT_FALSE(contains(loaded.origin, "s3cret")) << loaded.origin;
}

TEST_F(HttpSecrets, EscapedPasswordsAreUnescaped) {
  const HttpModel model = serve();
  http(cat("http://bob%40home:p%3Aw@", server.authority(), "/m/model.json"), patient())
      ->load({})
      .get();
  EXPECT_EQ(server.requests()[0].header("Authorization"), "Basic Ym9iQGhvbWU6cDp3");
}

TEST_F(HttpSecrets, AreNotInMessagesOfStatuses) {
  for (int status : {401, 403, 404, 407, 500}) {
    server.on("/m/model.json", respond(status, "no"));
    expect_kept(url_with_password("/m/model.json"), with_secrets());
  }
}

TEST_F(HttpSecrets, AreNotInMessagesOfBrokenTransfers) {
  serve();
  const std::vector<Change> lies = {
      [](TestResponse r) { return r.close_after(0); },
      [](TestResponse r) { return r.reset_after_body(10); },
      [](TestResponse) { return raw_response("HTTP/0.9"); },
      [](TestResponse) { return respond(200, "<html>"); },
      [](TestResponse) { return redirect(302, "ftp://x/"); },
  };
  for (const Change& change : lies) {
    lie("/m/model.json", change);
    const Error error =
        error_of([&] { http(url_with_password("/m/model.json"), with_secrets())->load({}).get(); });
    EXPECT_FALSE(contains(error.what(), "s3cret")) << error.what();
  }
}

TEST_F(HttpSecrets, AreNotInMessagesOfSilence) {
  server.on("/m/model.json", respond(200).stall_after(10));
  HttpOptions options = with_secrets();
  options.timeout = impatient().timeout;
  expect_kept(url_with_password("/m/model.json"), options);
}

TEST_F(HttpSecrets, AreNotInMessagesOfSignedUrls) {
  server.on("/m/model.json", respond(500, "no"));
  expect_kept(server.url("/m/model.json?X-Signature=s3cret"), patient());
}

TEST_F(HttpSecrets, PasswordsOfConvertedUrlsGoToTheirServerAlone) {
  const HttpModel model = serve();
  TestHttpServer other;
  other.otherwise(files.handler());
  HttpOptions options = patient();
  options.weight_url_converter = [at = other.authority()](const std::string& path) {
    return Future<std::string>::of(cat("http://bob:s3cret@", at, "/m/", path));
  };
  expect_loads(model, options);
  EXPECT_EQ(other.requests().at(0).header("Authorization"), "Basic Ym9iOnMzY3JldA==");
  EXPECT_FALSE(server.requests().at(0).has_header("Authorization"));
  other.on("/m/w0.bin", respond(404, "no"));
  EXPECT_FALSE(contains(load_error(options).what(), "s3cret"));
}

TEST_F(HttpSecrets, AreNotInMessagesOfWeightFiles) {
  const HttpModel model = serve({.shards = 2});
  for (const TestResponse& answer :
       {respond(404), respond(200, "short"), respond(200, model.shards[0])}) {
    server.on("/m/w1.bin", answer);
    const Error error =
        error_of([&] { http(url_with_password("/m/model.json"), with_secrets())->load({}).get(); });
    EXPECT_FALSE(contains(error.what(), "s3cret")) << error.what();
  }
}

TEST_F(HttpSecrets, AreNotInMessagesOfClosedPorts) {
  std::string authority;
  {
    const TestHttpServer short_lived;
    authority = short_lived.authority();
  }
  HttpOptions options = with_secrets();
  options.credentials = {"bob", "s3cret"};
  expect_kept(cat("http://bob:s3cret@", authority, "/m/model.json"), options);
}

TEST_F(HttpSecrets, AreNotInMessagesOfMalformedUrls) {
  for (const char* text :
       {"http://bob:s3cret@", "http://bob:s3cret@host:port/", "http://bob:s3cret@ho st/",
        "ftp://bob:s3cret@host/", "http://bob:s3cret@@host/\n", "http://bob:s3cret@/x"}) {
    const Error error = error_of([&] { http(text); });
    EXPECT_FALSE(contains(error.what(), "s3cret")) << error.what();
  }
}

TEST_F(HttpSecrets, AreNotInDescriptionsAndPlaces) {
  const IOHandlerPtr handler = http("http://bob:s3cret@host/m");
  EXPECT_FALSE(contains(handler->description(), "s3cret"));
  EXPECT_FALSE(contains(handler->place(), "s3cret"));
}

}  // namespace
}  // namespace tfjs::io
