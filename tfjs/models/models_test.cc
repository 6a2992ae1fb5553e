// How models are built, run, saved and loaded; tests/zoo_test.cc has the numbers.

#include <gtest/gtest.h>

#include <thread>

#include "tfjs/base/error.h"
#include "tfjs/io/router.h"
#include "tfjs/io/weights_codec.h"
#include "tfjs/layers/dense.h"
#include "tfjs/layers/merge.h"
#include "tfjs/layers/rescaling.h"
#include "tfjs/models/load_layers_model.h"

namespace tfjs::models {
namespace {

LayersModel small_model() {
  LayersModel model = sequential({.name = "small"});
  model.add(layers::dense({.units = 3, .activation = "relu", .name = "d1", .input_shape = {2}}));
  model.add(layers::dense({.units = 1, .name = "d2"}));
  model.set_weights({Tensor::of<float>({1, 2, 3, 4, 5, 6}, {2, 3}), Tensor::full({3}, 0.5f),
                     Tensor::of<float>({1, -1, 2}, {3, 1}), Tensor::full({1}, 1)});
  return model;
}

Tensor rows(std::int64_t count) {
  std::vector<float> values;
  for (std::int64_t i = 0; i < 2 * count; ++i) values.push_back(static_cast<float>(i % 7) - 3);
  return Tensor::of(values, {count, 2});
}

LayersModel reload(const LayersModel& model, const SaveOptions& options = {}) {
  return load_layers_model(io::from_memory(model.artifacts(options))).get();
}

std::vector<float> values(const Tensor& tensor) {
  return {tensor.data<float>().begin(), tensor.data<float>().end()};
}

std::string error_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

io::ModelArtifacts with_training_config(const LayersModel& model) {
  io::ModelArtifacts artifacts = model.artifacts();
  artifacts.fields.set("trainingConfig",
                       parse_json(R"({"loss":"mean_squared_error","metrics":["accuracy"],)"
                                  R"("optimizer_config":{"class_name":"SGD","config":{}}})",
                                  "training config"));
  io::EncodedWeights slots = io::encode_weights({{"iter", Tensor::scalar_int(7), "optimizer"}});
  artifacts.weight_specs.push_back(slots.specs[0]);
  artifacts.weight_data.append(slots.data.slice(0, 4));
  return artifacts;
}

TEST(Predict, ComputesInBatchesOfAnySize) {
  const LayersModel model = small_model();
  const std::vector<float> all = values(model.predict(rows(7)));
  EXPECT_EQ(all.size(), 7u);
  for (std::int64_t batch : {1, 2, 3, 100})
    EXPECT_EQ(values(model.predict(rows(7), {.batch_size = batch})), all) << batch;
}

TEST(Predict, SeesWeightsThatWereSetSince) {
  const LayersModel model = small_model();
  const float before = model.predict(rows(1)).data<float>()[0];
  model.get_layer("d2")->weights()[1]->assign(Tensor::full({1}, 11));
  EXPECT_FLOAT_EQ(model.predict(rows(1)).data<float>()[0], before + 10);
}

TEST(Predict, SeesLayersThatWereAddedSince) {
  LayersModel model = small_model();
  const float before = model.predict(rows(1)).data<float>()[0];
  model.add(layers::rescaling({.scale = {2}}));
  EXPECT_FLOAT_EQ(model.predict(rows(1)).data<float>()[0], 2 * before);
}

TEST(Predict, CastsToTheInputsDtype) {
  const LayersModel model = small_model();
  EXPECT_EQ(values(model.predict(Tensor::of<std::int32_t>({1, 2}, {1, 2}))),
            values(model.predict(Tensor::of<float>({1, 2}, {1, 2}))));
}

TEST(Predict, TakesOneNumberPerSample) {
  LayersModel model = sequential();
  model.add(layers::dense({.units = 1, .kernel_initializer = "ones", .input_shape = {1}}));
  EXPECT_EQ(values(model.predict(Tensor::of<float>({3, 4}, {2}))), (std::vector<float>{3, 4}));
}

TEST(Predict, NamesInputExpectedAndFoundShape) {
  const LayersModel model = small_model();
  const std::string message = error_of([&] { model.predict(Tensor::zeros({4, 3})); });
  EXPECT_EQ(message, "model 'small': input 'd1_input': expected shape [null, 2], got [4, 3]");
  EXPECT_NE(error_of([&] { model.predict(Tensor::zeros({4, 2, 1})); }), "");
  EXPECT_NE(error_of([&] { model.predict(Tensor::scalar(1)); }), "");
  EXPECT_NE(error_of([&] { model.predict(Tensor::zeros({0, 2})); }), "");
  EXPECT_NE(error_of([&] { model.predict(Tensor()); }), "");
  EXPECT_NE(error_of([&] { model.predict(rows(1), {.batch_size = 0}); }), "");
}

TEST(Predict, OfAnEmptyModelSaysSo) {
  EXPECT_NE(error_of([] { sequential().predict(rows(1)); }).find("is empty"), std::string::npos);
}

TEST(Predict, TakesAndGivesTensorsByName) {
  const SymbolicTensor a = input({.shape = {2}, .name = "a"});
  const SymbolicTensor b = input({.shape = {2}, .name = "b"});
  const LayersModel sum =
      model({.inputs = {a, b}, .outputs = {layers::subtract({.name = "d"})->apply({a, b})}});
  const Tensor one = Tensor::full({1, 2}, 1), three = Tensor::full({1, 2}, 3);
  EXPECT_EQ(values(sum.predict_by_name({{"b", one}, {"a", three}}).at("d")),
            (std::vector<float>{2, 2}));
  EXPECT_NE(error_of([&] {
              sum.predict_by_name({{"a", one}});
            }).find("'b' is missing"),
            std::string::npos);
  EXPECT_NE(error_of([&] {
              sum.predict_by_name({{"c", one}});
            }).find("no input 'c'"),
            std::string::npos);
  EXPECT_NE(error_of([&] {
              sum.predict({one, Tensor::zeros({2, 2})});
            }).find("2 samples"),
            std::string::npos);
}

TEST(Predict, RunsOnSeveralThreadsAtOnceWhereThereAreThreads) {
  const LayersModel model = small_model();
  const std::vector<float> wanted = values(model.predict(rows(9)));
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  try {
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 50; ++i) {
          const std::int64_t batch = 1 + i % 4;
          if (values(model.predict(rows(9), {.batch_size = batch})) != wanted) ++wrong;
        }
      });
    }
  } catch (const std::system_error&) {
    if (threads.empty()) GTEST_SKIP() << "no threads here";
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Weights, AreRefusedWithTheNameOfTheOneThatDoesNotFit) {
  const LayersModel model = small_model();
  std::vector<Tensor> weights = model.get_weights();
  weights[2] = Tensor::zeros({1, 3});
  EXPECT_NE(error_of([&] { model.set_weights(weights); }).find("'d2/kernel'"), std::string::npos);
  weights.pop_back();
  EXPECT_NE(error_of([&] { model.set_weights(weights); }).find("has 4 weights, got 3"),
            std::string::npos);
}

