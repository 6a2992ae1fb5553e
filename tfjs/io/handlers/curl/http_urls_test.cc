// Where the files of a model are looked for, and which URLs, paths and headers are refused before
// anything is sent.
#include "tfjs/io/handlers/curl/http_test_support.h"

namespace tfjs::io {
namespace {

class HttpUrls : public HttpModelTest {
 protected:
  /// Loads `url` of this server; gives the targets that were asked for.
  std::vector<std::string> targets_of(const std::string& target,
                                      const HttpOptions& options = patient(),
                                      const LoadOptions& load_options = {}) {
    const std::size_t before = server.requests().size();
    http(server.url(target), options)->load(load_options).get();
    std::vector<std::string> targets;
    for (const TestRequest& request : server.requests()) targets.push_back(request.target);
    targets.erase(targets.begin(), targets.begin() + static_cast<std::ptrdiff_t>(before));
    return targets;
  }
  /// A model whose one weight file has this path.
  std::string json_with_path(std::string_view path) const {
    std::string json = make_http_model().json;
    json.replace(json.find("w0.bin"), 6, path);
    return json;
  }
};

using Targets = std::vector<std::string>;

TEST_F(HttpUrls, WeightsStandBesideTheJson) {
  serve();
  EXPECT_EQ(targets_of("/m/model.json"), (Targets{"/m/model.json", "/m/w0.bin"}));
}

TEST_F(HttpUrls, TheQueryGoesAlong) {
  serve();
  EXPECT_EQ(targets_of("/m/model.json?v=1&k=a%20b"),
            (Targets{"/m/model.json?v=1&k=a%20b", "/m/w0.bin?v=1&k=a%20b"}));
}

TEST_F(HttpUrls, SlashesAndMarksInTheQueryAreNoPath) {
  serve();
  EXPECT_EQ(targets_of("/m/model.json?path=x/y/../z?w"),
            (Targets{"/m/model.json?path=x/y/../z?w", "/m/w0.bin?path=x/y/../z?w"}));
}

TEST_F(HttpUrls, TheFragmentIsNotSent) {
  serve();
  EXPECT_EQ(targets_of("/m/model.json?a=1#top/x?y"),
            (Targets{"/m/model.json?a=1", "/m/w0.bin?a=1"}));
  EXPECT_EQ(targets_of("/m/model.json#?x"), (Targets{"/m/model.json", "/m/w0.bin"}));
}

TEST_F(HttpUrls, AUrlWithoutPathIsTheRoot) {
  const HttpModel model = serve();
  server.on("/", respond(200, model.json));
  server.on("/w0.bin", respond(200, model.weights));
  EXPECT_EQ(targets_of(""), (Targets{"/", "/w0.bin"}));
  EXPECT_EQ(targets_of("?key=/x"), (Targets{"/?key=/x", "/w0.bin?key=/x"}));
}

TEST_F(HttpUrls, FoldersBelowAreAskedFor) {
  const HttpModel model = serve();
  server.on("/m/model.json", respond(200, json_with_path("./deep/er/w.bin")));
  server.on("/m/deep/er/w.bin", respond(200, model.weights));
  EXPECT_EQ(targets_of("/m/model.json"), (Targets{"/m/model.json", "/m/deep/er/w.bin"}));
}

TEST_F(HttpUrls, APrefixReplacesTheFolder) {
  const HttpModel model = serve();
  server.on("/cdn/xw0.bin", respond(200, model.weights));
  HttpOptions options = patient();
  options.weight_path_prefix = server.url("/cdn/x");
  EXPECT_EQ(targets_of("/m/model.json?v=2", options),
            (Targets{"/m/model.json?v=2", "/cdn/xw0.bin?v=2"}));
  LoadOptions load_options;
  load_options.weight_path_prefix = options.weight_path_prefix;
  EXPECT_EQ(targets_of("/m/model.json?v=2", patient(), load_options),
            (Targets{"/m/model.json?v=2", "/cdn/xw0.bin?v=2"}));
}

TEST_F(HttpUrls, AConverterReplacesAll) {
  const HttpModel model = serve();
  server.on("/signed", respond(200, model.weights));
  HttpOptions options = patient();
  options.weight_path_prefix = "http://never.invalid/";
  std::vector<std::string> paths;
  options.weight_url_converter = [&](const std::string& path) {
    paths.push_back(path);
    return Future<std::string>::of(server.url("/signed?sig=a/b"));
  };
  EXPECT_EQ(targets_of("/m/model.json?v=2", options),
            (Targets{"/m/model.json?v=2", "/signed?sig=a/b"}));
  EXPECT_EQ(paths, Targets{"w0.bin"});
}

TEST_F(HttpUrls, AConverterMayTakeItsTime) {
  const HttpModel model = serve();
  std::thread thread;
  HttpOptions options = patient();
  options.weight_url_converter = [&](const std::string& path) {
    const Promise<std::string> promise;
    thread = std::thread([=, this] {
      std::this_thread::sleep_for(std::chrono::milliseconds(30));
      promise.set_value(server.url("/m/" + path));
    });
    return promise.future();
  };
  expect_loads(model, options);
  thread.join();
}

TEST_F(HttpUrls, AConverterThatFailsFailsTheLoad) {
  serve();
  HttpOptions options = patient();
  options.weight_url_converter = [](const std::string&) -> Future<std::string> {
    throw unavailable("no signature today");
  };
  EXPECT_TRUE(says(load_error(options), ErrorCode::Unavailable, {"no signature today"}));
  options.weight_url_converter = [](const std::string&) {
    return Future<std::string>::failed(
        std::make_exception_ptr(unavailable("no signature tomorrow")));
  };
  EXPECT_TRUE(says(load_error(options), ErrorCode::Unavailable, {"no signature tomorrow"}));
}

TEST_F(HttpUrls, AConverterMustGiveAnHttpUrl) {
  const TestFolder folder;
  folder.put("w0.bin", serve().weights);
  for (const std::string& url : {std::string(), "file://" + folder.at("w0.bin"),
                                 std::string("http://"), std::string("http://h/\r\nX: y")}) {
    HttpOptions options = patient();
    options.weight_url_converter = [=](const std::string&) { return Future<std::string>::of(url); };
    EXPECT_TRUE(says(load_error(options), ErrorCode::InvalidArgument, {"w0.bin"})) << url;
  }
}

TEST_F(HttpUrls, PathsOutOfTheFolderAreRefused) {
  serve();
  TestHttpServer other;
  const std::vector<std::string> paths = {"../w0.bin",
                                          "a/../../w0.bin",
                                          "/etc/passwd",
                                          "//" + other.authority() + "/w0.bin",
                                          other.url("/w0.bin"),
                                          "HTTP:w0.bin",
                                          "..\\\\w0.bin",
                                          "\\\\\\\\host\\\\w0.bin",
                                          ".",
                                          "",
                                          "a/",
                                          "w\\u0000.bin"};
  for (const std::string& path : paths) {
    server.on("/m/model.json", respond(200, json_with_path(path)));
    EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {url()})) << path;
  }
  EXPECT_EQ(server.requests().size(), paths.size());
  EXPECT_EQ(other.connections(), 0);
}

