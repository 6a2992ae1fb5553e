#include "tfjs/layers/functional.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"
#include "tfjs/layers/activation_layer.h"
#include "tfjs/layers/dense.h"
#include "tfjs/layers/input_layer.h"
#include "tfjs/layers/masking.h"
#include "tfjs/layers/merge.h"
#include "tfjs/layers/sequential.h"

namespace tfjs::layers {
namespace {

SymbolicTensor input_tensor(Shape shape, std::string name = {}) {
  return input_layer({.input_shape = std::move(shape), .name = std::move(name)})->output(0, 0);
}

LayerPtr relu_activation(const std::string& name) {
  return activation({.activation = "relu", .name = name});
}

std::vector<std::string> names(const Container& model) {
  std::vector<std::string> out;
  for (const LayerPtr& layer : model.layers()) out.push_back(layer->name());
  return out;
}

/// A layer of a file: {name, class_name, config, inbound_nodes}.
Json layer(const std::string& name, const std::string& nodes) {
  return Json::object({{"name", name},
                       {"class_name", "Activation"},
                       {"config", Json::object({{"name", name}, {"activation", "relu"}})},
                       {"inbound_nodes", parse_json(nodes, "nodes")}});
}

Json input_of_file(const std::string& name) {
  return Json::object(
      {{"name", name},
       {"class_name", "InputLayer"},
       {"config", Json::object({{"name", name}, {"batch_input_shape", Json::array({nullptr, 3})}})},
       {"inbound_nodes", Json::array()}});
}

ContainerPtr read_functional(Json::Array layers, const std::string& inputs,
                             const std::string& outputs) {
  const Json json =
      Json::object({{"class_name", "Functional"},
                    {"config", Json::object({{"name", "m"},
                                             {"layers", std::move(layers)},
                                             {"input_layers", parse_json(inputs, "inputs")},
                                             {"output_layers", parse_json(outputs, "outputs")}})}});
  return std::dynamic_pointer_cast<Container>(default_layers().make(json, "model.json"));
}

std::string refusal(Json::Array layers, const std::string& outputs = R"([["a",0,0]])") {
  try {
    read_functional(std::move(layers), R"([["x",0,0]])", outputs);
  } catch (const Error& error) {
    EXPECT_NE(error.code(), ErrorCode::Internal);
    return error.what();
  }
  return "";
}

TEST(Functional, ListsLayersByDistanceFromTheOutputsThenAsMet) {
  const SymbolicTensor x = input_tensor({4}, "x");
  const SymbolicTensor a = relu_activation("a")->apply(x);
  const SymbolicTensor b = relu_activation("b")->apply(a);
  const SymbolicTensor c = relu_activation("c")->apply(x);
  const SymbolicTensor sum = add({.name = "sum"})->apply({c, b});
  EXPECT_EQ(names(*functional({.inputs = {x}, .outputs = {sum, c}})),
            (std::vector<std::string>{"x", "a", "c", "b", "sum"}));
}

TEST(Functional, RenumbersCallsOfASharedLayerToThoseItKeeps) {
  const SymbolicTensor x = input_tensor({4}, "x");
  const LayerPtr shared = relu_activation("shared");
  shared->apply(x);  // belongs to no model
  const SymbolicTensor y = shared->apply(x);
  const Json config = functional({.inputs = {x}, .outputs = {y}})->config();
  EXPECT_EQ(write_json(config.at("output_layers", "")), R"([["shared",0,0]])");
  EXPECT_EQ(write_json(config.at("layers", "").as_array("")[1].at("inbound_nodes", "")),
            R"([[["x",0,0,{}]]])");
}

TEST(Functional, NumbersCallsOfAModelFromOne) {
  const ContainerPtr inner = sequential(
      {.layers = {dense({.units = 4, .name = "d", .input_shape = {4}})}, .name = "inner"});
  const SymbolicTensor x = input_tensor({4}, "x");
  const SymbolicTensor y = inner->apply(inner->apply(x));
  const Json config = functional({.inputs = {x}, .outputs = {y}})->config();
  EXPECT_EQ(write_json(config.at("output_layers", "")), R"([["inner",2,0]])");
}

TEST(Functional, OutputMayBeAnInputAndRepeat) {
  const SymbolicTensor x = input_tensor({2}, "x");
  const ContainerPtr model = functional({.inputs = {x}, .outputs = {x, x}});
  CallContext context;
  const std::vector<Tensor> out = model->call({Tensor::of<float>({1, 2}, {1, 2})}, context);
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(out[1].data<float>()[1], 2);
}

TEST(Functional, CarriesEachMaskToItsOwnConsumersOnly) {
  const SymbolicTensor x = input_tensor({3, 2}, "x");
  const SymbolicTensor masked = masking({.name = "masking"})->apply(x);
  const SymbolicTensor plain = relu_activation("plain")->apply(x);
  const ContainerPtr model = functional({.inputs = {x}, .outputs = {masked, plain}});
  CallContext context;
  model->call({Tensor::full({1, 3, 2}, 1)}, context);
  ASSERT_TRUE(context.output_masks.has_value());
  EXPECT_FALSE((*context.output_masks)[0].is_empty());
  EXPECT_TRUE((*context.output_masks)[1].is_empty());
}

TEST(Functional, RefusesAnInputThatItsOutputsNeedButItWasNotGiven) {
  const SymbolicTensor x = input_tensor({2}, "x"), y = input_tensor({2}, "y");
  const SymbolicTensor sum = add({.name = "sum"})->apply({x, y});
  try {
    functional({.inputs = {x}, .outputs = {sum}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("'y'"), std::string::npos) << error.what();
  }
}

TEST(Functional, RefusesTwoLayersOfOneName) {
  const SymbolicTensor x = input_tensor({2}, "x");
  const SymbolicTensor y = relu_activation("r")->apply(relu_activation("r")->apply(x));
  EXPECT_THROW(functional({.inputs = {x}, .outputs = {y}}), Error);
}

TEST(FunctionalConfig, ReadsKeras3CallsWithTensorsInArguments) {
  const std::string tensor =
      R"({"class_name":"__keras_tensor__","config":{"shape":[null,3],"dtype":"float32",)"
      R"("keras_history":["x",0,0]}})";
  const ContainerPtr model = read_functional(
      {input_of_file("x"), layer("a", R"([{"args":[)" + tensor + R"(],"kwargs":{"mask":null}}])")},
      R"(["x",0,0])", R"(["a",0,0])");
  EXPECT_EQ(names(*model), (std::vector<std::string>{"x", "a"}));
  EXPECT_EQ(write_json(model->config().at("layers", "").as_array("")[1].at("inbound_nodes", "")),
            R"([[["x",0,0,{"mask":null}]]])");
}

// The calls of a model in Keras 3: 0 is the first within calls; output_layers count from 1, but
// from 0 for a Sequential.
TEST(FunctionalConfig, CountsTheCallsOfAModelInAKeras3File) {
  const auto call = [](const std::string& layer, int node) {
    return cat(R"({"args":[{"class_name":"__keras_tensor__","config":{"keras_history":[")", layer,
               R"(",)", node, R"(,0]}}],"kwargs":{}})");
  };
  const Json inner = Json::object(
      {{"class_name", "Sequential"},
       {"config",
        parse_json(
            R"({"name":"s","layers":[{"class_name":"ReLU","config":{"name":"r","batch_input_shape":[null,3]}}]})",
            "test")},
       {"inbound_nodes", parse_json(cat("[", call("x", 0), ",", call("s", 0), "]"), "test")}});
  const ContainerPtr model =
      read_functional({input_of_file("x"), inner, layer("a", cat("[", call("s", 1), "]"))},
                      R"(["x",0,0])", R"([["a",0,0],["s",0,0]])");
  const Json written = model->config();
  EXPECT_EQ(write_json(written.at("layers", "").as_array("")[2].at("inbound_nodes", "")),
            R"([[["s",2,0,{}]]])");
  EXPECT_EQ(write_json(written.at("output_layers", "")), R"([["a",0,0],["s",1,0]])");
}

