#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tfjs/io/internal/test_support.h"

namespace tfjs::io {
namespace {

struct QuantizedCase {
  const char* name;
  Quantization::Kind kind;
  double min;
  double scale;
  std::vector<float> values;
  std::vector<int> codes;
};

const std::vector<QuantizedCase>& converter_cases() {
  static const std::vector<QuantizedCase> cases = {
#include "tfjs/io/testdata/quantized_cases.inc"
  };
  return cases;
}

EncodedWeights encode_one(const std::vector<float>& values) {
  const auto count = static_cast<std::int64_t>(values.size());
  return encode_weights({{"w", Tensor::of<float>(values, {count}), ""}});
}

std::vector<int> codes_of(const EncodedWeights& weights, Quantization::Kind kind) {
  const std::string text = text_of(weights.data);
  const std::size_t size = kind == Quantization::Kind::Uint8 ? 1 : 2;
  std::vector<int> codes;
  for (std::size_t i = 0; i + size <= text.size(); i += size) {
    int code = static_cast<unsigned char>(text[i]);
    if (size == 2) code += static_cast<unsigned char>(text[i + 1]) << 8;
    codes.push_back(code);
  }
  return codes;
}

TEST(QuantizeWeights, GivesTheConvertersCodesMinAndScale) {
  for (const QuantizedCase& expected : converter_cases()) {
    SCOPED_TRACE(expected.name);
    const EncodedWeights plain = encode_one(expected.values);
    const EncodedWeights small = quantize_weights(plain.specs, plain.data, expected.kind);
    EXPECT_EQ(codes_of(small, expected.kind), expected.codes);
    EXPECT_EQ(small.specs[0].quantization->min, expected.min);
    EXPECT_EQ(small.specs[0].quantization->scale, expected.scale);
  }
}

TEST(QuantizeWeights, StoresZeroExactly) {
  const EncodedWeights plain = encode_one({-0.7f, 0, 1.9f});
  const EncodedWeights small = quantize_weights(plain.specs, plain.data, Quantization::Kind::Uint8);
  EXPECT_EQ(decode_weights(small.specs, small.data)[0].tensor.data<float>()[1], 0);
}

TEST(QuantizeWeights, StoresHalvesWithInfinityBeyondTheirRange) {
  const EncodedWeights plain = encode_one({1, -2.5f, 65504, 65520, -1e30f, 6e-8f, 0.1f});
  const EncodedWeights small =
      quantize_weights(plain.specs, plain.data, Quantization::Kind::Float16);
  const std::vector<NamedTensor> decoded = decode_weights(small.specs, small.data);
  const auto values = decoded[0].tensor.data<float>();
  EXPECT_EQ(small.data.size(), 14u);
  EXPECT_EQ(values[1], -2.5f);
  EXPECT_EQ(values[2], 65504);
  EXPECT_EQ(values[3], std::numeric_limits<float>::infinity());
  EXPECT_EQ(values[4], -std::numeric_limits<float>::infinity());
  EXPECT_EQ(values[5], 0x1p-24f);
  EXPECT_EQ(values[6], 0.0999755859375f);
}

TEST(QuantizeWeights, LeavesOtherDtypesAndQuantizedWeightsAsTheyAre) {
  EncodedWeights mixed = encode_weights({{"i", Tensor::of<std::int32_t>({5, 6}, {2}), ""},
                                         {"s", Tensor::of({"ab"}, {1}), ""},
                                         {"empty", Tensor::zeros({0}), ""}});
  WeightSpec quantized;
  quantized.name = "q";
  quantized.tensor = {DType::Float32, {2}};
  quantized.quantization = Quantization{Quantization::Kind::Uint16, 1, 2};
  mixed.specs.push_back(quantized);
  mixed.data.append(Bytes::copy_of(std::string_view("wxyz")));
  const EncodedWeights small = quantize_weights(mixed.specs, mixed.data, Quantization::Kind::Uint8);
  EXPECT_EQ(text_of(small.data), text_of(mixed.data));
  for (std::size_t i = 0; i < 3; ++i) EXPECT_FALSE(small.specs[i].quantization);
  EXPECT_EQ(small.specs[3].quantization->kind, Quantization::Kind::Uint16);
}

TEST(QuantizeWeights, KeepsUnknownFieldsOfAnEntry) {
  EncodedWeights plain = encode_one({0.75f, 0.75f});
  plain.specs[0] = parse_weight_spec(
      parse_json(R"({"note":1,"name":"w","shape":[2],"dtype":"float32"})", "t"), "t");
  const EncodedWeights small = quantize_weights(plain.specs, plain.data, Quantization::Kind::Uint8);
  EXPECT_EQ(write_json(to_json(small.specs[0])),
            R"({"note":1,"name":"w","shape":[2],"dtype":"float32","quantization":)"
            R"({"dtype":"uint8","min":0.75,"scale":1,"original_dtype":"float32"}})");
}

TEST(QuantizeWeights, RefusesValuesCodesCannotSay) {
  for (float bad : {std::numeric_limits<float>::infinity(), std::nanf("")}) {
    const EncodedWeights plain = encode_one({1, bad});
    EXPECT_TRUE(says(
        error_of([&] { quantize_weights(plain.specs, plain.data, Quantization::Kind::Uint8); }),
        ErrorCode::InvalidArgument, {"'w'", "infinity or NaN"}));
  }
}

TEST(QuantizeWeights, RefusesARangeFloatsCannotDivide) {
  for (const std::vector<float>& values :
       {std::vector<float>{0, 1e-45f}, std::vector<float>{-3e38f, 3e38f}}) {
    const EncodedWeights plain = encode_one(values);
    EXPECT_TRUE(says(
        error_of([&] { quantize_weights(plain.specs, plain.data, Quantization::Kind::Uint16); }),
        ErrorCode::InvalidArgument, {"'w'", "65535 steps"}));
  }
}

}  // namespace
}  // namespace tfjs::io
