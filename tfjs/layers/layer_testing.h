// Short words for tests of layers: read a config, ask a shape, run a call.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tfjs/base/error.h"
#include "tfjs/layers/layer.h"

namespace tfjs::layers::testing {

/// A layer from the text of its config in model.json.
inline LayerPtr read_layer(const std::string& class_name, const std::string& config) {
  Json json = Json::object({{"class_name", class_name}, {"config", parse_json(config, "test")}});
  return default_layers().make(json, "test model");
}

/// Its config as model.json would have it.
inline std::string written(const LayerPtr& layer) {
  return write_json(layer->config());
}

inline Shape output_shape(const LayerPtr& layer, const std::vector<Shape>& inputs) {
  layer->ensure_built(inputs);
  return layer->compute_output_shape(inputs)[0];
}
inline Shape output_shape(const LayerPtr& layer, const Shape& input) {
  return output_shape(layer, std::vector<Shape>{input});
}

/// 0, 1, 2, ... as float32.
inline Tensor counting(const Shape& shape) {
  std::vector<float> values(static_cast<std::size_t>(shape.size()));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i);
  return Tensor::of(values, shape);
}

/// Builds the layer for the inputs and gives every weight the values `weight`.
inline void build_with(const LayerPtr& layer, const std::vector<Tensor>& inputs, float weight) {
  std::vector<Shape> shapes;
  for (const Tensor& input : inputs) shapes.push_back(input.shape());
  layer->ensure_built(shapes);
  for (const VariablePtr& variable : layer->weights()) {
    variable->assign(Tensor::full(variable->shape(), weight));
  }
}

inline CallResult run(const LayerPtr& layer, const std::vector<Tensor>& inputs,
                      const std::vector<Tensor>& masks = {}) {
  std::vector<Shape> shapes;
  for (const Tensor& input : inputs) shapes.push_back(input.shape());
  layer->ensure_built(shapes);
  CallResult result = call_layer(*layer, inputs, masks, false, nullptr);
  EXPECT_EQ(result.outputs[0].shape(), layer->compute_output_shape(shapes)[0]);
  return result;
}

template <class T = float>
std::vector<T> values(const Tensor& x) {
  auto data = x.data<T>();
  return std::vector<T>(data.begin(), data.end());
}

inline void expect_near(const std::vector<float>& got, const std::vector<float>& wanted,
                        double tolerance) {
  ASSERT_EQ(got.size(), wanted.size());
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], wanted[i], tolerance) << i;
}

/// The message of the error that `action` must end with, which has the code `code`.
template <class Action>
std::string error_of(ErrorCode code, Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(name(error.code()), name(code)) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return "";
}

}  // namespace tfjs::layers::testing