TEST(FunctionalConfig, ReadsPythonTuples) {
  const ContainerPtr model = read_functional(
      {input_of_file("x"),
       layer(
           "a",
           R"([{"class_name":"__tuple__","items":[{"class_name":"__tuple__","items":["x",0,0]}]}])")},
      R"([["x",0,0]])", R"([["a",0,0]])");
  EXPECT_EQ(model->layers().size(), 2u);
}

TEST(FunctionalConfig, KeepsAnInputThatNoOutputNeeds) {
  const SymbolicTensor x = input_tensor({2}, "x"), spare = input_tensor({5}, "spare");
  const ContainerPtr model =
      functional({.inputs = {spare, x}, .outputs = {relu_activation("r")->apply(x)}, .name = "m"});
  const Json json = Json::object({{"class_name", "Model"}, {"config", model->config()}});
  const auto again = std::dynamic_pointer_cast<Container>(default_layers().make(json, "json"));
  EXPECT_EQ(again->input_names(), (std::vector<std::string>{"spare", "x"}));
}

TEST(FunctionalConfig, NamesTheLayerThatDoesNotExist) {
  const std::string message = refusal({input_of_file("x"), layer("a", R"([[["xx",0,0,{}]]])")});
  EXPECT_NE(message.find("layer 'a' names layer 'xx', which does not exist"), std::string::npos)
      << message;
}

