#include "tfjs/io/handlers/cached.h"

#include "tfjs/io/handlers/curl/http_test_support.h"
#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/router.h"

namespace tfjs::io {
namespace {

using contract::expect_same_model;

/// A model of two weight files on a server, and a folder for the copy.
class Cached : public testing::Test {
 protected:
  Cached() {
    put(model, false);
    server->otherwise(files.handler());
  }

  /// `has_sums`: model.json tells the files' SHA-256.
  void put(const ModelArtifacts& artifacts, bool has_sums) {
    const std::string weights = text_of(artifacts.weight_data);
    const std::string a = weights.substr(0, 1000), b = weights.substr(1000);
    std::string json = write_model_json(
        artifacts, {{"a.bin", a.size(), sha256_of(a)}, {"b.bin", b.size(), sha256_of(b)}});
    if (!has_sums) json.replace(json.find("integrity"), 9, "unknown__");
    files.put("/model.json", json);
    files.put("/a.bin", a);
    files.put("/b.bin", b);
  }

  ModelArtifacts load(const std::string& path = "/model.json") {
    LoadOptions options;
    options.on_warning = [this](const std::string& message) { warnings.push_back(message); };
    return cached(server_url + path, {.store = store(), .http = patient()})->load(options).get();
  }
  /// Requests since the last call.
  std::size_t new_requests() {
    const std::size_t all = server->requests().size();
    return all - std::exchange(seen, all);
  }
  std::string store() const { return "file://" + folder.at("copy"); }
  ModelArtifacts stored() { return file_system(folder.at("copy"))->load({}).get(); }

