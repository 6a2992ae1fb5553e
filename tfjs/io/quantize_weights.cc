// The affine rule of tensorflowjs_converter: the range [min, max] of the values is divided into 255
// (65535) steps; when it contains 0 it is shifted so that one code means exactly 0 (padding must
// stay 0). Code = round_half_even((clip(value) - min) / scale).
//
// The converter computes range and scale in double and the codes in float32 (NumPy keeps the
// array's type beside a scalar); so does this, for equal bytes.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "tfjs/base/error.h"
#include "tfjs/base/float16.h"
#include "tfjs/io/weights_codec.h"

namespace tfjs::io {

namespace {

struct ValueRange {
  double min = 0;
  double max = 0;
};

ValueRange range_of(std::span<const float> values, const WeightSpec& spec) {
  float min = values[0];
  float max = values[0];
  bool is_finite = true;
  for (float value : values) {
    min = std::min(min, value);
    max = std::max(max, value);
    is_finite &= std::isfinite(value);
  }
  if (!is_finite) {
    throw invalid_argument("quantize: weight ", quoted(spec.name),
                           " holds an infinity or NaN, which uint8 and uint16 codes cannot say");
  }
  return {min, max};
}

/// A whole number nearest to `value`, ties to even, for 0 <= value < 2^22: the adder rounds it.
float round_half_even(float value) {
  constexpr float kMagic = 0x1.8p23f;
  return (value + kMagic) - kMagic;
}

/// Writes a code per value and returns what turns the codes back.
template <class Code>
Quantization quantize_affine(Quantization::Kind kind, const WeightSpec& spec,
                             std::span<const float> values, std::span<std::byte> codes) {
  constexpr double kMaxCode = static_cast<Code>(~Code{0});
  ValueRange range = range_of(values, spec);
  if (range.min == range.max) {
    std::fill(codes.begin(), codes.end(), std::byte{0});
    return {kind, range.min, 1.0};
  }
  const double scale = (range.max - range.min) / kMaxCode;
  if (range.min <= 0 && range.max >= 0) {
    const double zero_code = std::nearbyint((0 - range.min) / scale);
    range.min = -zero_code * scale;
    range.max = kMaxCode * scale + range.min;
  }
  const auto low = static_cast<float>(range.min);
  const auto high = static_cast<float>(range.max);
  const auto step = static_cast<float>(scale);
  if (!std::isfinite(high - low) || step == 0) {
    throw invalid_argument("quantize: weight ", quoted(spec.name), " ranges from ", range.min,
                           " to ", range.max, ", which float32 cannot divide into ", kMaxCode,
                           " steps");
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float clipped = std::min(std::max(values[i], low), high);
    const float position = round_half_even((clipped - low) / step);
    const auto code = static_cast<Code>(static_cast<std::int32_t>(position));
    std::memcpy(codes.data() + i * sizeof(Code), &code, sizeof(Code));
  }
  return {kind, range.min, scale};
}

Quantization quantize_half(std::span<const float> values, std::span<std::byte> codes) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint16_t code = float_to_float16(values[i]);
    std::memcpy(codes.data() + i * sizeof code, &code, sizeof code);
  }
  return {Quantization::Kind::Float16};
}

/// The spec of the smaller weight; fields of its entry that we do not know stay.
WeightSpec quantized_spec(WeightSpec spec, const Quantization& quantization) {
  const Json source = std::move(spec.source);
  spec.source = nullptr;
  spec.quantization = quantization;
  if (!source.is_null()) {
    Json entry = source;
    entry.set("quantization", *to_json(spec).find("quantization"));
    spec.source = std::move(entry);
  }
  return spec;
}

}  // namespace

EncodedWeights quantize_weights(const std::vector<WeightSpec>& specs, const WeightData& data,
                                Quantization::Kind kind) {
  const std::vector<WeightRange> ranges = weight_ranges(specs, data, "weights");
  EncodedWeights out;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const WeightSpec& spec = specs[i];
    const bool is_kept =
        spec.tensor.dtype != DType::Float32 || spec.quantization.has_value() || ranges[i].size == 0;
    if (is_kept) {
      out.specs.push_back(spec);
      out.data.append(data.slice(ranges[i].offset, ranges[i].size));
      continue;
    }
    const Tensor tensor = decode_weight(spec, ranges[i], data);
    const std::span<const float> values = tensor.data<float>();
    const std::size_t bytes_per_code = kind == Quantization::Kind::Uint8 ? 1 : 2;
    Quantization quantization;
    out.data.append(Bytes::make(values.size() * bytes_per_code, [&](std::span<std::byte> codes) {
      switch (kind) {
        case Quantization::Kind::Uint8:
          quantization = quantize_affine<std::uint8_t>(kind, spec, values, codes);
          break;
        case Quantization::Kind::Uint16:
          quantization = quantize_affine<std::uint16_t>(kind, spec, values, codes);
          break;
        case Quantization::Kind::Float16:
          quantization = quantize_half(values, codes);
          break;
      }
    }));
    out.specs.push_back(quantized_spec(spec, quantization));
  }
  return out;
}

}  // namespace tfjs::io
