// What every handler that saves and loads must do. One call in its test file:
//
//   const bool registered = test_handler_contract("FileHandler", [] { ...returns a maker of
//   handlers... });
#pragma once

#include <gtest/gtest.h>

#include <complex>
#include <functional>
#include <string>
#include <vector>

#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/io_handler.h"

namespace tfjs::io {

/// Makes handlers for one place.
using MakeHandler = std::function<IOHandlerPtr()>;
/// Makes an empty place.
using MakePlace = std::function<MakeHandler()>;

namespace contract {

/// A model with every dtype, optimizer weights, and fields nobody knows.
inline ModelArtifacts full_model() {
  ModelArtifacts model;
  model.model_topology = parse_json(
      R"({"class_name":"Sequential","config":{"b":1e-7,"a":[null,true,"h\u00e9\n"]},"2":1})", "t");
  model.fields.set("format", "layers-model");
  model.fields.set("generatedBy", "somebody");
  model.fields.set("convertedBy", nullptr);
  model.fields.set("userDefinedMetadata", Json::object({{"key", "value"}}));
  model.fields.set("trainingConfig", Json::object({{"loss", "mse"}}));
  model.fields.set("somethingNew", Json::array({1, 2.5}));
  EncodedWeights weights =
      encode_weights({{"f", Tensor::of<float>({1, 2, 3, 4, 5, 6}, {2, 3}), ""},
                      {"s", Tensor::of({"", "abc"}, {2}), ""},
                      {"b", Tensor::of<std::uint8_t>({1, 0, 1}, {3}), ""},
                      {"c", Tensor::of<std::complex<float>>({{1, -2}}, {1}), ""},
                      {"empty", Tensor::zeros({0, 4}), ""},
                      {"iter", Tensor::scalar_int(12), "optimizer"}});
  model.weight_specs = std::move(weights.specs);
  model.weight_data = std::move(weights.data);
  return model;
}

inline void expect_same_model(const ModelArtifacts& a, const ModelArtifacts& b) {
  EXPECT_EQ(write_json(a.model_topology), write_json(b.model_topology));
  for (const Json::Member& field : b.fields) {
    const Json* other = a.fields.find(field.first);
    ASSERT_NE(other, nullptr) << field.first;
    EXPECT_EQ(write_json(*other), write_json(field.second));
  }
  EXPECT_EQ(a.fields.size(), b.fields.size());
  ASSERT_EQ(a.weight_specs.size(), b.weight_specs.size());
  for (std::size_t i = 0; i < a.weight_specs.size(); ++i) {
    EXPECT_EQ(write_json(to_json(a.weight_specs[i])), write_json(to_json(b.weight_specs[i])));
  }
  EXPECT_EQ(text_of(a.weight_data), text_of(b.weight_data));
}

inline void loads_what_it_saved(const MakeHandler& handler) {
  handler()->save(full_model(), {}).get();
  expect_same_model(handler()->load({}).get(), full_model());
}

inline void loads_shards(const MakeHandler& handler) {
  handler()->save(full_model(), {.shard_bytes = 5}).get();
  expect_same_model(handler()->load({}).get(), full_model());
}

inline void empty_place_has_no_model(const MakeHandler& handler) {
  EXPECT_EQ(error_of([&] { handler()->load({}).get(); }).code(), ErrorCode::NotFound);
}

inline void save_replaces_the_old_model(const MakeHandler& handler) {
  handler()->save(full_model(), {.shard_bytes = 7}).get();
  handler()->save(small_model(2), {}).get();
  expect_same_model(handler()->load({}).get(), small_model(2));
}

inline void model_saves_over_itself(const MakeHandler& handler) {
  handler()->save(small_model(4, 50000), {}).get();
  const ModelArtifacts loaded = handler()->load({}).get();
  handler()->save(loaded, {}).get();
  expect_same_model(handler()->load({}).get(), small_model(4, 50000));
  EXPECT_EQ(text_of(loaded.weight_data), text_of(small_model(4, 50000).weight_data));
}

inline void failed_save_keeps_the_old_model(const MakeHandler& handler) {
  handler()->save(small_model(1), {}).get();
  ModelArtifacts broken = small_model(2);
  broken.weight_specs[0].tensor.shape = {1000};
  broken.weight_specs[0].source = nullptr;
  EXPECT_EQ(error_of([&] { handler()->save(broken, {}).get(); }).code(), ErrorCode::CorruptData);
  expect_same_model(handler()->load({}).get(), small_model(1));
}

inline void cancelled_save_keeps_the_old_model(const MakeHandler& handler) {
  handler()->save(small_model(1), {}).get();
  SaveOptions options;
  options.on_progress = [&](const Progress&) { options.cancel.cancel(); };
  EXPECT_EQ(error_of([&] { handler()->save(small_model(2), options).get(); }).code(),
            ErrorCode::Cancelled);
  expect_same_model(handler()->load({}).get(), small_model(1));
}

inline void load_can_be_cancelled(const MakeHandler& handler) {
  handler()->save(small_model(1), {}).get();
  LoadOptions options;
  options.cancel.cancel();
  EXPECT_EQ(error_of([&] { handler()->load(options).get(); }).code(), ErrorCode::Cancelled);
}

inline void reports_progress_in_bytes(const MakeHandler& handler) {
  const ModelArtifacts model = small_model(1, 1000);
  std::vector<std::uint64_t> done;
  const ProgressFn note = [&](const Progress& progress) {
    EXPECT_EQ(progress.bytes_total, model.weight_data.size());
    EXPECT_TRUE(done.empty() || done.back() <= progress.bytes_done);
    done.push_back(progress.bytes_done);
  };
  handler()->save(model, {.on_progress = note}).get();
  ASSERT_FALSE(done.empty());
  EXPECT_EQ(done.back(), model.weight_data.size());
  done.clear();
  handler()->load({.on_progress = note}).get();
  ASSERT_FALSE(done.empty());
  EXPECT_EQ(done.back(), model.weight_data.size());
}

inline void save_counts_bytes(const MakeHandler& handler) {
  const ModelArtifacts model = full_model();
  const ModelArtifactsInfo info = handler()->save(model, {}).get().model_artifacts_info;
  EXPECT_EQ(info.weight_data_bytes, model.weight_data.size());
  EXPECT_EQ(info.model_topology_bytes, write_json(model.model_topology).size());
  EXPECT_GT(info.date_saved_ms, 1500000000000);
}

inline void loads_specs_alone(const MakeHandler& handler) {
  handler()->save(full_model(), {}).get();
  const ModelArtifacts model = handler()->load({.read_weights = false}).get();
  EXPECT_TRUE(model.weight_data.empty());
  EXPECT_EQ(model.weight_specs.size(), full_model().weight_specs.size());
}

inline void remove_leaves_an_empty_place(const MakeHandler& handler) {
  handler()->save(small_model(1), {}).get();
  if (!handler()->can_remove()) {
    EXPECT_EQ(error_of([&] { handler()->remove().get(); }).code(), ErrorCode::Unsupported);
    expect_same_model(handler()->load({}).get(), small_model(1));
    return;
  }
  handler()->remove().get();
  empty_place_has_no_model(handler);
  EXPECT_EQ(error_of([&] { handler()->remove().get(); }).code(), ErrorCode::NotFound);
  handler()->save(small_model(2), {}).get();
  expect_same_model(handler()->load({}).get(), small_model(2));
}

inline void place_stays_the_same(const MakeHandler& handler) {
  const std::string before = handler()->place();
  handler()->save(small_model(1), {}).get();
  EXPECT_EQ(handler()->place(), before);
}

class ContractTest : public testing::Test {
 public:
  ContractTest(void (*check)(const MakeHandler&), MakePlace place)
      : check_(check), place_(std::move(place)) {}
  void TestBody() override { check_(place_()); }