TEST(FunctionalConfig, NamesTheCallThatNeverComes) {
  const std::string message = refusal({input_of_file("x"), layer("a", R"([[["x",4,0,{}]]])")});
  EXPECT_NE(message.find("wants node 4 of layer 'x', which has 1 node"), std::string::npos)
      << message;
}

TEST(FunctionalConfig, NamesTheLayersOfACycle) {
  const std::string message =
      refusal({input_of_file("x"), layer("a", R"([[["b",0,0,{}]]])"),
               layer("b", R"([[["a",0,0,{}]]])"), layer("c", R"([[["b",0,0,{}]]])")});
  EXPECT_NE(message.find("cycle: layer(s) 'a', 'b' wait"), std::string::npos) << message;
}

TEST(FunctionalConfig, NamesTheTensorThatIsNotThere) {
  const std::string message =
      refusal({input_of_file("x"), layer("a", R"([[["x",0,0,{}]]])")}, R"([["a",0,7]])");
  EXPECT_NE(message.find("wants output 7 of layer 'a', which has 1 output"), std::string::npos)
      << message;
}

TEST(FunctionalConfig, RefusesANameThatComesTwice) {
  const std::string message = refusal({input_of_file("x"), input_of_file("x")});
  EXPECT_NE(message.find("two layers are named 'x'"), std::string::npos) << message;
}

TEST(FunctionalConfig, RefusesMalformedReferences) {
  for (const char* nodes :
       {R"([[["x",0]]])", R"([[["x",-1,0]]])", R"([[["x",0.5,0]]])", R"([[["x",0,1e300]]])",
        R"([[[1,0,0]]])", R"([7])", R"("x")", R"([[["x",0,0,[]]]])", R"([{"kwargs":{}}])"}) {
    EXPECT_NE(refusal({input_of_file("x"), layer("a", nodes)}), "") << nodes;
  }
}

// The order in the file is the worst one for passes over the list: each pass would find one layer.
TEST(FunctionalConfig, WiresAVeryLongChainWhateverItsOrder) {
  constexpr int kLayers = 20000;
  Json::Array layers;
  for (int i = kLayers; i > 0; --i) {
    const std::string before = i == 1 ? "x" : cat("l", i - 1);
    layers.push_back(layer(cat("l", i), cat("[[[\"", before, "\",0,0]]]")));
  }
  layers.push_back(input_of_file("x"));
  const ContainerPtr model =
      read_functional(std::move(layers), R"([["x",0,0]])", cat("[[\"l", kLayers, "\",0,0]]"));
  EXPECT_EQ(model->layers().size(), kLayers + 1u);
}

// Each model applies the one inside twice: the count of layer calls doubles with each level.
TEST(FunctionalConfig, RefusesModelsThatMultiplyBeyondWhatCanRun) {
  Json inner = layer("leaf", "[]");
  for (int level = 0; level < 60; ++level) {
    const std::string name = inner.at("name", "").as_string("");
    const int first = level == 0 ? 0 : 1;
    inner.set("inbound_nodes",
              parse_json(cat("[[[\"x\",0,0]],[[\"", name, "\",", first, ",0]]]"), "nodes"));
    const std::string outer = cat("m", level);
    const std::string end = cat("[[\"", name, "\",", first + 1, ",0]]");
    inner =
        Json::object({{"name", outer},
                      {"class_name", "Model"},
                      {"config", Json::object({{"name", outer},
                                               {"layers", Json::array({input_of_file("x"), inner})},
                                               {"input_layers", parse_json(R"([["x",0,0]])", "")},
                                               {"output_layers", parse_json(end, "")}})}});
  }
  try {
    default_layers().make(inner, "model.json");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("layer calls"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace tfjs::layers
