// A manifest and weight bytes from a stranger. The input: one byte that says into how large pieces
// the weights are cut, model.json, a NUL, the weight bytes. What decodes must encode to weights
// that decode to the same, and be stored smaller without harm.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "tfjs/base/error.h"
#include "tfjs/io/model_json.h"
#include "tfjs/io/weights_codec.h"

namespace {

using namespace tfjs;
using namespace tfjs::io;

bool is_same(const Tensor& a, const Tensor& b) {
  if (!(a.spec() == b.spec())) return false;
  if (a.dtype() == DType::String) return a.string_values() == b.string_values();
  return a.bytes().text() == b.bytes().text();
}

void check(const ModelJson& model, const WeightData& data) {
  const std::vector<NamedTensor> weights =
      decode_weights(model.artifacts.weight_specs, data, "weights");
  const EncodedWeights encoded = encode_weights(weights);
  const std::vector<NamedTensor> again = decode_weights(encoded.specs, encoded.data);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!is_same(weights[i].tensor, again[i].tensor)) std::abort();
  }
  for (const auto kind :
       {Quantization::Kind::Uint8, Quantization::Kind::Uint16, Quantization::Kind::Float16}) {
    try {
      const EncodedWeights small = quantize_weights(encoded.specs, encoded.data, kind);
      decode_weights(small.specs, small.data);
    } catch (const Error& error) {
      // Infinities, and ranges that cannot be divided.
      if (error.code() != ErrorCode::InvalidArgument) std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece_size = std::size_t{data[0]} + 1;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string_view json = text.substr(0, text.find('\0'));
  std::string_view bytes = text.substr(std::min(text.size(), json.size() + 1));
  try {
    const ModelJson model = parse_model_json(json, "model.json");
    WeightData weights;
    while (!bytes.empty()) {
      weights.append(Bytes::copy_of(bytes.substr(0, piece_size)));
      bytes.remove_prefix(std::min(bytes.size(), piece_size));
    }
    check(model, weights);
  } catch (const Error&) {
    // Refused, as it may be.
  }
  return 0;
}
