#include "tfjs/io/weights_codec.h"

#include <gtest/gtest.h>

#include <complex>

#include "tfjs/io/internal/test_support.h"

namespace tfjs::io {
namespace {

WeightSpec spec(std::string name, DType dtype, Shape shape) {
  WeightSpec out;
  out.name = std::move(name);
  out.tensor = {dtype, std::move(shape)};
  return out;
}

WeightData data_of(std::initializer_list<int> values) {
  std::string text;
  for (int value : values) text.push_back(static_cast<char>(value));
  WeightData data;
  data.append(Bytes::take(std::move(text)));
  return data;
}

/// The same bytes in pieces of one byte each.
WeightData crumbled(const WeightData& data) {
  WeightData out;
  for (std::uint64_t i = 0; i < data.size(); ++i) {
    out.append(Bytes::copy_of(data.slice(i, 1).span()));
  }
  return out;
}

std::vector<NamedTensor> one_of_each_dtype() {
  return {{"b", Tensor::of<std::uint8_t>({1, 0, 1}, {3}), ""},
          {"f", Tensor::of<float>({1.5f, -2, 0, 3}, {2, 2}), ""},
          {"s", Tensor::of({"", "a", "h\xC3\xA9"}, {3}), "model"},
          {"c", Tensor::of<std::complex<float>>({{1, 2}, {-3, 4}}, {2}), ""},
          {"z", Tensor::zeros({0, 3}), ""},
          {"i", Tensor::scalar_int(-7), "optimizer"}};
}

void expect_same(const std::vector<NamedTensor>& a, const std::vector<NamedTensor>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].name, b[i].name);
    EXPECT_EQ(a[i].group, b[i].group);
    EXPECT_EQ(a[i].tensor.spec(), b[i].tensor.spec());
    if (a[i].tensor.dtype() == DType::String) {
      EXPECT_EQ(a[i].tensor.string_values(), b[i].tensor.string_values());
    } else {
      EXPECT_EQ(a[i].tensor.bytes().text(), b[i].tensor.bytes().text());
    }
  }
}

TEST(EncodeWeights, ComesBackFromDecodeWeightsForEveryDtype) {
  const EncodedWeights encoded = encode_weights(one_of_each_dtype());
  expect_same(decode_weights(encoded.specs, encoded.data), one_of_each_dtype());
}

TEST(DecodeWeights, ReadsPiecesCutAnywhere) {
  const EncodedWeights encoded = encode_weights(one_of_each_dtype());
  expect_same(decode_weights(encoded.specs, crumbled(encoded.data)), one_of_each_dtype());
}

TEST(EncodeWeights, PacksStringsAsLengthAndBytes) {
  const EncodedWeights encoded = encode_weights({{"s", Tensor::of({"ab", ""}, {2}), ""}});
  EXPECT_EQ(text_of(encoded.data), std::string("\x02\0\0\0ab\0\0\0\0", 10));
}

TEST(EncodeWeights, RefusesANameTwice) {
  EXPECT_TRUE(says(error_of([] {
                     encode_weights({{"w", Tensor::scalar(1), ""}, {"w", Tensor::scalar(2), ""}});
                   }),
                   ErrorCode::CorruptData, {"'w'", "twice"}));
}

TEST(DecodeWeight, ViewsPlainAlignedBytes) {
  const EncodedWeights encoded = encode_weights({{"f", Tensor::of<float>({1, 2}, {2}), ""}});
  const auto decoded = decode_weights(encoded.specs, encoded.data);
  EXPECT_EQ(static_cast<const void*>(decoded[0].tensor.data<float>().data()),
            encoded.data.pieces()[0].data());
}

TEST(DecodeWeights, CopiesUnalignedElements) {
  const auto weights = decode_weights({spec("b", DType::Bool, {1}), spec("i", DType::Int32, {1})},
                                      data_of({1, 4, 3, 2, 1}));
  EXPECT_EQ(weights[1].tensor.data<std::int32_t>()[0], 0x01020304);
}

TEST(DecodeWeights, TakesAnyNonzeroByteForTrue) {
  const auto weights = decode_weights({spec("b", DType::Bool, {3})}, data_of({0, 1, 255}));
  EXPECT_EQ(weights[0].tensor.data<std::uint8_t>()[2], 1);
  EXPECT_EQ(weights[0].tensor.data<std::uint8_t>()[0], 0);
}

