#include "tfjs/io/model_json.h"

#include <gtest/gtest.h>

#include "tfjs/io/internal/test_support.h"

namespace tfjs::io {
namespace {

ModelJson parse_model(std::string_view text) {
  return parse_model_json(text, "model.json");
}

void expect_model_refused(std::string_view text, const std::vector<std::string>& parts) {
  std::vector<std::string> all = parts;
  all.push_back("model.json");
  EXPECT_TRUE(says(error_of([&] { parse_model(text); }), ErrorCode::CorruptData, all)) << text;
}

std::string with_manifest(std::string_view manifest) {
  return cat(R"({"modelTopology":{},"weightsManifest":)", manifest, "}");
}

TEST(ParseModelJson, ReadsGroupsInOrder) {
  const ModelJson model = parse_model(with_manifest(
      R"([{"paths":["./a.bin","b.bin"],"weights":[{"name":"x","shape":[],"dtype":"bool"}]},)"
      R"({"paths":[],"weights":[]},)"
      R"({"paths":["c/d.bin"],"weights":[{"name":"y","shape":[2],"dtype":"int32"}]}])"));
  ASSERT_EQ(model.weight_files.size(), 3u);
  EXPECT_EQ(model.weight_files[0].path, "a.bin");
  EXPECT_EQ(model.weight_files[2].path, "c/d.bin");
  ASSERT_EQ(model.artifacts.weight_specs.size(), 2u);
  EXPECT_EQ(model.artifacts.weight_specs[1].name, "y");
}

TEST(ParseModelJson, ReadsIntegrity) {
  const std::string digest(64, 'A');
  const ModelJson model = parse_model(with_manifest(
      cat(R"([{"paths":["a","b"],"weights":[],"integrity":[{"byteLength":5,"sha256":")", digest,
          R"("},{}]}])")));
  EXPECT_EQ(model.weight_files[0].integrity.byte_length, 5u);
  EXPECT_EQ(model.weight_files[0].integrity.sha256, std::string(64, 'a'));
  EXPECT_FALSE(model.weight_files[1].integrity.byte_length);
  EXPECT_FALSE(model.weight_files[1].integrity.sha256);
}

TEST(ParseModelJson, LoadsATopologyWithoutWeights) {
  const ModelJson model = parse_model(R"({"modelTopology":{"class_name":"Sequential"}})");
  EXPECT_TRUE(model.artifacts.weight_specs.empty());
  EXPECT_TRUE(model.weight_files.empty());
  EXPECT_EQ(model.artifacts.origin, "model.json");
}

TEST(ParseModelJson, LoadsWeightsWithoutATopology) {
  const ModelJson model = parse_model(R"({"modelTopology":null,"weightsManifest":[]})");
  EXPECT_TRUE(model.artifacts.model_topology.is_null());
}

TEST(ParseModelJson, TakesManyFieldsInTheTimeThatTheirTextTakes) {
  std::string text = R"({"modelTopology":{})";
  for (int i = 0; i < 300000; ++i) text += cat(",\"field", i, "\":1");
  const ModelJson model =
      parse_model(text + "}");  // minutes if each field were looked for among the others
  EXPECT_EQ(model.artifacts.fields.size(), 300000u);
}

TEST(ParseModelJson, RefusesWhatIsNoModel) {
  expect_model_refused("", {});
  expect_model_refused("3", {"object", "number"});
  expect_model_refused("[]", {"object", "array"});
  expect_model_refused("{\"modelTopology\":", {});
  expect_model_refused(R"({"format":"layers-model"})",
                       {"neither modelTopology nor weightsManifest"});
  expect_model_refused(R"({"modelTopology":"x"})", {"modelTopology", "string"});
}

TEST(ParseModelJson, RefusesABrokenManifest) {
  expect_model_refused(with_manifest("{}"), {"weightsManifest", "array"});
  expect_model_refused(with_manifest("[1]"), {"weightsManifest[0]", "object"});
  expect_model_refused(with_manifest(R"([{"weights":[]}])"), {"weightsManifest[0]", "paths"});
  expect_model_refused(with_manifest(R"([{"paths":[]}])"), {"weightsManifest[0]", "weights"});
  expect_model_refused(with_manifest(R"([{"paths":"a.bin","weights":[]}])"), {"paths", "array"});
  expect_model_refused(with_manifest(R"([{"paths":[1],"weights":[]}])"), {"paths[0]", "string"});
  expect_model_refused(with_manifest(R"([{"paths":["../a"],"weights":[]}])"), {"'../a'", "leaves"});
  expect_model_refused(with_manifest(R"([{"paths":[],"weights":{}}])"), {"weights", "array"});
}

