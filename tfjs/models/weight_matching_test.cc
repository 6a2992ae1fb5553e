#include "tfjs/models/weight_matching.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"
#include "tfjs/layers/bidirectional.h"
#include "tfjs/layers/dense.h"
#include "tfjs/layers/depthwise_conv2d.h"
#include "tfjs/layers/lstm.h"
#include "tfjs/layers/sequential.h"
#include "tfjs/layers/time_distributed.h"

namespace tfjs::models {
namespace {

layers::ContainerPtr dense_model() {
  return layers::sequential(
      {.layers = {layers::dense({.units = 2, .name = "d", .input_shape = {1}})}, .name = "m"});
}

Tensor kernel() {
  return Tensor::of<float>({1, 2}, {1, 2});
}
Tensor bias() {
  return Tensor::of<float>({3, 4}, {2});
}

std::string refusal(const std::vector<io::NamedTensor>& weights, bool strict = true) {
  try {
    assign_weights(*dense_model(), weights, strict, "model.json");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

void expect_set(const layers::Container& model) {
  EXPECT_EQ(model.weights()[0]->value().data<float>()[1], 2);
  EXPECT_EQ(model.weights()[1]->value().data<float>()[1], 4);
}

class NamesOfADenseLayer : public testing::TestWithParam<std::vector<std::string>> {};

TEST_P(NamesOfADenseLayer, AreFound) {
  const layers::ContainerPtr model = dense_model();
  EXPECT_TRUE(assign_weights(*model, {{GetParam()[0], kernel(), ""}, {GetParam()[1], bias(), ""}},
                             true, "model.json"));
  expect_set(*model);
}

INSTANTIATE_TEST_SUITE_P(
    WeightMatching, NamesOfADenseLayer,
    testing::Values(std::vector<std::string>{"d/kernel", "d/bias"},            // as they are
                    std::vector<std::string>{"d/cell/kernel", "d/cell/bias"},  // Keras's cells
                    std::vector<std::string>{"m/d/kernel", "m/d/bias"},        // Keras 3
                    std::vector<std::string>{"d/0", "d/1"},                    // numbered
                    std::vector<std::string>{"d/vars/0", "d/vars/1"},
                    std::vector<std::string>{"_layer_checkpoint_dependencies/d/vars/0",
                                             "_layer_checkpoint_dependencies/d/vars/1"}));

TEST(WeightMatching, FindsTheCellsOfBothDirections) {
  const layers::ContainerPtr model = layers::sequential(
      {.layers = {layers::bidirectional({.layer = layers::lstm({.units = 1, .name = "lstm"}),
                                         .name = "b",
                                         .input_shape = {3, 1}})}});
  std::vector<io::NamedTensor> weights;
  for (const char* cell : {"b/forward_lstm/lstm_cell_1/", "b/backward_lstm/lstm_cell_2/"}) {
    weights.push_back({cat(cell, "kernel"), Tensor::zeros({1, 4}), ""});
    weights.push_back({cat(cell, "recurrent_kernel"), Tensor::zeros({1, 4}), ""});
    weights.push_back({cat(cell, "bias"), Tensor::zeros({4}), ""});
  }
  EXPECT_TRUE(assign_weights(*model, weights, true, "model.json"));
}

TEST(WeightMatching, TakesWeightsThatKeras3NamesByTheirHoldersInOrder) {
  const layers::ContainerPtr model = layers::sequential(
      {.layers = {layers::depthwise_conv2d(
                      {.kernel_size = {1, 1}, .name = "dw", .input_shape = {1, 1, 2}}),
                  layers::time_distributed({.layer = layers::lstm({.units = 1}), .name = "td"})},
       .name = "m"});
  std::vector<io::NamedTensor> weights = {{"m/dw/kernel", Tensor::full({1, 1, 2, 1}, 5), ""},
                                          {"m/dw/bias", Tensor::full({2}, 6), ""}};
  weights.push_back({"m/td/lstm/lstm_cell/kernel", Tensor::full({2, 4}, 7), ""});
  weights.push_back({"m/td/lstm/lstm_cell/recurrent_kernel", Tensor::full({1, 4}, 8), ""});
  weights.push_back({"m/td/lstm/lstm_cell/bias", Tensor::full({4}, 9), ""});
  EXPECT_TRUE(assign_weights(*model, weights, true, "model.json"));
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(model->weights()[static_cast<std::size_t>(i)]->value().data<float>()[0], 5 + i);
}

// Keras 3 names the wrapped layer forward_lstm itself, and its weight files number what is in them.
TEST(WeightMatching, TakesBothDirectionsInTheOrderOfTheModel) {
  for (const char* forward : {"b/forward_lstm/lstm_cell/", "b/forward_layer/cell/vars/"}) {
    const layers::ContainerPtr model = layers::sequential(
        {.layers = {layers::bidirectional({.layer = layers::lstm({.units = 1, .name = "lstm"}),
                                           .name = "b",
                                           .input_shape = {3, 1}})}});
    const std::string backward = cat("b/backward_lstm", std::string(forward).substr(14));
    const bool numbered = std::string(forward).ends_with("vars/");
    const std::vector<std::string> words =
        numbered ? std::vector<std::string>{"0", "1", "2"}
                 : std::vector<std::string>{"kernel", "recurrent_kernel", "bias"};
    std::vector<io::NamedTensor> weights;
    for (const auto& [scope, value] :
         {std::pair{backward, 2.0f}, std::pair{forward + std::string(), 1.0f}}) {
      weights.push_back({scope + words[0], Tensor::full({1, 4}, value), ""});
      weights.push_back({scope + words[1], Tensor::full({1, 4}, value), ""});
      weights.push_back({scope + words[2], Tensor::full({4}, value), ""});
    }
    EXPECT_TRUE(assign_weights(*model, weights, true, "model.json"));
    EXPECT_EQ(model->weights()[0]->value().data<float>()[0], 1);
    EXPECT_EQ(model->weights()[5]->value().data<float>()[0], 2);
  }
}

TEST(WeightMatching, TakesNoWeightsInOrderWhoseWordsDiffer) {
  EXPECT_NE(refusal({{"d/x/y/kernle", kernel(), ""}, {"d/x/y/bias", bias(), ""}})
                .find("'d/x/y/kernle' has no place"),
            std::string::npos);
}

TEST(WeightMatching, TakesNoWeightsInOrderWhoseShapesDiffer) {
  EXPECT_NE(refusal({{"d/x/y/bias", bias(), ""}, {"d/x/y/kernel", kernel(), ""}})
                .find("'d/x/y/bias' has no place"),
            std::string::npos);
}

TEST(WeightMatching, NamesShapesOfAWeightThatDoesNotFit) {
  EXPECT_EQ(refusal({{"d/kernel", Tensor::zeros({2, 1}), ""}, {"d/bias", bias(), ""}}),
            "model.json: weight 'd/kernel' has shape [2, 1], but the layer needs [1, 2]");
}

TEST(WeightMatching, NamesDtypesOfAWeightThatDoesNotFit) {
  EXPECT_EQ(refusal({{"d/kernel", Tensor::zeros({1, 2}, DType::Int32), ""}}),
            "model.json: weight 'd/kernel' has dtype int32, but the layer needs float32");
}

TEST(WeightMatching, RefusesTwoWeightsForOnePlace) {
  EXPECT_NE(refusal({{"d/kernel", kernel(), ""}, {"d/x/kernel", kernel(), ""}}).find("given twice"),
            std::string::npos);
}

TEST(WeightMatching, NamesAWeightWithoutPlaceAndTheCloseOnes) {
  const std::string message = refusal({{"d/kernle", kernel(), ""}});
  EXPECT_NE(message.find("'d/kernle' has no place in model 'm'"), std::string::npos) << message;
  EXPECT_NE(message.find("did you mean 'd/kernel'"), std::string::npos) << message;
}

TEST(WeightMatching, IgnoresBothDirectionsWhenNotStrict) {
  const layers::ContainerPtr model = dense_model();
  EXPECT_FALSE(assign_weights(*model, {{"d/kernel", kernel(), ""}, {"other", bias(), ""}}, false,
                              "model.json"));
  EXPECT_EQ(model->weights()[0]->value().data<float>()[1], 2);
}

TEST(WeightMatching, RefusesModelsWhoseWeightNamesCollide) {
  const auto inner = [](const char* name) {
    return layers::sequential(
        {.layers = {layers::dense({.units = 1, .name = "d", .input_shape = {1}})}, .name = name});
  };
  const layers::ContainerPtr model = layers::sequential({.layers = {inner("a"), inner("b")}});
  EXPECT_THROW(assign_weights(*model, {}, true, "model.json"), Error);
}

}  // namespace
}  // namespace tfjs::models