TEST(WeightRanges, RefusesMissingBytesNamingAll) {
  WeightData data = data_of(std::initializer_list<int>{1, 2, 3, 4, 5, 6, 7});
  const std::vector<WeightSpec> specs = {spec("a", DType::Float32, {}),
                                         spec("dense/kernel", DType::Float32, {784, 512})};
  EXPECT_TRUE(says(error_of([&] { weight_ranges(specs, data, "model.weights.bin"); }),
                   ErrorCode::CorruptData,
                   {"model.weights.bin: weight 'dense/kernel' [784, 512] float32 needs 1605632 "
                    "bytes at offset 4, but the file has 7 (interrupted download?)"}));
}

TEST(WeightRanges, RefusesMissingStringBytes) {
  const std::vector<WeightSpec> two = {spec("s", DType::String, {2})};
  EXPECT_TRUE(says(error_of([&] {
                     weight_ranges(two, data_of({0, 0, 0, 0, 1, 0}), "w.bin");
                   }),
                   ErrorCode::CorruptData, {"w.bin", "'s'", "needs 8 bytes"}));
  EXPECT_TRUE(says(error_of([&] {
                     weight_ranges(two, data_of({1, 0, 0, 0, 65, 9, 9, 9}), "w.bin");
                   }),
                   ErrorCode::CorruptData, {"'s'", "element 1", "offset 5"}));
  EXPECT_TRUE(says(error_of([&] {
                     weight_ranges(two, data_of({0, 0, 0, 0, 255, 255, 255, 255, 1}), "w.bin");
                   }),
                   ErrorCode::CorruptData, {"'s'", "element 1", "4294967295"}));
}

TEST(WeightRanges, RefusesAHugeStringTensorWithoutScanning) {
  EXPECT_TRUE(says(error_of([&] {
                     weight_ranges({spec("s", DType::String, {std::int64_t{1} << 40})},
                                   data_of({0, 0, 0, 0}), "w.bin");
                   }),
                   ErrorCode::CorruptData, {"'s'", "4398046511104"}));
}

TEST(WeightRanges, RefusesASizeThatOverflows) {
  EXPECT_TRUE(says(error_of([&] {
                     weight_ranges({spec("w", DType::Float32, {std::int64_t{1} << 61})},
                                   data_of({0}), "w.bin");
                   }),
                   ErrorCode::CorruptData, {"'w'", "64 bits"}));
}

TEST(SurplusBytes, CountsWhatFollowsTheLastWeight) {
  const WeightData data = data_of({1, 0, 1, 9, 9});
  EXPECT_EQ(surplus_bytes(weight_ranges({spec("b", DType::Bool, {3})}, data, "w"), data), 2u);
  EXPECT_EQ(surplus_bytes({}, data), 5u);
}

TEST(DecodeWeights, RefusesANameTwice) {
  const std::vector<WeightSpec> specs = {spec("w", DType::Bool, {1}), spec("w", DType::Bool, {1})};
  EXPECT_TRUE(says(error_of([&] {
                     decode_weights(specs, data_of({1, 1}), "m.json");
                   }),
                   ErrorCode::CorruptData, {"m.json", "'w'", "twice"}));
}

WeightSpec quantized(DType dtype, Shape shape, Quantization quantization) {
  WeightSpec out = spec("q", dtype, std::move(shape));
  out.quantization = quantization;
  return out;
}

TEST(DecodeWeight, ComputesQuantizedFloatsInDouble) {
  for (const WeightData& data : {data_of({0, 1, 255}), crumbled(data_of({0, 1, 255}))}) {
    const auto weights = decode_weights(
        {quantized(DType::Float32, {3}, {Quantization::Kind::Uint8, -0.1, 0.007})}, data);
    const auto values = weights[0].tensor.data<float>();
    for (int i = 0; i < 3; ++i) {
      const double code = i == 2 ? 255 : i;
      EXPECT_EQ(values[i], static_cast<float>(code * 0.007 + -0.1));
    }
  }
}

