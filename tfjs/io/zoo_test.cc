// The io cases of the zoo, as far as they can be judged without layers: weights decode to the
// values stock TensorFlow.js decodes, and what contradicts itself is refused.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tfjs/base/bit_cast.h"
#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/npy.h"
#include "tfjs/io/router.h"

namespace tfjs::io {
namespace {

const std::string kZoo = TFJS_SOURCE_DIR "/tests/fixtures/zoo/io";

/// The error kinds found by reading files alone, and what the message must name.
const std::map<std::string, std::vector<std::string>>& io_errors() {
  static const std::map<std::string, std::vector<std::string>> kinds = {
      {"bad_dim", {"weight 'd1/kernel'", "dimension"}},
      {"bad_dtype", {"weight 'd1/kernel'", "dtype"}},
      {"bad_quantization", {"weight 'd", "quantization"}},
      {"duplicate_weight", {"weight 'd2/bias'", "twice"}},
      {"file_missing", {}},
      {"json_syntax", {"model.json"}},
      {"json_too_deep", {"model.json"}},
      {"path_invalid", {"weight path"}},
      {"path_traversal", {"weight path"}},
      {"size_limit", {}},
      {"size_overflow", {}},
      {"weights_truncated", {"weight '", "needs"}}};
  return kinds;
}

struct ZooCase {
  std::string name;
  std::string folder;
  Json json;
  std::string text(std::string_view key) const { return json.at(key, name).as_string(name); }
};

std::vector<ZooCase> zoo_cases() {
  std::vector<ZooCase> cases;
  for (const std::string& name : platform::files().list(kZoo)) {
    const std::string folder = kZoo + "/" + name;
    const Bytes text = platform::files().read(folder + "/case.json", 1 << 20);
    cases.push_back({name, folder, parse_json(text.text(), name)});
  }
  return cases;
}

std::vector<NamedTensor> load_weights(const ZooCase& zoo) {
  const ModelArtifacts model = file_system(zoo.folder)->load({}).get();
  return decode_weights(model.weight_specs, model.weight_data);
}

void expect_same_strings(const Tensor& tensor, const Json& expected) {
  std::vector<std::string> values;
  for (const Json& value : expected.as_array("values")) values.push_back(value.as_string("value"));
  EXPECT_EQ(tensor.string_values(), values);
}

/// Equal bits, so that -0 counts; JavaScript keeps nothing of a NaN but that it is one.
void expect_same_bits(const Tensor& tensor, const Tensor& expected) {
  if (expected.dtype() != DType::Float32) {
    EXPECT_TRUE(tensor.bytes().text() == expected.bytes().text());
    return;
  }
  const auto values = tensor.data<float>();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float other = expected.data<float>()[i];
    if (std::isnan(values[i]) && std::isnan(other)) continue;
    EXPECT_EQ(bit_cast<std::uint32_t>(values[i]), bit_cast<std::uint32_t>(other)) << i;
  }
}

void expect_same_weights(const ZooCase& zoo) {
  const std::vector<NamedTensor> weights = load_weights(zoo);
  const Json::Array& expected = zoo.json.at("weights", zoo.name).as_array(zoo.name);
  ASSERT_EQ(weights.size(), expected.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    EXPECT_EQ(weights[i].name, expected[i].at("name", "weight").as_string("name"));
    if (const Json* strings = expected[i].find("values_utf8")) {
      expect_same_strings(weights[i].tensor, *strings);
      continue;
    }
    const std::string file = expected[i].at("file", "weight").as_string("file");
    const Tensor values = read_npy_file(zoo.folder + "/" + file);
    EXPECT_EQ(weights[i].tensor.spec(), values.spec());
    expect_same_bits(weights[i].tensor, values);
  }
}

TEST(Zoo, WeightsDecodeToStocksValues) {
  int count = 0;
  for (const ZooCase& zoo : zoo_cases()) {
    if (!zoo.json.find("weights")) continue;
    SCOPED_TRACE(zoo.name);
    expect_same_weights(zoo);
    ++count;
  }
  EXPECT_GE(count, 6);
}

TEST(Zoo, GoodFilesLoad) {
  for (const ZooCase& zoo : zoo_cases()) {
    if (zoo.text("expect") != "ok") continue;
    SCOPED_TRACE(zoo.name);
    EXPECT_NO_THROW(load_weights(zoo));
  }
}

TEST(Zoo, ContradictoryFilesAreRefused) {
  int count = 0;
  for (const ZooCase& zoo : zoo_cases()) {
    if (zoo.text("expect") != "error") continue;
    const auto kind = io_errors().find(zoo.text("error_kind"));
    if (kind == io_errors().end()) continue;
    SCOPED_TRACE(zoo.name);
    const Error error = error_of([&] { load_weights(zoo); });
    EXPECT_TRUE(says(error, error.code(), kind->second));
    EXPECT_TRUE(error.code() == ErrorCode::CorruptData || error.code() == ErrorCode::NotFound);
    EXPECT_EQ(std::string_view(error.what()).find('\n'), std::string_view::npos);
    ++count;
  }
  EXPECT_GE(count, 10);
}

TEST(Zoo, FilesWithAnotherStructureAreRefused) {
  for (const char* name : {"bad_json_array", "bad_json_number", "bad_path_type"}) {
    const std::string folder = kZoo + "/" + name;
    EXPECT_TRUE(says(error_of([&] { file_system(folder)->load({}).get(); }), ErrorCode::CorruptData,
                     {"model.json", "must be"}))
        << name;
  }
}

}  // namespace
}  // namespace tfjs::io
