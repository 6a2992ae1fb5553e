// Redirects: how far they are followed and what goes along. Two servers are two origins, since
// their ports differ.
#include "tfjs/io/handlers/curl/http_test_support.h"

namespace tfjs::io {
namespace {

class HttpRedirects : public HttpModelTest {
 protected:
  /// Nothing secret was sent with any request to `to`.
  static void expect_no_secrets(const TestHttpServer& to) {
    EXPECT_FALSE(to.requests().empty());
    for (const TestRequest& request : to.requests()) {
      for (const char* name : {"Authorization", "Cookie"}) {
        EXPECT_FALSE(request.has_header(name)) << request.target << " " << name;
      }
    }
  }
  static HttpOptions with_secrets() {
    HttpOptions options = patient();
    options.headers = {{"authorization", "Bearer s3cret"}, {"COOKIE", "session=s3cret"}};
    return options;
  }

  TestHttpServer other;
};

TEST_F(HttpRedirects, AreFollowed) {
  const HttpModel model = serve();
  for (int status : {301, 302, 303, 307, 308}) {
    server.on("/old/model.json", redirect(status, url()));
    server.on("/old/w0.bin", redirect(status, "../m/w0.bin"));
    const auto loaded = http(server.url("/old/model.json"), patient())->load({}).get();
    EXPECT_TRUE(text_of(loaded.weight_data) == model.weights) << status;
  }
}

TEST_F(HttpRedirects, WeightsStandBesideTheUrlAskedFor) {
  const HttpModel model = make_http_model();
  server.on("/new.json", respond(200, model.json));
  server.on("/asked/model.json", redirect(302, "/new.json"));
  server.on("/asked/w0.bin", respond(200, model.weights));
  const auto loaded = http(server.url("/asked/model.json"), patient())->load({}).get();
  EXPECT_TRUE(text_of(loaded.weight_data) == model.weights);
}

TEST_F(HttpRedirects, MayBeRelative) {
  const HttpModel model = serve();
  for (const std::string& location :
       {std::string("model.json"), std::string("./x/../model.json"), std::string("/m/model.json"),
        "//" + server.authority() + "/m/model.json", std::string("?from=here")}) {
    server.on("/m/start", [=, json = model.json](const TestRequest& request) {
      return request.query().empty() ? redirect(302, location) : respond(200, json);
    });
    const auto loaded = http(server.url("/m/start"), patient())->load({}).get();
    EXPECT_TRUE(text_of(loaded.weight_data) == model.weights) << location;
  }
}

TEST_F(HttpRedirects, LoopsEnd) {
  serve();
  server.on("/m/model.json", redirect(302, url()));
  EXPECT_TRUE(contains(load_error().what(), "redirect"));
  EXPECT_LE(server.requests().size(), 11u);
}

TEST_F(HttpRedirects, TenAreFollowedAndElevenAreNot) {
  const HttpModel model = serve();
  for (int i = 1; i <= 11; ++i) {
    server.on(cat("/m/", i), redirect(307, i == 1 ? url() : server.url(cat("/m/", i - 1))));
  }
  const auto loaded = http(server.url("/m/10"), patient())->load({}).get();
  EXPECT_TRUE(text_of(loaded.weight_data) == model.weights);
  EXPECT_TRUE(contains(
      error_of([&] { http(server.url("/m/11"), patient())->load({}).get(); }).what(), "10"));
}

TEST_F(HttpRedirects, LeadToHttpOnly) {
  const TestFolder folder;
  folder.put("model.json", make_http_model().json);
  serve();
  for (const std::string& location :
       {"file://" + folder.at("model.json"), "ftp://" + other.authority() + "/m/model.json",
        "gopher://" + other.authority() + "/0", "dict://" + other.authority() + "/d:x",
        std::string("javascript:alert(1)"), std::string("data:application/json,{}")}) {
    for (const char* path : {"/m/model.json", "/m/w0.bin"}) {
      server.on("/m/model.json", files.handler());
      server.on(path, redirect(302, location));
      EXPECT_TRUE(contains(load_error().what(), server.authority())) << location;
    }
  }
  EXPECT_EQ(other.connections(), 0);
}

TEST_F(HttpRedirects, WithoutALocationAreErrors) {
  serve();
  server.on("/m/model.json", respond(302, "moved, but where?"));
  EXPECT_TRUE(contains(load_error().what(), "302"));
  for (const char* location : {"", "http://", "http:///m", "http://[::1", "http://a b/"}) {
    server.on("/m/model.json", redirect(302, location));
    EXPECT_TRUE(contains(load_error().what(), url())) << location;
  }
}

TEST_F(HttpRedirects, HugeLocationsAreErrors) {
  serve();
  server.on("/m/model.json", redirect(302, "/" + std::string(std::size_t{1} << 20, 'a')));
  const Error error = load_error();
  EXPECT_LT(std::string(error.what()).size(), 4000u);
}

TEST_F(HttpRedirects, ToASignInPageSayWhatCame) {
  serve();
  server.on("/login", respond(200, "<html>Who are you?</html>", "text/html"));
  server.on("/m/w0.bin", redirect(302, "/login"));
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {"w0.bin", "text/html"}));
  server.on("/m/model.json", redirect(302, "/login"));
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {url(), "HTML"}));
}

