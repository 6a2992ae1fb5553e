// What the tests of http(s):// share: a small model on a scripted server, and lies told about its
// files.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tfjs/base/sha256.h"
#include "tfjs/io/handlers/http.h"
#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/model_json.h"
#include "tfjs/platform/testing/http_files.h"
#include "tfjs/platform/testing/http_server.h"

namespace tfjs::io {

using platform::testing::BodyPolicy;
using platform::testing::raw_response;
using platform::testing::redirect;
using platform::testing::respond;
using platform::testing::TestFiles;
using platform::testing::TestHttpServer;
using platform::testing::TestRequest;
using platform::testing::TestResponse;

/// Options for a server that answers, be the machine as busy as it may.
inline HttpOptions patient(int retry = 0) {
  HttpOptions options;
  options.timeout = 60;
  options.retry = retry;
  return options;
}

/// Options for a server that falls silent.
inline HttpOptions impatient(int retry = 0) {
  HttpOptions options;
  options.timeout = 0.5;
  options.retry = retry;
  return options;
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

struct HttpModelOptions {
  int floats = 1000;
  int shards = 1;
  bool has_integrity = true;
  int first_value = 0;  ///< weights are first_value, first_value + 1, ...
};

/// A model of one weight "w" and its files as a server has them.
struct HttpModel {
  std::string json;
  std::vector<std::string> shards;  ///< "w0.bin", "w1.bin", ...
  std::string weights;              ///< all of them joined
};

inline HttpModel make_http_model(const HttpModelOptions& options = {}) {
  HttpModel model;
  for (int i = 0; i < options.floats; ++i) {
    const float value = static_cast<float>(options.first_value + i);
    model.weights.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  std::string paths, integrity;
  const std::size_t size = model.weights.size();
  const std::size_t shards = static_cast<std::size_t>(options.shards);
  for (std::size_t i = 0; i < shards; ++i) {
    const std::size_t begin = size * i / shards;
    model.shards.push_back(model.weights.substr(begin, size * (i + 1) / shards - begin));
    const char* comma = i == 0 ? "" : ",";
    paths += cat(comma, "\"w", i, ".bin\"");
    integrity += cat(comma, R"({"byteLength":)", model.shards[i].size(), R"(,"sha256":")",
                     sha256_of(model.shards[i]), "\"}");
  }
  model.json =
      cat(R"({"modelTopology":{"class_name":"Sequential"},"weightsManifest":[{"paths":[)", paths,
          R"(],"weights":[{"name":"w","shape":[)", options.floats, R"(],"dtype":"float32"}])",
          options.has_integrity ? cat(R"(,"integrity":[)", integrity, "]") : "", "}]}");
  return model;
}

/// A server with a model at /m/.
class HttpModelTest : public testing::Test {
 protected:
  using Change = std::function<TestResponse(TestResponse)>;

  HttpModelTest() { server.otherwise(files.handler()); }

  /// Puts the files of a model, the JSON included, into "/m/".
  HttpModel serve(const HttpModelOptions& options = {}) {
    HttpModel model = make_http_model(options);
    files.put("/m/model.json", model.json);
    for (std::size_t i = 0; i < model.shards.size(); ++i) {
      files.put(cat("/m/w", i, ".bin"), model.shards[i]);
    }
    return model;
  }
  /// Answers for `path` are the file's, changed.
  void lie(const std::string& path, Change change) {
    server.on(path, [files = files, change](const TestRequest& request) {
      return change(files.answer(request));
    });
  }
  /// Only the first answer is changed.
  void lie_once(const std::string& path, Change change) {
    server.on(path, [files = files, change](const TestRequest& request) {
      TestResponse honest = files.answer(request);
      return request.nth == 0 ? change(honest) : honest;
    });
  }

  std::string url() const { return server.url("/m/model.json"); }
  ModelArtifacts load(const HttpOptions& options = patient(),
                      const LoadOptions& load_options = {}) const {
    return http(url(), options)->load(load_options).get();
  }
  Error load_error(const HttpOptions& options = patient(),
                   const LoadOptions& load_options = {}) const {
    return error_of([&] { load(options, load_options); });
  }
  /// Loads with `options`, and gets exactly `model`.
  void expect_loads(const HttpModel& model, const HttpOptions& options = patient()) const {
    EXPECT_TRUE(text_of(load(options).weight_data) == model.weights);
  }

  TestFiles files;
  TestHttpServer server;
};

}  // namespace tfjs::io
