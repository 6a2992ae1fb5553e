#include "tfjs/io/internal/http_cache.h"

#include <gtest/gtest.h>

#include <map>

#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/internal/http_load.h"
#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/model_json.h"
#include "tfjs/platform/testing/http_files.h"
#include "tfjs/platform/testing/http_server.h"

namespace tfjs::io::internal {
namespace {

using platform::testing::TestFiles;
using platform::testing::TestHttpServer;
using platform::testing::TestRequest;

struct MemoryCache : HttpCache {
  std::optional<HttpValidators> find(const std::string& url) override {
    const auto entry = entries.find(url);
    if (entry == entries.end()) return std::nullopt;
    return entry->second.validators;
  }
  Bytes read(const std::string& url) override { return entries.at(url).content; }
  void fetched(const std::string& url, const HttpValidators& validators,
               const Bytes& content) override {
    entries[url] = {validators, content};
    ++changes;
  }

  struct Entry {
    HttpValidators validators;
    Bytes content;
  };
  std::map<std::string, Entry> entries;
  int changes = 0;
};

/// A model in two files on a server, and a cache.
struct CachedModel {
  explicit CachedModel(TestFiles::Validators has = {}) : validators(has) {
    put(model);
    server.otherwise(files.handler());
  }

  void put(const ModelArtifacts& artifacts) {
    const std::string weights = text_of(artifacts.weight_data);
    std::string json =
        write_model_json(artifacts, {{"a.bin", 1000, std::string(64, '0')},
                                     {"b.bin", weights.size() - 1000, std::string(64, '0')}});
    json.replace(json.find("integrity"), 9, "unknown__");
    files.put("/model.json", json, validators);
    files.put("/a.bin", weights.substr(0, 1000), validators);
    files.put("/b.bin", weights.substr(1000), validators);
  }
  ModelArtifacts load() {
    const auto place = std::make_shared<HttpPlace>(server.url("/model.json"),
                                                   HttpOptions{.timeout = 5, .retry = 0});
    return load_over_http(place, {}, cache).get();
  }

  TestFiles::Validators validators;
  ModelArtifacts model = small_model(1, 300);
  std::shared_ptr<MemoryCache> cache = std::make_shared<MemoryCache>();
  TestFiles files;
  TestHttpServer server;
};

TEST(HttpCache, FilesThatHaveNotChangedAreNotSentAgain) {
  for (const TestFiles::Validators has :
       {TestFiles::Validators{true, false, true}, TestFiles::Validators{false, true, true}}) {
    CachedModel model(has);
    model.load();
    EXPECT_EQ(model.cache->changes, 3);
    const ModelArtifacts again = model.load();
    contract::expect_same_model(again, model.model);
    EXPECT_EQ(again.weight_data.pieces().size(), 1u);
    EXPECT_EQ(model.cache->changes, 3);
    ASSERT_EQ(model.server.requests().size(), 6u);
    for (std::size_t i = 3; i < 6; ++i) {
      const TestRequest request = model.server.requests()[i];
      EXPECT_EQ(request.has_header("If-None-Match"), has.has_etag);
      EXPECT_EQ(request.has_header("If-Modified-Since"), has.has_date);
    }
  }
}

TEST(HttpCache, FilesThatChangedAreFetched) {
  CachedModel model;
  model.load();
  model.files.put("/b.bin", std::string(text_of(model.model.weight_data).size() - 1000, '\0'));
  EXPECT_NE(text_of(model.load().weight_data), text_of(model.model.weight_data));
  EXPECT_EQ(model.cache->changes, 4);
  model.put(small_model(9, 300));
  contract::expect_same_model(model.load(), small_model(9, 300));
  EXPECT_EQ(model.cache->changes, 7);
}

TEST(HttpCache, AKeptFileWaitsForTheLengthsBefore) {
  CachedModel model;
  model.load();
  model.cache->entries.erase(model.server.url("/a.bin"));
  model.server.on(
      "/a.bin", [&](const TestRequest& request) { return model.files.answer(request).delay(0.1); });
  contract::expect_same_model(model.load(), model.model);
}

TEST(HttpCache, GetsNothingOfALoadThatFails) {
  CachedModel model;
  model.files.put("/b.bin", "short");
  EXPECT_EQ(error_of([&] { model.load(); }).code(), ErrorCode::CorruptData);
  EXPECT_EQ(model.cache->changes, 0);
}

TEST(HttpCache, AKeptFileIsCheckedLikeOthers) {
  CachedModel model;
  model.load();
  model.cache->entries.at(model.server.url("/b.bin")).content = Bytes::copy_of("short");
  EXPECT_TRUE(says(error_of([&] { model.load(); }), ErrorCode::CorruptData, {"kept from"}));
}

}  // namespace
}  // namespace tfjs::io::internal