TEST_F(HttpRedirects, KeepSecretsAtTheirOrigin) {
  const HttpModel model = serve();
  other.otherwise(files.handler());
  server.on("/m/model.json", redirect(302, other.url("/m/model.json")));
  server.on("/m/w0.bin", redirect(308, other.url("/m/w0.bin")));
  HttpOptions options = with_secrets();
  expect_loads(model, options);
  expect_no_secrets(other);
  for (const TestRequest& request : server.requests()) {
    EXPECT_EQ(request.header("Authorization"), "Bearer s3cret");
    EXPECT_EQ(request.header("Cookie"), "session=s3cret");
  }
}

TEST_F(HttpRedirects, KeepCredentialsAtTheirOrigin) {
  const HttpModel model = serve();
  other.otherwise(files.handler());
  server.on("/m/model.json", redirect(302, other.url("/m/model.json")));
  HttpOptions options = patient();
  options.credentials = {"user", "s3cret"};
  expect_loads(model, options);
  expect_no_secrets(other);
  EXPECT_EQ(server.requests("/m/model.json")[0].header("Authorization"), "Basic dXNlcjpzM2NyZXQ=");
}

TEST_F(HttpRedirects, KeepSecretsWithinTheOrigin) {
  const HttpModel model = serve();
  server.on("/m/old.json", redirect(302, url()));
  http(server.url("/m/old.json"), with_secrets())->load({}).get();
  EXPECT_EQ(server.requests("/m/model.json")[0].header("Authorization"), "Bearer s3cret");
}

TEST_F(HttpRedirects, DoNotBringSecretsBack) {
  // From another origin back to the first: whoever answers there may have chosen the target.
  const HttpModel model = serve();
  server.on("/m/start.json", redirect(302, other.url("/bounce")));
  other.on("/bounce", redirect(302, server.url("/chosen")));
  server.on("/chosen", respond(200, model.json));
  http(server.url("/m/start.json"), with_secrets())->load({}).get();
  expect_no_secrets(other);
  EXPECT_FALSE(server.requests("/chosen")[0].has_header("Authorization"));
}

TEST_F(HttpRedirects, ConvertersMayNameOtherOriginsButSecretsStay) {
  const HttpModel model = serve();
  other.otherwise(files.handler());
  HttpOptions options = with_secrets();
  options.weight_url_converter = [&](const std::string& path) {
    return Future<std::string>::of(other.url("/m/" + path));
  };
  expect_loads(model, options);
  expect_no_secrets(other);
}

TEST_F(HttpRedirects, PrefixesMayNameOtherOriginsButSecretsStay) {
  const HttpModel model = serve();
  other.otherwise(files.handler());
  HttpOptions options = patient();
  options.credentials = {"user", "s3cret"};
  options.weight_path_prefix = other.url("/m/");
  expect_loads(model, options);
  expect_no_secrets(other);
}

TEST_F(HttpRedirects, CookiesOfAnswersAreNotKept) {
  const HttpModel model = serve();
  server.on("/m/model.json", [json = model.json](const TestRequest& request) {
    return request.query().empty() ? redirect(302, "?again").header("Set-Cookie", "track=1; Path=/")
                                   : respond(200, json);
  });
  expect_loads(model);
  expect_no_secrets(server);
}

TEST_F(HttpRedirects, PasswordsOfLocationsAreNotShown) {
  serve();
  server.on("/m/model.json", redirect(302, "http://bob:pa55word@" + other.authority() + "/x"));
  const Error error = load_error();
  EXPECT_FALSE(contains(error.what(), "pa55word")) << error.what();
}

}  // namespace
}  // namespace tfjs::io