TEST_F(HttpUrls, EscapedDotsDoNotLeaveTheFolder) {
  // A server or proxy may undo the escapes: what leaves the folder then is refused, or stays text.
  serve();
  for (const char* path : {"%2e%2e/secret.bin", "..%2fsecret.bin", "%2e%2e%2fsecret.bin"}) {
    server.on("/m/model.json", respond(200, json_with_path(path)));
    load_error();
  }
  for (const TestRequest& request : server.requests()) {
    EXPECT_TRUE(request.target.starts_with("/m/")) << request.target;
    EXPECT_FALSE(contains(request.target, "%2e%2e/")) << request.target;
    EXPECT_FALSE(contains(request.target, "..%2f")) << request.target;
  }
}

TEST_F(HttpUrls, OddNamesAreAskedForAsNames) {
  const HttpModel model = serve();
  server.otherwise([model](const TestRequest& request) {
    EXPECT_TRUE(request.target.starts_with("/m/")) << request.target;
    EXPECT_FALSE(request.has_header("X-Injected"));
    return respond(200, model.weights);
  });
  for (const char* path :
       {"w 0.bin", "w#0.bin", "w?sig=a/b", "\xc3\xbc.bin", "a\\r\\nX-Injected: 1"}) {
    server.on("/m/model.json", respond(200, json_with_path(path)));
    try {
      expect_loads(model);
    } catch (const Error& error) {
      EXPECT_TRUE(says(error, ErrorCode::CorruptData, {url()})) << path;
    }
  }
}

