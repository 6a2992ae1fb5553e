#include "tfjs/layers/sequential.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"
#include "tfjs/layers/dense.h"
#include "tfjs/layers/functional.h"
#include "tfjs/layers/input_layer.h"

namespace tfjs::layers {
namespace {

ContainerPtr read_sequential(const std::string& config) {
  const Json json =
      Json::object({{"class_name", "Sequential"}, {"config", parse_json(config, "config")}});
  return std::dynamic_pointer_cast<Container>(default_layers().make(json, "model.json"));
}

std::string message_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Sequential, WritesShapeOnItsFirstLayerAndNoImplicitInput) {
  const ContainerPtr model =
      sequential({.layers = {dense({.units = 2, .name = "d", .input_shape = {3}})}, .name = "s"});
  const Json config = model->config();
  const Json::Array& layers = config.at("layers", "").as_array("");
  ASSERT_EQ(layers.size(), 1u);
  EXPECT_EQ(write_json(layers[0].at("config", "").at("batch_input_shape", "")), "[null,3]");
  EXPECT_EQ(model->input_names(), (std::vector<std::string>{"d_input"}));
}

TEST(Sequential, WritesAnInputLayerThatWasAdded) {
  const ContainerPtr model = sequential({.layers = {input_layer({.input_shape = {3}, .name = "x"}),
                                                    dense({.units = 2, .name = "d"})}});
  const Json config = model->config();
  EXPECT_EQ(config.at("layers", "").as_array("")[0].at("class_name", ""), Json("InputLayer"));
  EXPECT_EQ(model->input_names(), (std::vector<std::string>{"x"}));
}

TEST(Sequential, MayBeginWithAModel) {
  const ContainerPtr inner =
      sequential({.layers = {dense({.units = 2, .name = "a", .input_shape = {3}})}, .name = "in"});
  const ContainerPtr model = sequential({.layers = {inner, dense({.units = 1, .name = "b"})}});
  CallContext context;
  EXPECT_EQ(model->call({Tensor::full({4, 3}, 1)}, context)[0].shape(), (Shape{4, 1}));
  EXPECT_EQ(model->outputs()[0].shape(), (Shape{kUnknown, 1}));
}

TEST(Sequential, ReadsTheBareListOfOldKeras) {
  const ContainerPtr model = read_sequential(
      R"([{"class_name":"Dense","config":{"name":"d","units":2,"batch_input_shape":[null,3]}}])");
  EXPECT_EQ(model->layers().size(), 1u);
  EXPECT_EQ(model->name().substr(0, 11), "sequential_");
}

TEST(Sequential, TakesTheShapeThatKerasSawWithTheFirstData) {
  const ContainerPtr model =
      read_sequential(R"({"name":"s","build_input_shape":[null,3],)"
                      R"("layers":[{"class_name":"Dense","config":{"name":"d","units":2}}]})");
  EXPECT_EQ(model->inputs()[0].shape(), (Shape{kUnknown, 3}));
}

TEST(Sequential, NamesTheLayerWithoutInputShape) {
  const std::string message =
      message_of([] { sequential({.layers = {dense({.units = 2, .name = "d"})}, .name = "s"}); });
  EXPECT_NE(message.find("'d' (Dense), needs an input_shape"), std::string::npos) << message;
}

TEST(Sequential, RefusesANameThatComesTwiceAndStaysAsItWas) {
  const ContainerPtr model =
      sequential({.layers = {dense({.units = 2, .name = "d", .input_shape = {3}})}});
  EXPECT_NE(message_of([&] { model->add(dense({.units = 2, .name = "d"})); }), "");
  EXPECT_EQ(model->layers().size(), 1u);
  model->add(dense({.units = 1, .name = "e"}));
  EXPECT_EQ(model->outputs()[0].shape(), (Shape{kUnknown, 1}));
}

TEST(Sequential, RefusesLayersWithSeveralOutputs) {
  const SymbolicTensor x = input_layer({.input_shape = {2}})->output(0, 0);
  const ContainerPtr two = functional({.inputs = {x}, .outputs = {x, x}, .name = "two"});
  const std::string message = message_of([&] { sequential({.layers = {two}}); });
  EXPECT_NE(message.find("'two' has 2 outputs"), std::string::npos) << message;
}

TEST(Sequential, FreezesItsLayersToo) {
  const ContainerPtr model =
      sequential({.layers = {dense({.units = 2, .name = "d", .input_shape = {3}})}});
  model->set_trainable(false);
  EXPECT_TRUE(model->trainable_weights().empty());
  EXPECT_EQ(model->weights().size(), 2u);
  const Json config = model->config();
  EXPECT_EQ(config.at("layers", "").as_array("")[0].at("config", "").at("trainable", ""),
            Json(false));
}

}  // namespace
}  // namespace tfjs::layers
