// What a server may answer in place of a weight file: nothing but the model's bytes becomes
// weights.
#include "tfjs/io/handlers/curl/http_test_support.h"

namespace tfjs::io {
namespace {

class HttpShardLies : public HttpModelTest {
 protected:
  /// Serves a model of one file, but `answer` in its place.
  HttpModel answer_shard(const TestResponse& answer, bool has_integrity = true) {
    HttpModel model = serve({.has_integrity = has_integrity});
    server.on("/m/w0.bin", answer);
    return model;
  }
  std::string shard_url(int i = 0) const { return server.url(cat("/m/w", i, ".bin")); }
};

const char* const kPage = "<!doctype html><html><body>Sign in to the network</body></html>";

TEST_F(HttpShardLies, MissingFilesAreNotFound) {
  serve({.shards = 3});
  server.on("/m/w1.bin", respond(404, "gone fishing"));
  EXPECT_TRUE(says(load_error(), ErrorCode::NotFound, {shard_url(1), "404", "gone fishing"}));
}

TEST_F(HttpShardLies, A404PageOfTheRightLengthIsNoWeight) {
  answer_shard(respond(404, std::string(4000, 'x'), "text/html"), false);
  EXPECT_TRUE(says(load_error(), ErrorCode::NotFound, {shard_url(), "404"}));
}

TEST_F(HttpShardLies, FailuresOfTheServerAreUnavailable) {
  for (int status : {408, 429, 500, 503}) {
    answer_shard(respond(status, "busy"));
    EXPECT_TRUE(says(load_error(), ErrorCode::Unavailable, {shard_url(), cat(status), "busy"}));
  }
}

TEST_F(HttpShardLies, PagesWithStatus200SayWhatCame) {
  answer_shard(respond(200, kPage, "text/html; charset=utf-8"));
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {"w0.bin", "4000", "text/html"}));
  answer_shard(respond(200, kPage, "text/html; charset=utf-8"), false);
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {"w0.bin", "text/html"}));
}

TEST_F(HttpShardLies, PagesOfTheRightLengthAreCaughtByTheirHash) {
  const std::string page = std::string(kPage) + std::string(4000 - std::string(kPage).size(), '\n');
  answer_shard(respond(200, page, "text/html"));
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData,
                   {"w0.bin", "SHA-256", sha256_of(page), "text/html"}));
}

TEST_F(HttpShardLies, OneFlippedBitIsCaught) {
  serve({.shards = 4});
  lie("/m/w2.bin", [](TestResponse r) {
    r.body[999] = static_cast<char>(r.body[999] ^ 1);
    return r;
  });
  EXPECT_TRUE(says(load_error(patient(1)), ErrorCode::CorruptData, {"w2.bin", "SHA-256"}));
}

TEST_F(HttpShardLies, HashesAreNotAskedForWithoutVerify) {
  const HttpModel model = serve();
  std::string changed = model.weights;
  changed[0] = 7;
  server.on("/m/w0.bin", respond(200, changed));
  LoadOptions options;
  options.verify = false;
  EXPECT_TRUE(text_of(load(patient(), options).weight_data) == changed);
}

TEST_F(HttpShardLies, SwappedFilesAreCaught) {
  const HttpModel model = serve({.shards = 2});
  server.on("/m/w0.bin", respond(200, model.shards[1]));
  server.on("/m/w1.bin", respond(200, model.shards[0]));
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {"SHA-256"}));
}

TEST_F(HttpShardLies, FilesShorterThanTheirIntegrityAreCorrupt) {
  serve();
  lie("/m/w0.bin", [](TestResponse r) {
    r.body.pop_back();
    return r;
  });
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {"w0.bin", "4000", "3999"}));
}

TEST_F(HttpShardLies, FilesLongerThanTheirIntegrityAreCorrupt) {
  const HttpModel model = serve();
  server.on("/m/w0.bin", respond(200, model.weights + "x"));
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {"w0.bin", "4000"}));
  server.on("/m/w0.bin", respond(200, model.weights + "x").chunked(512));
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {"w0.bin", "4000"}));
}

