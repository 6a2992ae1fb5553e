#include "tfjs/io/model_record.h"

#include <gtest/gtest.h>

#include "tfjs/io/internal/handler_contract_test.h"

namespace tfjs::io {
namespace {

TEST(ModelRecord, KeepsAllButTheWeightData) {
  const ModelArtifacts model = contract::full_model();
  ModelArtifacts read = parse_model_record(write_model_record(model), "m");
  EXPECT_TRUE(read.weight_data.empty());
  read.weight_data = model.weight_data;
  contract::expect_same_model(read, model);
  EXPECT_EQ(read.origin, "m");
}

TEST(ModelRecord, KeepsAModelWithoutTopology) {
  ModelArtifacts model = small_model(1);
  model.model_topology = nullptr;
  EXPECT_TRUE(parse_model_record(write_model_record(model), "m").model_topology.is_null());
}

TEST(ParseModelRecord, RefusesWrongTexts) {
  const auto refusal = [](const ModelRecord& record) {
    return error_of([&] { parse_model_record(record, "m"); });
  };
  const ModelRecord good{"", "{}", "[]", "{}"};
  parse_model_record(good, "m");
  ModelRecord record = good;
  record.model_topology = "[]";
  EXPECT_TRUE(says(refusal(record), ErrorCode::CorruptData, {"m: model_topology", "array"}));
  record = good;
  record.weight_specs = "{}";
  EXPECT_TRUE(says(refusal(record), ErrorCode::CorruptData, {"m: weight_specs", "object"}));
  record.weight_specs = R"([{"name":"w","shape":[-1],"dtype":"float32"}])";
  EXPECT_TRUE(says(refusal(record), ErrorCode::CorruptData, {"m: weight 'w'", "-1"}));
  record.weight_specs =
      R"([{"name":"w","shape":[],"dtype":"int32"},{"name":"w","shape":[],"dtype":"int32"}])";
  EXPECT_TRUE(says(refusal(record), ErrorCode::CorruptData, {"m", "'w'"}));
  record = good;
  record.model_metadata = "";
  EXPECT_TRUE(says(refusal(record), ErrorCode::CorruptData, {"m: model_metadata"}));
}

TEST(ArtifactsInfo, IsTheTextThatTensorFlowJsStores) {
  ModelArtifactsInfo info;
  info.date_saved_ms = 1772355900000;
  info.model_topology_bytes = 1;
  info.weight_specs_bytes = 2;
  info.weight_data_bytes = 3;
  EXPECT_EQ(write_artifacts_info(info),
            R"({"dateSaved":"2026-03-01T09:05:00.000Z","modelTopologyType":"JSON",)"
            R"("modelTopologyBytes":1,"weightSpecsBytes":2,"weightDataBytes":3})");
  const ModelArtifactsInfo read = parse_artifacts_info(write_artifacts_info(info), "m");
  EXPECT_EQ(write_artifacts_info(read), write_artifacts_info(info));
}

TEST(ParseArtifactsInfo, RefusesNegativeSizes) {
  ModelArtifactsInfo info;
  std::string text = write_artifacts_info(info);
  text.replace(text.find("weightDataBytes") + 17, 1, "-1");
  EXPECT_TRUE(says(error_of([&] { parse_artifacts_info(text, "m"); }), ErrorCode::CorruptData,
                   {"m: weightDataBytes", "-1"}));
}

}  // namespace
}  // namespace tfjs::io
