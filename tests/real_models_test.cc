// Models that others trained and published, where a folder with them is at hand
// (-DTFJS_REAL_MODELS_DIR): they give the numbers TensorFlow.js gives.

#include <gtest/gtest.h>

#include "tests/zoo.h"

namespace tfjs {
namespace {

namespace fs = std::filesystem;

const fs::path& root() {
  static const fs::path path = TFJS_REAL_MODELS_DIR;
  return path;
}

bool is_layers_model(const fs::path& file) {
  const Json json = zoo::read_json(file);
  const Json* topology = json.find("modelTopology");
  return topology != nullptr && topology->find("node") == nullptr;
}

/// The file that golden.json belongs to.
fs::path model_of(const fs::path& golden) {
  const Json json = zoo::read_json(golden);
  return golden.parent_path().parent_path() / json.at("file", "golden.json").as_string("file");
}

/// golden.json files of Layers models, or the reason why there are none.
std::vector<std::string> goldens() {
  if (root().empty() || !fs::is_directory(root())) return {"skipped: no TFJS_REAL_MODELS_DIR"};
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(root())) {
    if (entry.path().filename() == "golden.json" && is_layers_model(model_of(entry.path())))
      found.push_back(fs::relative(entry.path(), root()).string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string model_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(0, info.param.find("/golden/"));
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
}

bool flag(const Json& json, const char* key) {
  const Json* value = json.find(key);
  return value != nullptr && value->is_bool() && value->as_bool(key);
}

class RealModel : public testing::TestWithParam<std::string> {};

TEST_P(RealModel, PredictsWhatTensorFlowJsPredicts) {
  if (GetParam().starts_with("skipped")) GTEST_SKIP() << GetParam();
  const fs::path path = root() / GetParam();
  const Json golden = zoo::read_json(path);
  std::vector<Tensor> inputs;
  for (const Json& input : golden.at("inputs", "golden").as_array("inputs")) {
    const fs::path file = path.parent_path() / input.at("file", "input").as_string("file");
    inputs.push_back(io::read_npy_file(file.string()));
  }
  const std::vector<Tensor> outputs =
      load_layers_model(model_of(path).string()).get().predict(inputs);

  const Json::Array& wanted = golden.at("outputs", "golden").as_array("outputs");
  ASSERT_EQ(outputs.size(), wanted.size());
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (flag(wanted[i], "backend_sensitive")) continue;
    const fs::path file = path.parent_path() / wanted[i].at("file", "output").as_string("file");
    const Json& tolerance = wanted[i].at("tolerance", "output");
    EXPECT_EQ(zoo::difference(outputs[i], io::read_npy_file(file.string()),
                              tolerance.at("atol", "tolerance").as_number("atol"),
                              tolerance.at("rtol", "tolerance").as_number("rtol")),
              "")
        << "output " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(All, RealModel, testing::ValuesIn(goldens()), model_name);

TEST(BrokenModel, IsRefusedNamingTheWeightAndBothSizes) {
  const fs::path model = root() / "broken-tm-pose-2byte-weights" / "model.json";
  if (root().empty() || !fs::exists(model)) GTEST_SKIP() << "no TFJS_REAL_MODELS_DIR";
  try {
    load_layers_model(model.string()).get();
    FAIL() << "loaded";
  } catch (const Error& error) {
    const std::string message = error.what();
    EXPECT_EQ(error.code(), ErrorCode::CorruptData);
    EXPECT_NE(message.find("weight '"), std::string::npos) << message;
    EXPECT_NE(message.find(" 2 "), std::string::npos) << message;
    EXPECT_NE(message.find(" needs "), std::string::npos) << message;
  }
}

}  // namespace
}  // namespace tfjs
