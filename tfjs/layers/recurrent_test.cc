#include <gtest/gtest.h>

#include <cmath>

#include "tfjs/base/error.h"
#include "tfjs/layers/bidirectional.h"
#include "tfjs/layers/gru.h"
#include "tfjs/layers/layer_testing.h"
#include "tfjs/layers/lstm.h"
#include "tfjs/layers/simple_rnn.h"
#include "tfjs/layers/stacked_rnn_cells.h"
#include "tfjs/layers/time_distributed.h"

namespace tfjs::layers {
namespace {

Tensor wave(const Shape& shape) {
  std::vector<float> values(static_cast<std::size_t>(shape.size()));
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = std::sin(0.7f * static_cast<float>(i) + 0.3f);
  return Tensor::of(values, shape);
}

void expect_near_tensors(const Tensor& a, const Tensor& b) {
  ASSERT_EQ(a.shape(), b.shape());
  for (std::size_t i = 0; i < a.data<float>().size(); ++i)
    EXPECT_NEAR(a.data<float>()[i], b.data<float>()[i], 1e-5) << i;
}

/// The op for whole sequences against the cell's own steps.
void expect_same_as_steps(const LayerPtr& layer, const Tensor& mask, bool go_backwards) {
  const RnnCellPtr cell = as_cell(layer, "test");
  const Tensor x = wave({2, 4, 3});
  cell->ensure_built({Shape{2, 3}});
  for (const VariablePtr& weight : cell->weights()) weight->assign(wave(weight->shape()));
  std::vector<Tensor> states;
  for (const Shape& shape : cell->state_shapes({2, 3})) states.push_back(wave(shape));

  const SequenceResult whole = cell->run_sequence(x, states, mask, go_backwards);
  const SequenceResult steps = cell->RnnCell::run_sequence(x, states, mask, go_backwards);

  expect_near_tensors(whole.sequence, steps.sequence);
  expect_near_tensors(whole.last, steps.last);
  ASSERT_EQ(whole.states.size(), steps.states.size());
  for (std::size_t i = 0; i < steps.states.size(); ++i)
    expect_near_tensors(whole.states[i], steps.states[i]);
}

std::vector<LayerPtr> cells() {
  return {
      simple_rnn_cell({.units = 5}),
      simple_rnn_cell({.units = 5, .activation = "relu", .use_bias = false}),
      gru_cell({.units = 5}),
      gru_cell({.units = 5, .recurrent_activation = "sigmoid", .reset_after = true}),
      gru_cell({.units = 5, .use_bias = false, .reset_after = true}),
      lstm_cell({.units = 5}),
      lstm_cell(
          {.units = 5, .activation = "elu", .recurrent_activation = "sigmoid", .use_bias = false})};
}

TEST(Recurrent, WholeSequencesEqualSteps) {
  for (const LayerPtr& cell : cells()) {
    SCOPED_TRACE(write_json(cell->config()));
    expect_same_as_steps(cell, Tensor(), false);
    expect_same_as_steps(cell, Tensor(), true);
  }
}

TEST(Recurrent, MaskedStepsKeepOutputAndStates) {
  const Tensor mask = Tensor::of<std::uint8_t>({0, 1, 1, 0, 1, 0, 0, 1}, {2, 4});
  for (const LayerPtr& cell : cells()) {
    SCOPED_TRACE(write_json(cell->config()));
    expect_same_as_steps(cell, mask, false);
    expect_same_as_steps(cell, mask, true);
  }
}

TEST(Recurrent, RunsAnActivationThatIsNotElementwise) {
  const LayerPtr layer = lstm({.units = 3, .activation = "softmax", .return_sequences = true});
  const SymbolicTensor input = {layer, 0, 0, {DType::Float32, {kUnknown, 4, 2}}};
  layer->ensure_built({input.shape()});
  CallContext context;
  EXPECT_EQ(layer->call({wave({2, 4, 2})}, context)[0].shape(), (Shape{2, 4, 3}));
}

TEST(Lstm, UnitForgetBiasStartsAtOne) {
  const LayerPtr layer = lstm({.units = 2, .unit_forget_bias = true});
  layer->ensure_built({Shape{kUnknown, 3, 1}});
  const Tensor bias = layer->weights()[2]->value();
  EXPECT_EQ(std::vector<float>(bias.data<float>().begin(), bias.data<float>().end()),
            (std::vector<float>{0, 0, 1, 1, 0, 0, 0, 0}));
}

TEST(Lstm, RefusesTimeMajorSequences) {
  const Json json = parse_json(
      R"({"class_name":"LSTM","config":{"name":"l","units":2,"time_major":true}})", "test");
  EXPECT_THROW(default_layers().make(json, "test"), Error);
}

TEST(Rnn, NamesWeightsOfStackedCellsByTheirPlace) {
  const LayerPtr layer =
      rnn({.cell = {gru_cell({.units = 2}), lstm_cell({.units = 3})}, .name = "r"});
  layer->ensure_built({Shape{kUnknown, 4, 2}});
  EXPECT_EQ(layer->weights()[0]->name(), "r/RNNCell_0/kernel");
  EXPECT_EQ(layer->weights()[5]->name(), "r/RNNCell_1/bias");
  EXPECT_EQ(layer->compute_output_shape({Shape{kUnknown, 4, 2}})[0], (Shape{kUnknown, 3}));
}

TEST(Rnn, StatefulNeedsAFixedBatch) {
  const LayerPtr layer = lstm({.units = 2, .stateful = true});
  EXPECT_THROW(layer->ensure_built({Shape{kUnknown, 4, 2}}), Error);
}

TEST(Bidirectional, WritesTheInnerNameWithoutPrefix) {
  const LayerPtr layer = bidirectional({.layer = lstm({.units = 2, .name = "inner"}), .name = "b"});
  layer->ensure_built({Shape{kUnknown, 4, 2}});
  EXPECT_EQ(layer->weights()[0]->name(), "b/forward_inner/kernel");
  EXPECT_EQ(layer->weights()[3]->name(), "b/backward_inner/kernel");
  EXPECT_EQ(*layer->config().at("layer", "b").at("config", "b").find("name"), Json("inner"));
}

TEST(Bidirectional, NamesAnInnerLayerWithoutNameAndReadsItsOptionsInCamelCase) {
  const LayerPtr layer = testing::read_layer(
      "Bidirectional",
      R"({"layer":{"class_name":"GRU","config":{"units":2,"returnSequences":true}}})");
  EXPECT_EQ(testing::output_shape(layer, {1, 3, 4}), (Shape{1, 3, 4}));
  EXPECT_NE(layer->weights()[0]->name().find("/forward_gru_GRU"), std::string::npos);
  EXPECT_NE(testing::written(layer).find(R"("return_sequences":true)"), std::string::npos);
}

TEST(Bidirectional, RefusesAnUnknownMergeMode) {
  EXPECT_THROW(bidirectional({.layer = gru({.units = 2}), .merge_mode = "max"}), Error);
}

TEST(Bidirectional, WritesABackwardLayerOnlyWhereItIsNoMirrorImage) {
  const auto text = [](const char* activation) {
    const std::string inner = R"({"class_name":"SimpleRNN","config":{"units":2,"name":)";
    return testing::written(testing::read_layer(
        "Bidirectional",
        cat(R"({"layer":)", inner, R"("forward_r"}},"backward_layer":)", inner,
            R"("backward_r","go_backwards":true,"activation":")", activation, R"("}}})")));
  };
  EXPECT_EQ(text("tanh").find("backward_layer"), std::string::npos);
  EXPECT_NE(text("relu").find("backward_layer"), std::string::npos);
}

TEST(TimeDistributed, IsFrozenWithItsLayer) {
  const LayerPtr layer =
      time_distributed({.layer = lstm({.units = 1, .name = "l", .trainable = false})});
  EXPECT_NE(testing::written(layer).find(R"("trainable":false,"units":1)"), std::string::npos);
  EXPECT_FALSE(layer->trainable());
}

TEST(Bidirectional, RefusesLayersThatDoubleAtEachLevel) {
  Json layer = parse_json(
      R"({"class_name":"GRU","config":{"name":"g","units":1,"return_sequences":true}})", "");
  for (int level = 0; level < 40; ++level) {
    layer = Json::object({{"class_name", "Bidirectional"},
                          {"config", Json::object({{"name", cat("b", level)}, {"layer", layer}})}});
  }
  try {
    default_layers().make(layer, "model.json");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("more than 6 Bidirectional"), std::string::npos)
        << error.what();
  }
}

TEST(TimeDistributed, KeepsTheTimeAxis) {
  const LayerPtr layer = time_distributed({.layer = simple_rnn({.units = 3}), .name = "t"});
  EXPECT_EQ(layer->compute_output_shape({Shape{kUnknown, 5, 4, 2}})[0], (Shape{kUnknown, 5, 3}));
  EXPECT_THROW(layer->ensure_built({Shape{kUnknown, 5}}), Error);
}

}  // namespace
}  // namespace tfjs::layers