TEST_F(HttpUrls, WhatIsNoHttpUrlIsRefused) {
  for (const char* text :
       {"", "http:", "http://", "http:///m/model.json", "http://?x", "file:///m/model.json",
        "/m/model.json", "ftp://host/x", "http://host:port/", "http://host:99999/", "http://ho st/",
        "http://host/\r\nX: y", "http://[::1/x", "http://user:pass@/x"}) {
    EXPECT_EQ(error_of([&] { http(text); }).code(), ErrorCode::InvalidArgument) << text;
  }
  EXPECT_EQ(error_of([&] { http(std::string("http://host/\0x", 14)); }).code(),
            ErrorCode::InvalidArgument);
}

TEST_F(HttpUrls, MalformedHeadersAreRefused) {
  const std::vector<std::pair<std::string, std::string>> headers = {
      {"", "value"},
      {"X Y", "value"},
      {"X:", "value"},
      {"X\r\nY", "value"},
      {"X", "one\r\nY: two"},
      {"X", "one\ntwo"},
      {"X", std::string("one\0two", 7)},
      {std::string("X\0", 2), "value"},
      {"Content-L\xc3\xa4nge", "value"}};
  for (const auto& header : headers) {
    HttpOptions options;
    options.headers = {header};
    EXPECT_TRUE(says(error_of([&] { http("http://127.0.0.1/", options); }),
                     ErrorCode::InvalidArgument, {"malformed header"}))
        << header.first;
  }
}

TEST_F(HttpUrls, MalformedMethodsAreRefused) {
  for (const char* method : {"PO ST", "POST\r\n", "GET / HTTP/1.1\r\nX: y", "\xc3\x9c"}) {
    HttpOptions options;
    options.method = method;
    EXPECT_TRUE(says(error_of([&] { http("http://127.0.0.1/", options); }),
                     ErrorCode::InvalidArgument, {"method"}))
        << method;
  }
}

TEST_F(HttpUrls, MalformedHeadersDoNotShowTheirValues) {
  HttpOptions options;
  options.headers = {{"Authorization", "Bearer s3cret\r\n"}};
  EXPECT_FALSE(contains(error_of([&] { http("http://127.0.0.1/", options); }).what(), "s3cret"));
}

TEST_F(HttpUrls, PlacesAreUrlsWithoutDetails) {
  EXPECT_EQ(http("http://user:pass@Example.com:80/m/x?q=1#top")->place(),
            http("http://example.com/m/x?q=1")->place());
  EXPECT_EQ(http("https://example.com:443/")->place(), http("https://example.com")->place());
  EXPECT_NE(http("https://example.com/")->place(), http("http://example.com/")->place());
  EXPECT_NE(http("http://example.com:8080/")->place(), http("http://example.com/")->place());
  EXPECT_FALSE(http("http://example.com/")->can_remove());
}

TEST_F(HttpUrls, SchemesMayBeUpperCase) {
  const HttpModel model = serve();
  const auto loaded = http("HTTP://" + server.authority() + "/m/model.json")->load({}).get();
  EXPECT_TRUE(text_of(loaded.weight_data) == model.weights);
}

}  // namespace
}  // namespace tfjs::io