TEST(Save, WritesTheFieldsOfAModelBuiltHere) {
  const LayersModel model = small_model();
  const io::ModelArtifacts artifacts = model.artifacts();
  EXPECT_EQ(*artifacts.fields.find("format"), Json("layers-model"));
  EXPECT_EQ(artifacts.fields.find("generatedBy")->as_string("").substr(0, 10), "tfjs-cpp v");
  EXPECT_TRUE(artifacts.fields.find("convertedBy")->is_null());
  EXPECT_EQ(artifacts.model_topology.at("keras_version", ""), Json("tfjs-layers 4.22.0"));
  EXPECT_EQ(artifacts.model_topology.at("backend", ""), Json("tensor_flow.js"));
}

TEST(Save, KeepsTrainingConfigAndOptimizerWeightsUnlessToldNotTo) {
  const LayersModel model =
      load_layers_model(io::from_memory(with_training_config(small_model()))).get();
  const io::ModelArtifacts kept = model.artifacts();
  EXPECT_NE(kept.training_config(), nullptr);
  EXPECT_EQ(kept.weight_specs.back().name, "iter");
  const io::ModelArtifacts dropped = model.artifacts({.include_optimizer = false});
  EXPECT_EQ(dropped.training_config(), nullptr);
  EXPECT_EQ(dropped.weight_specs.size(), 4u);
  EXPECT_EQ(dropped.weight_data.size(), 4u * (6 + 3 + 3 + 1));
}

TEST(Save, KeepsOptimizerWeightsWhenTheModelsOwnChange) {
  const LayersModel model =
      load_layers_model(io::from_memory(with_training_config(small_model()))).get();
  model.set_weights(model.get_weights());
  const LayersModel again = reload(model);
  EXPECT_EQ(again.artifacts().weight_specs.back().group, "optimizer");
  EXPECT_EQ(values(again.predict(rows(3))), values(model.predict(rows(3))));
}

TEST(Save, RefusesAnOptimizerThatIsNotThere) {
  EXPECT_NE(error_of([] { small_model().artifacts({.include_optimizer = true}); }), "");
}

TEST(Save, WritesTrainableWeightsAloneWhenAsked) {
  const LayersModel model = small_model();
  model.get_layer("d1")->set_trainable(false);
  const io::ModelArtifacts artifacts = model.artifacts({.trainable_only = true});
  ASSERT_EQ(artifacts.weight_specs.size(), 2u);
  EXPECT_EQ(artifacts.weight_specs[0].name, "d2/kernel");
}

TEST(Save, RewritesTheTopologyOnceLayersChange) {
  LayersModel model = reload(small_model());
  model.add(layers::dense({.units = 2, .name = "d3"}));
  EXPECT_EQ(reload(model).layers().size(), 3u);
  LayersModel frozen = reload(small_model());
  frozen.get_layer("d1")->set_trainable(false);
  EXPECT_FALSE(reload(frozen).get_layer("d1")->trainable());
}

