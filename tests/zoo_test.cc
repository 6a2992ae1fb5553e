// Every model of the zoo loads, predicts what TensorFlow.js predicts, saves and loads again; every
// faulty one is refused with a message.

#include "tests/zoo.h"

#include <gtest/gtest.h>

namespace tfjs {
namespace {

using zoo::Case;

std::string case_name(const testing::TestParamInfo<std::string>& info) {
  std::string name;
  for (char c : info.param) name.push_back(std::isalnum(static_cast<unsigned char>(c)) ? c : '_');
  return name;
}

void expect_near(const std::vector<Tensor>& got, const std::vector<zoo::Golden>& wanted,
                 const Case& at) {
  ASSERT_EQ(got.size(), wanted.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_EQ(zoo::difference(got[i], wanted[i].tensor, at.number("atol"), at.number("rtol")), "")
        << "output " << i;
  }
}

class ZooModel : public testing::TestWithParam<std::string> {
 protected:
  Case at_ = zoo::open(GetParam());
  bool stateful_ = at_.json.find("predict_calls") != nullptr;

  /// An Embedding built without an input shape is written without dtype; loaded from a file it has
  /// one, as in TensorFlow.js.
  bool gains_dtype_when_loaded() const {
    const std::string& name = GetParam();
    return name == "text_avg" || name == "text_gru_masked" || name == "bidirectional_masked";
  }

  static void erase_dtype_of_first_layer(Json& config) {
    Json& layers = *config.as_object("config").find("layers");
    Json& first = layers.as_array("layers").at(0);
    first.as_object("layer").find("config")->as_object("config").erase("dtype");
  }

  /// What the model of the case gives for its inputs.
  std::vector<zoo::Golden> wanted() const {
    if (at_.text("kind") != "train") return at_.tensors("outputs");
    std::vector<zoo::Golden> out;  // after the training phase that model.json was saved after
    for (int i = 0; std::filesystem::exists(at_.path / cat("pred1_", i, ".npy")); ++i)
      out.push_back({"", io::read_npy_file((at_.path / cat("pred1_", i, ".npy")).string())});
    return out;
  }

  void expect_predicts(const LayersModel& model, const PredictOptions& options = {}) const {
    const std::vector<zoo::Golden> golden = wanted();
    if (!stateful_) return expect_near(model.predict(at_.inputs(), options), golden, at_);
    // One golden output per call: the state of the first is the beginning of the second.
    for (const zoo::Golden& call : golden)
      expect_near(model.predict(at_.inputs(), options), {call}, at_);
  }
};

TEST_P(ZooModel, PredictsWhatTensorFlowJsPredicts) {
  const LayersModel model = at_.load();
  expect_predicts(model, {.threads = 1});
  if (stateful_) model.reset_states();
  expect_predicts(model, {.threads = 1});
}

TEST_P(ZooModel, PredictsTheSameInOtherBatchesAndThreads) {
  const LayersModel model = at_.load();
  expect_predicts(model, {.threads = 2});
  if (stateful_) model.reset_states();
  expect_predicts(model, {.batch_size = 1, .threads = 2});
}

TEST_P(ZooModel, IsSavedAsItCame) {
  const LayersModel model = at_.load();
  const auto target = std::filesystem::temp_directory_path() /
                      cat("tfjs_zoo_", GetParam(), "_", platform::now_ms());
  model.save(target.string()).get();

  const Json source = zoo::read_json(at_.path / "model.json");
  const Json saved = zoo::read_json(target / "model.json");
  EXPECT_EQ(write_json(saved.at("modelTopology", "")), write_json(source.at("modelTopology", "")));
  const LayersModel again = load_layers_model(target.string()).get();
  expect_predicts(again);
  std::filesystem::remove_all(target);
}

TEST_P(ZooModel, IsSavedAnewOnceItsWeightsAreSet) {
  const LayersModel model = at_.load();
  model.set_weights(model.get_weights());
  const LayersModel again = load_layers_model(io::from_memory(model.artifacts())).get();
  std::vector<std::string> names;
  for (const io::WeightSpec& spec : model.artifacts({.include_optimizer = {}}).weight_specs)
    if (spec.group.empty()) names.push_back(spec.name);
  std::vector<std::string> wanted;
  for (const Json& name : at_.json.at("weights", "").as_array("weights"))
    wanted.push_back(name.at("name", "").as_string("name"));
  EXPECT_EQ(names, wanted);
  expect_predicts(again);
}

// What describing the layers anew gives is what TensorFlow.js wrote, except where a case says why
// not.
TEST_P(ZooModel, DescribesItselfAsTensorFlowJsDoes) {
  const LayersModel model = at_.load();
  const Json source = zoo::read_json(at_.path / "model.json").at("modelTopology", "");
  Json config = model.network()->config();
  if (gains_dtype_when_loaded()) erase_dtype_of_first_layer(config);
  EXPECT_EQ(write_json(config), write_json(source.at("config", "")));
}

INSTANTIATE_TEST_SUITE_P(Zoo, ZooModel, testing::ValuesIn(zoo::cases("", {"predict", "train"})),
                         case_name);

class ZooFile : public testing::TestWithParam<std::string> {
 protected:
  Case at_ = zoo::open(GetParam());
};

TEST_P(ZooFile, LoadsOrIsRefusedWithAMessage) {
  if (at_.text("expect") == "ok") {
    const LayersModel model = at_.load();
    if (at_.json.find("outputs") != nullptr)
      expect_near(model.predict(at_.inputs()), at_.tensors("outputs"), at_);
    return;
  }
  try {
    at_.load();
    FAIL() << "loaded, but should be refused: " << at_.text("description");
  } catch (const Error& error) {
    const std::string message = error.what();
    RecordProperty("message", message);
    EXPECT_NE(error.code(), ErrorCode::Internal) << message;
    EXPECT_NE(message.find(GetParam().substr(3)), std::string::npos)
        << "does not name the file: " << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
}

INSTANTIATE_TEST_SUITE_P(Zoo, ZooFile, testing::ValuesIn(zoo::cases("io", {"layers-model"})),
                         case_name);

class ZooWeights : public testing::TestWithParam<std::string> {
 protected:
  Case at_ = zoo::open(GetParam());

  std::vector<io::NamedTensor> decode() const {
    const io::ModelArtifacts artifacts = io::file_system(at_.model())->load({}).get();
    return io::decode_weights(artifacts.weight_specs, artifacts.weight_data);
  }
};

TEST_P(ZooWeights, DecodeToTheRightValuesOrAreRefused) {
  if (at_.text("expect") == "error") {
    EXPECT_THROW(decode(), Error);
    return;
  }
  const std::vector<io::NamedTensor> weights = decode();
  const std::vector<zoo::Golden> wanted = at_.tensors("weights");
  ASSERT_EQ(weights.size(), wanted.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    EXPECT_EQ(weights[i].name, wanted[i].name);
    EXPECT_EQ(zoo::difference(weights[i].tensor, wanted[i].tensor, 1e-6, 1e-5), "")
        << wanted[i].name;
  }
}

INSTANTIATE_TEST_SUITE_P(Zoo, ZooWeights, testing::ValuesIn(zoo::cases("io", {"weights"})),
                         case_name);

TEST(GraphModel, IsRefusedByLoadLayersModel) {
  try {
    zoo::open("io/graph_mlp").load();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Unsupported);
    EXPECT_NE(std::string(error.what()).find("graph model"), std::string::npos);
  }
}

}  // namespace
}  // namespace tfjs