TEST(ParseModelJson, RefusesNamesAndPathsThatComeTwice) {
  expect_model_refused(
      with_manifest(R"([{"paths":["a"],"weights":[]},{"paths":["./a"],"weights":[]}])"),
      {"'a'", "twice"});
  expect_model_refused(
      with_manifest(R"([{"paths":[],"weights":[{"name":"x","shape":[],"dtype":"bool"}]},)"
                    R"({"paths":[],"weights":[{"name":"x","shape":[],"dtype":"bool"}]}])"),
      {"'x'", "twice"});
}

TEST(ParseModelJson, RefusesBrokenIntegrity) {
  const auto group = [](std::string_view integrity) {
    return with_manifest(cat(R"([{"paths":["a"],"weights":[],"integrity":)", integrity, "}]"));
  };
  expect_model_refused(group("{}"), {"integrity", "array"});
  expect_model_refused(group("[]"), {"integrity", "0", "1"});
  expect_model_refused(group("[7]"), {"integrity[0]", "object"});
  expect_model_refused(group(R"([{"byteLength":-1}])"), {"byteLength", "-1"});
  expect_model_refused(group(R"([{"byteLength":1.5}])"), {"byteLength"});
  expect_model_refused(group(R"([{"sha256":"abc"}])"), {"sha256", "'abc'"});
  expect_model_refused(group(R"([{"sha256":7}])"), {"sha256", "string"});
}

TEST(ParseModelJson, BoundsDepthAndSize) {
  const std::string deep =
      cat(R"({"modelTopology":)", std::string(600, '['), std::string(600, ']'), "}");
  EXPECT_EQ(error_of([&] { parse_model(deep); }).code(), ErrorCode::CorruptData);
  EXPECT_EQ(
      error_of([] { parse_model_json(R"({"modelTopology":{}})", "m", {.max_bytes = 10}); }).code(),
      ErrorCode::CorruptData);
}

TEST(WriteModelJson, OrdersKeysAndKeepsUnknownOnes) {
  const std::string text =
      R"({"weightsManifest":[{"paths":["w"],"weights":[{"name":"x","shape":[],"dtype":"bool"}]}],)"
      R"("trainingConfig":{"a":1e-7},"note":[1,null],"7":8,"format":"layers-model",)"
      R"("signature":{},"modelTopology":{"b":1,"a":2},"generatedBy":"g","convertedBy":null})";
  const std::string digest(64, '0');
  EXPECT_EQ(
      write_model_json(parse_model(text).artifacts, {{"./model.weights.bin", 1, digest}}),
      cat(R"({"modelTopology":{"b":1,"a":2},"format":"layers-model","generatedBy":"g",)"
          R"("convertedBy":null,"weightsManifest":[{"paths":["./model.weights.bin"],)"
          R"("weights":[{"name":"x","shape":[],"dtype":"bool"}],)"
          R"("integrity":[{"byteLength":1,"sha256":")",
          digest, R"("}]}],"signature":{},"trainingConfig":{"a":1e-7},"7":8,"note":[1,null]})"));
}

TEST(WriteModelJson, IsReadBackEqual) {
  const ModelArtifacts model = small_model(2);
  const std::string text = write_model_json(model, {{"w.bin", 32, std::string(64, 'f')}});
  const ModelJson read = parse_model(text);
  EXPECT_EQ(read.artifacts.model_topology, model.model_topology);
  EXPECT_EQ(read.artifacts.fields, model.fields);
  EXPECT_EQ(read.artifacts.weight_specs[0].tensor, model.weight_specs[0].tensor);
  EXPECT_EQ(read.weight_files[0].integrity.byte_length, 32u);
  EXPECT_EQ(write_model_json(read.artifacts, {{"w.bin", 32, std::string(64, 'f')}}), text);
}

TEST(ArtifactsInfo, CountsTextsInUtf8) {
  ModelArtifacts model = small_model(1);
  model.model_topology = Json::object({{"n", "\xC3\xA9"}});
  const ModelArtifactsInfo info = artifacts_info(model);
  EXPECT_EQ(info.model_topology_bytes, 10u);
  EXPECT_EQ(info.weight_data_bytes, 32u);
  EXPECT_EQ(info.weight_specs_bytes,
            std::string_view(R"([{"name":"d/kernel","shape":[3,2],"dtype":"float32"},)"
                             R"({"name":"d/bias","shape":[2],"dtype":"float32"}])")
                .size());
}

}  // namespace
}  // namespace tfjs::io