TEST(Save, KeepsUnknownFieldsAndMetadata) {
  io::ModelArtifacts artifacts = small_model().artifacts();
  artifacts.fields.set("somebodys", Json::array({1, "x"}));
  const LayersModel model = load_layers_model(io::from_memory(std::move(artifacts))).get();
  model.set_user_defined_metadata(Json::object({{"labels", Json::array({"a", "b"})}}));
  const LayersModel again = reload(model);
  EXPECT_EQ(write_json(*again.artifacts().fields.find("somebodys")), R"([1,"x"])");
  EXPECT_EQ(write_json(again.user_defined_metadata()), R"({"labels":["a","b"]})");
}

TEST(Save, RefusesMetadataThatIsNoObject) {
  EXPECT_NE(error_of([] { small_model().set_user_defined_metadata(Json("text")); }), "");
}

TEST(Save, HandsTheArtifactsToACustomHandler) {
  io::ModelArtifacts got;
  small_model()
      .save(io::with_save_handler([&](const io::ModelArtifacts& artifacts) {
        got = artifacts;
        return Future<io::SaveResult>::of({io::artifacts_info(artifacts)});
      }))
      .get();
  EXPECT_EQ(got.weight_specs.size(), 4u);
}

TEST(Load, ReportsAnUnknownUrlThroughTheFuture) {
  const Future<LayersModel> future = load_layers_model("nowhere://x");
  EXPECT_NE(error_of([&] { future.get(); }).find("nowhere"), std::string::npos);
  EXPECT_NE(error_of([] { load_layers_model("/no/such/model.json").get(); }), "");
}

TEST(Load, ListsTheWeightsTheFileLacks) {
  io::ModelArtifacts artifacts = small_model().artifacts();
  artifacts.weight_specs.resize(2);
  artifacts.weight_data = io::WeightData({artifacts.weight_data.slice(0, 36)});
  const auto load = [&](bool strict) {
    return load_layers_model(io::from_memory(artifacts), {.strict = strict}).get();
  };
  const std::string message = error_of([&] { load(true); });
  EXPECT_NE(message.find("'d2/kernel', 'd2/bias'"), std::string::npos) << message;
  const LayersModel partial = load(false);
  EXPECT_EQ(partial.weights().size(), 4u);
  // The values made here are saved too: the copy predicts the same.
  EXPECT_EQ(values(reload(partial).predict(rows(2))), values(partial.predict(rows(2))));
}

TEST(Load, RefusesATopologyThatIsALayerAndNoModel) {
  io::ModelArtifacts artifacts;
  artifacts.model_topology =
      parse_json(R"({"class_name":"Dense","config":{"name":"d","units":1}})", "topology");
  const std::string message =
      error_of([&] { load_layers_model(io::from_memory(artifacts)).get(); });
  EXPECT_NE(message.find("is no model"), std::string::npos) << message;
}

TEST(Load, AppliesConstraintsToTheValues) {
  LayersModel model = sequential();
  model.add(layers::dense({.units = 1,
                           .use_bias = false,
                           .kernel_constraint = "nonNeg",
                           .name = "d",
                           .input_shape = {2}}));
  io::ModelArtifacts artifacts = model.artifacts();
  io::EncodedWeights weights =
      io::encode_weights({{"d/kernel", Tensor::of<float>({-1, 2}, {2, 1}), ""}});
  artifacts.weight_data = weights.data;
  const LayersModel loaded = load_layers_model(io::from_memory(std::move(artifacts))).get();
  EXPECT_EQ(values(loaded.get_weights()[0]), (std::vector<float>{0, 2}));
}

TEST(Load, FindsClassesInTheRegistryItIsGiven) {
  io::ModelArtifacts artifacts = small_model().artifacts();
  const layers::LayerRegistry empty;
  const std::string message = error_of(
      [&] { load_layers_model(io::from_memory(artifacts), {.custom_objects = &empty}).get(); });
  EXPECT_NE(message.find("unknown layer class 'Sequential'"), std::string::npos) << message;
}

TEST(Summary, ListsLayersShapesAndParameters) {
  EXPECT_EQ(small_model().summary(),
            "Model: small\n"
            "_____________________________________\n"
            "Layer (type)   Output shape   Param #\n"
            "=====================================\n"
            "d1 (Dense)     [null, 3]      9\n"
            "d2 (Dense)     [null, 1]      4\n"
            "=====================================\n"
            "Total params: 13\n"
            "Trainable params: 13\n"
            "Non-trainable params: 0\n"
            "_____________________________________\n");
}

TEST(Summary, SaysWhereLayersOfAGraphGetTheirInputs) {
  const SymbolicTensor x = input({.shape = {2}, .name = "x"});
  const LayersModel graph =
      model({.inputs = {x}, .outputs = {layers::add({.name = "sum"})->apply({x, x})}});
  EXPECT_NE(graph.summary().find("x[0][0], x[0][0]"), std::string::npos) << graph.summary();
}

}  // namespace
}  // namespace tfjs::models