 private:
  void (*check_)(const MakeHandler&);
  MakePlace place_;
};

}  // namespace contract

/// Registers the suite `name`: a test for each sentence of the contract.
inline bool test_handler_contract(const char* name, const MakePlace& place) {
  using namespace contract;
  const std::vector<std::pair<const char*, void (*)(const MakeHandler&)>> checks = {
      {"LoadsWhatItSaved", loads_what_it_saved},
      {"LoadsShards", loads_shards},
      {"EmptyPlaceHasNoModel", empty_place_has_no_model},
      {"SaveReplacesTheOldModel", save_replaces_the_old_model},
      {"ModelSavesOverItself", model_saves_over_itself},
      {"FailedSaveKeepsTheOldModel", failed_save_keeps_the_old_model},
      {"CancelledSaveKeepsTheOldModel", cancelled_save_keeps_the_old_model},
      {"LoadCanBeCancelled", load_can_be_cancelled},
      {"ReportsProgressInBytes", reports_progress_in_bytes},
      {"SaveCountsBytes", save_counts_bytes},
      {"LoadsSpecsAlone", loads_specs_alone},
      {"RemoveLeavesAnEmptyPlace", remove_leaves_an_empty_place},
      {"PlaceStaysTheSame", place_stays_the_same}};
  for (const auto& entry : checks) {
    const auto check = entry.second;
    testing::RegisterTest(
        name, entry.first, nullptr, nullptr, __FILE__, __LINE__,
        [check, place]() -> ContractTest* { return new ContractTest(check, place); });
  }
  return true;
}

}  // namespace tfjs::io