  TestFolder folder;
  TestFiles files;
  std::unique_ptr<TestHttpServer> server = std::make_unique<TestHttpServer>();
  std::string server_url = server->url("");
  ModelArtifacts model = small_model(1, 300);
  std::vector<std::string> warnings;
  std::size_t seen = 0;
};

TEST_F(Cached, KeepsAnOrdinaryModel) {
  expect_same_model(load(), model);
  ModelArtifacts copy = stored();
  EXPECT_EQ(text_of(copy.weight_data), text_of(model.weight_data));
  EXPECT_EQ(write_json(copy.model_topology), write_json(model.model_topology));
  EXPECT_TRUE(warnings.empty());
}

TEST_F(Cached, AsksOnlyWhetherFilesHaveChanged) {
  load();
  EXPECT_EQ(new_requests(), 3u);
  const ModelArtifacts again = load();
  expect_same_model(again, model);
  EXPECT_EQ(again.fields.find("cachedFrom"), nullptr);
  EXPECT_EQ(new_requests(), 3u);
  for (std::size_t i = 3; i < 6; ++i) {
    EXPECT_TRUE(server->requests()[i].has_header("If-None-Match"));
  }
}

TEST_F(Cached, DoesNotAskForFilesWhoseSumItKnows) {
  put(model, true);
  load();
  EXPECT_EQ(new_requests(), 3u);
  expect_same_model(load(), model);
  EXPECT_EQ(new_requests(), 1u);
  // A file of the new version that is that of the old one is not asked for either.
  ModelArtifacts next = model;
  std::string weights = text_of(model.weight_data);
  weights.back() ^= 1;
  next.weight_data = WeightData({Bytes::take(weights)});
  put(next, true);
  expect_same_model(load(), next);
  EXPECT_EQ(new_requests(), 2u);
  expect_same_model(load(), next);
  EXPECT_EQ(new_requests(), 1u);
}

TEST_F(Cached, ReplacesTheCopyWhenTheModelChanged) {
  load();
  put(small_model(5, 400), false);
  expect_same_model(load(), small_model(5, 400));
  EXPECT_EQ(text_of(stored().weight_data), text_of(small_model(5, 400).weight_data));
  expect_same_model(load(), small_model(5, 400));
}

TEST_F(Cached, FetchesAllFromAServerThatTellsNoVersions) {
  TestFiles::Validators none{false, false, true};
  const std::string weights = text_of(model.weight_data);
  files.put("/a.bin", weights.substr(0, 1000), none);
  load();
  EXPECT_EQ(new_requests(), 3u);
  files.put("/a.bin", std::string(1000, '\0'), none);
  EXPECT_EQ(text_of(load().weight_data).substr(0, 1000), std::string(1000, '\0'));
}

TEST_F(Cached, UsesTheCopyWithoutTheServer) {
  load();
  server.reset();
  expect_same_model(load(), model);
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_TRUE(contains(warnings[0], "the copy of 2"));
}

TEST_F(Cached, UsesTheCopyWhenTheServerFails) {
  load();
  server->on("/b.bin", respond(503, "busy"));
  files.put("/model.json", "{}");
  server->on("/model.json", respond(503, "busy"));
  expect_same_model(load(), model);
  EXPECT_EQ(warnings.size(), 1u);
}

TEST_F(Cached, SaysThatThereIsNeitherServerNorCopy) {
  server.reset();
  EXPECT_EQ(error_of([&] { load(); }).code(), ErrorCode::Unavailable);
  EXPECT_FALSE(folder.has("copy"));
}

TEST_F(Cached, KeepsTheCopyOfAModelThatIsGone) {
  load();
  server->on("/model.json", respond(404, "gone"));
  EXPECT_EQ(error_of([&] { load(); }).code(), ErrorCode::NotFound);
  EXPECT_EQ(text_of(stored().weight_data), text_of(model.weight_data));
}

TEST_F(Cached, KeepsTheCopyWhenTheNewVersionIsDamaged) {
  put(model, true);
  load();
  put(small_model(3, 300), true);
  files.put("/b.bin", "nonsense");
  EXPECT_EQ(error_of([&] { load(); }).code(), ErrorCode::CorruptData);
  EXPECT_EQ(text_of(stored().weight_data), text_of(model.weight_data));
}

TEST_F(Cached, NeverReplacesAModelThatIsNoCopy) {
  file_system(folder.at("copy"))->save(small_model(9), {}).get();
  EXPECT_TRUE(says(error_of([&] { load(); }), ErrorCode::InvalidArgument, {"copy", "elsewhere"}));
  expect_same_model(stored(), small_model(9));
}

TEST_F(Cached, NeverReplacesTheCopyOfAnotherModel) {
  load();
  files.put("/other.json", "{}");
  EXPECT_TRUE(
      says(error_of([&] { load("/other.json"); }), ErrorCode::InvalidArgument, {"other.json"}));
}

TEST_F(Cached, MakesADamagedCopyAnew) {
  load();
  std::string bytes = folder.get("copy/model.weights.bin");
  bytes[1500] ^= 1;
  folder.put("copy/model.weights.bin", bytes);
  expect_same_model(load(), model);
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_TRUE(contains(warnings[0], "made anew"));
  EXPECT_EQ(text_of(stored().weight_data), text_of(model.weight_data));

  folder.put("copy/model.json", "{");
  expect_same_model(load(), model);
  EXPECT_EQ(text_of(stored().weight_data), text_of(model.weight_data));
}

TEST_F(Cached, KeepsWhatCameInAnArchive) {
  file_system(folder.at("m.zip"))->save(model, {}).get();
  files.put("/m.zip", folder.get("m.zip"));
  expect_same_model(load("/m.zip"), model);
  EXPECT_EQ(new_requests(), 1u);
  expect_same_model(load("/m.zip"), model);
  EXPECT_TRUE(server->requests().back().has_header("If-None-Match"));
  server.reset();
  expect_same_model(load("/m.zip"), model);
}

TEST_F(Cached, LoadsAllTheSameWhenNoCopyCanBeKept) {
  class Full : public IOHandler {
   public:
    Future<ModelArtifacts> load(const LoadOptions&) override {
      return Future<ModelArtifacts>::from(
          []() -> ModelArtifacts { throw unavailable("the store is locked"); });
    }
    Future<SaveResult> save(const ModelArtifacts&, const SaveOptions&) override {
      return Future<SaveResult>::from([]() -> SaveResult { throw unavailable("no room"); });
    }
  };
  register_save_router([](const std::string& url) -> IOHandlerPtr {
    return url == "full://" ? std::make_shared<Full>() : nullptr;
  });
  LoadOptions options;
  options.on_warning = [this](const std::string& message) { warnings.push_back(message); };
  const auto handler = cached(server_url + "/model.json", {.store = "full://", .http = patient()});
  expect_same_model(handler->load(options).get(), model);
  ASSERT_EQ(warnings.size(), 2u);
  EXPECT_TRUE(contains(warnings[0], "the store is locked"));
  EXPECT_TRUE(contains(warnings[1], "no room"));
}

TEST_F(Cached, ReadsNoWeightsWhenNotAsked) {
  LoadOptions options;
  options.read_weights = false;
  const auto handler = cached(server_url + "/model.json", {.store = store(), .http = patient()});
  EXPECT_TRUE(handler->load(options).get().weight_data.empty());
  EXPECT_EQ(new_requests(), 1u);
  EXPECT_FALSE(folder.has("copy"));
}

TEST(CachedUrl, MustBeAServersAndTheStoreOneThatLoads) {
  EXPECT_EQ(error_of([] { cached("file://x"); }).code(), ErrorCode::InvalidArgument);
  EXPECT_TRUE(says(error_of([] { cached("http://h/model.json", {.store = "downloads://x"}); }),
                   ErrorCode::InvalidArgument, {"downloads://x"}));
}

}  // namespace
}  // namespace tfjs::io