TEST_F(HttpShardLies, TooFewBytesAreCorruptWithoutIntegrity) {
  const HttpModel model = serve({.shards = 2, .has_integrity = false});
  server.on("/m/w1.bin", respond(200, model.shards[1].substr(1)));
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {"'w'", "4000", "3999"}));
  server.on("/m/w1.bin", respond(200));
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {"'w'", "4000"}));
}

TEST_F(HttpShardLies, ALittleSurplusLoadsWithAWarning) {
  for (bool is_chunked : {false, true}) {
    const HttpModel model = serve({.has_integrity = false});
    TestResponse longer = respond(200, model.weights + std::string(1000, 'x'));
    server.on("/m/w0.bin", is_chunked ? longer.chunked(100) : longer);
    std::string warnings;
    LoadOptions options;
    options.on_warning = [&](const std::string& warning) { warnings += warning; };
    const ModelArtifacts artifacts = load(patient(), options);
    EXPECT_EQ(text_of(artifacts.weight_data).substr(0, 4000), model.weights);
    EXPECT_TRUE(contains(warnings, "1000")) << warnings;
  }
}

TEST_F(HttpShardLies, MuchSurplusIsRefusedByItsLength) {
  answer_shard(respond(200, "few").say_length(1'000'000'000'000'000), false);
  EXPECT_TRUE(contains(load_error().what(), "w0.bin"));
  answer_shard(respond(200, "few").say_length(1'000'000'000'000'000), true);
  EXPECT_TRUE(contains(load_error().what(), "w0.bin"));
}

TEST_F(HttpShardLies, MuchSurplusIsRefusedAsItComes) {
  for (bool has_integrity : {false, true}) {
    answer_shard(respond(200, std::string(std::size_t{20} << 20, 'x')).chunked(100000),
                 has_integrity);
    EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {"w0.bin"}));
  }
}

TEST_F(HttpShardLies, PromisedBytesThatDoNotComeAreMissed) {
  // The specs promise a gigabyte, the server too: three bytes are there.
  files.put("/m/model.json",
            R"({"modelTopology":{},"weightsManifest":[{"paths":["w0.bin"],"weights":)"
            R"([{"name":"w","shape":[250000000],"dtype":"float32"}]}]})");
  server.on("/m/w0.bin", respond(200, "few").say_length(1'000'000'000));
  EXPECT_TRUE(says(load_error(), ErrorCode::Unavailable, {shard_url()}));
}

TEST_F(HttpShardLies, MaxWeightBytesHolds) {
  const HttpModel model = serve();
  LoadOptions options;
  options.max_weight_bytes = 3999;
  EXPECT_TRUE(contains(load_error(patient(), options).what(), "3999"));
  options.max_weight_bytes = 4000;
  EXPECT_TRUE(text_of(load(patient(), options).weight_data) == model.weights);
}

TEST_F(HttpShardLies, StringWeightsAreBoundedByMaxWeightBytes) {
  files.put("/m/model.json",
            R"({"modelTopology":{},"weightsManifest":[{"paths":["w0.bin"],"weights":)"
            R"([{"name":"s","shape":[1],"dtype":"string"}]}]})");
  std::string weights = std::string("\x00\x00\x20\x00", 4) + std::string(std::size_t{2} << 20, 's');
  files.put("/m/w0.bin", weights);
  EXPECT_TRUE(text_of(load().weight_data) == weights);
  LoadOptions options;
  options.max_weight_bytes = 1000;
  EXPECT_TRUE(contains(load_error(patient(), options).what(), "1000"));
  lie("/m/w0.bin", [](TestResponse r) { return r.chunked(4096); });
  EXPECT_TRUE(text_of(load().weight_data) == weights);
  EXPECT_TRUE(contains(load_error(patient(), options).what(), "1000"));
}

TEST_F(HttpShardLies, PartsThatNobodyAskedForAreRefused) {
  const HttpModel model = serve({.has_integrity = false});
  server.on("/m/w0.bin", respond(206, model.weights).header("Content-Range", "bytes 0-3999/8000"));
  EXPECT_TRUE(contains(load_error().what(), "206"));
}

TEST_F(HttpShardLies, SpecsAloneNeedNoFiles) {
  answer_shard(respond(404));
  LoadOptions options;
  options.read_weights = false;
  const ModelArtifacts artifacts = load(patient(), options);
  EXPECT_EQ(artifacts.weight_specs.size(), 1u);
  EXPECT_TRUE(artifacts.weight_data.empty());
  EXPECT_TRUE(server.requests("/m/w0.bin").empty());
}

TEST_F(HttpShardLies, ModelsWithoutWeightsLoad) {
  files.put("/m/model.json", R"({"modelTopology":{},"weightsManifest":[]})");
  EXPECT_TRUE(load().weight_data.empty());
  files.put("/m/model.json", R"({"modelTopology":{"class_name":"Sequential"}})");
  EXPECT_TRUE(load().weight_data.empty());
}

TEST_F(HttpShardLies, EmptyFilesAmongOthersLoad) {
  const HttpModel model = serve({.floats = 2, .shards = 20, .has_integrity = false});
  expect_loads(model);
  for (int i : {0, 7, 19}) {
    lie(cat("/m/w", i, ".bin"), [](TestResponse r) { return r.chunked(2); });
  }
  expect_loads(model);
}

TEST_F(HttpShardLies, FilesMayComeInAnyOrder) {
  for (bool has_integrity : {true, false}) {
    const HttpModel model = serve({.floats = 5000, .shards = 12, .has_integrity = has_integrity});
    for (int i : {0, 3, 6}) {
      lie(cat("/m/w", i, ".bin"), [](TestResponse r) { return r.delay(0.15); });
    }
    expect_loads(model);
  }
}

TEST_F(HttpShardLies, FilesMayHideTheirLengths) {
  for (bool has_integrity : {true, false}) {
    const HttpModel model = serve({.floats = 5000, .shards = 12, .has_integrity = has_integrity});
    for (int i = 0; i < 12; i += 2) {
      lie(cat("/m/w", i, ".bin"),
          [i](TestResponse r) { return i % 4 == 0 ? r.chunked(97).delay(0.05) : r.until_close(); });
    }
    expect_loads(model);
  }
}

TEST_F(HttpShardLies, UnknownLengthsThatEndEarlyAreCaught) {
  for (bool has_integrity : {true, false}) {
    serve({.shards = 2, .has_integrity = has_integrity});
    lie("/m/w0.bin", [](TestResponse r) { return r.until_close().close_after_body(1000); });
    EXPECT_TRUE(has_integrity
                    ? says(load_error(), ErrorCode::Unavailable, {shard_url(), "1000", "2000"})
                    : says(load_error(), ErrorCode::CorruptData, {"'w'"}));
    lie("/m/w0.bin", [](TestResponse r) { return r.chunked(100).close_after_body(1000); });
    EXPECT_TRUE(says(load_error(), ErrorCode::Unavailable, {shard_url()}));
  }
}

TEST_F(HttpShardLies, TheFirstFailureEndsTheOthers) {
  serve({.shards = 6});
  for (int i = 0; i < 5; ++i) {
    lie(cat("/m/w", i, ".bin"), [](TestResponse r) { return r.stall_after_body(10); });
  }
  server.on("/m/w5.bin", respond(404).delay(0.05));
  HttpOptions patient;  // 30 s
  EXPECT_TRUE(says(load_error(patient), ErrorCode::NotFound, {shard_url(5)}));
}

}  // namespace
}  // namespace tfjs::io