TEST(DecodeWeight, ReadsUnalignedSixteenBitCodes) {
  const auto weights =
      decode_weights({spec("b", DType::Bool, {1}),
                      quantized(DType::Float32, {2}, {Quantization::Kind::Uint16, 1, 2})},
                     data_of({1, 0, 1, 255, 255}));
  EXPECT_EQ(weights[1].tensor.data<float>()[0], 513);
  EXPECT_EQ(weights[1].tensor.data<float>()[1], 131071);
}

TEST(DecodeWeight, RoundsQuantizedIntegersHalfUp) {
  const auto weights =
      decode_weights({quantized(DType::Int32, {4}, {Quantization::Kind::Uint8, -1.5, 0.5})},
                     data_of({0, 1, 2, 4}));
  const auto values = weights[0].tensor.data<std::int32_t>();
  EXPECT_EQ(std::vector<std::int32_t>(values.begin(), values.end()),
            (std::vector<std::int32_t>{-1, -1, 0, 1}));
}

TEST(DecodeWeight, RoundsJustBelowAHalfDown) {
  const auto weights = decode_weights(
      {quantized(DType::Int32, {1}, {Quantization::Kind::Uint8, 0, 0x1.fffffffffffffp-2})},
      data_of({1}));
  EXPECT_EQ(weights[0].tensor.data<std::int32_t>()[0], 0);
}

TEST(DecodeWeight, RefusesQuantizedIntegersBeyondInt32) {
  EXPECT_TRUE(says(error_of([&] {
                     decode_weights(
                         {quantized(DType::Int32, {1}, {Quantization::Kind::Uint8, 0, 1e9})},
                         data_of({3}));
                   }),
                   ErrorCode::CorruptData, {"'q'", "3000000000", "int32"}));
}

TEST(DecodeWeight, LetsGoOfStoredBytesThatItDoesNotView) {
  static std::size_t let_go;
  let_go = 0;
  alignas(8) static const std::byte stored[12] = {};
  const Bytes all(std::make_shared<int>(), stored,
                  [](std::span<const std::byte> data) { let_go += data.size(); });
  WeightData data;
  data.append(all);
  decode_weight(spec("view", DType::Float32, {2}), {4, 8}, data);
  EXPECT_EQ(let_go, 0u);
  decode_weight(spec("askew", DType::Float32, {2}), {1, 8}, data);
  EXPECT_EQ(let_go, 8u);
  decode_weight(quantized(DType::Float32, {3}, {Quantization::Kind::Uint8, 0, 1}), {0, 3}, data);
  EXPECT_EQ(let_go, 11u);
}

TEST(DecodeWeight, RefusesARangeOfAnotherSize) {
  const WeightSpec eight = quantized(DType::Float32, {8}, {Quantization::Kind::Uint8, 0, 1});
  EXPECT_TRUE(says(error_of([&] {
                     decode_weight(eight, {0, 2}, data_of({1, 2}));
                   }),
                   ErrorCode::InvalidArgument, {"'q'", "8 bytes", "2"}));
  EXPECT_TRUE(says(error_of([&] {
                     decode_weight(spec("s", DType::String, {1}), {0, 3}, data_of({1, 0, 0}));
                   }),
                   ErrorCode::InvalidArgument, {"'s'"}));
}

TEST(WeightBytes, CountsAllButTheStrings) {
  const WeightSpec f = spec("f", DType::Float32, {2, 3}), b = spec("b", DType::Bool, {3});
  EXPECT_EQ(weight_bytes({f, b}, "t").least, 24u + 3u);
  EXPECT_TRUE(weight_bytes({f, b}, "t").is_exact);
  const WeightBytes with_strings = weight_bytes({f, spec("s", DType::String, {2}), b}, "t");
  EXPECT_EQ(with_strings.least, 24u + 8u + 3u);
  EXPECT_FALSE(with_strings.is_exact);
  EXPECT_EQ(weight_bytes({}, "t").least, 0u);
}

TEST(WeightBytes, RefusesWhat64BitsCannotCount) {
  const WeightSpec large = spec("f", DType::Float32, {std::int64_t{1} << 60});
  const std::vector<WeightSpec> many(5, large);
  EXPECT_TRUE(
      says(error_of([&] { weight_bytes(many, "t"); }), ErrorCode::CorruptData, {"t", "64 bits"}));
}

}  // namespace
}  // namespace tfjs::io
