// Weight bytes to tensors and back.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tfjs/io/weight_data.h"
#include "tfjs/io/weight_spec.h"

namespace tfjs::io {

struct NamedTensor {
  std::string name;
  Tensor tensor;
  std::string group;
};

/// Where each weight lies in the data.
struct WeightRange {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

/// Ranges of all weights, in order; string weights are scanned for their length.
/// Errors: CorruptData naming weight, shape, dtype, offset, bytes needed and bytes present, before
/// anything is allocated. Bytes left over are no error: see surplus_bytes().
std::vector<WeightRange> weight_ranges(const std::vector<WeightSpec>& specs, const WeightData& data,
                                       const std::string& what);

/// Bytes of all weights, as far as their specs tell.
struct WeightBytes {
  std::uint64_t least = 0;  ///< strings counted as if empty
  bool is_exact = true;     ///< there are no strings
};
/// Errors: CorruptData naming `what` when 64 bits do not count them.
WeightBytes weight_bytes(const std::vector<WeightSpec>& specs, const std::string& what);

/// Errors: CorruptData naming `what` and the weight when a name comes twice.
void check_unique_names(const std::vector<WeightSpec>& specs, const std::string& what);

/// Bytes after the last weight.
std::uint64_t surplus_bytes(const std::vector<WeightRange>& ranges, const WeightData& data);

/// One weight: a view of `data` when it is stored plainly, lies in one piece and is aligned; else
/// decoded.
Tensor decode_weight(const WeightSpec& spec, const WeightRange& range, const WeightData& data);

/// All weights. Errors: as weight_ranges; CorruptData for a name that comes twice.
std::vector<NamedTensor> decode_weights(const std::vector<WeightSpec>& specs,
                                        const WeightData& data,
                                        const std::string& what = "weights");

struct EncodedWeights {
  std::vector<WeightSpec> specs;
  WeightData data;  ///< views of the tensors' bytes
};
EncodedWeights encode_weights(const std::vector<NamedTensor>& weights);

/// Stores float32 weights smaller, by tensorflowjs_converter's rules; others stay as they are.
/// Optimizer weights too.
EncodedWeights quantize_weights(const std::vector<WeightSpec>& specs, const WeightData& data,
                                Quantization::Kind kind);

}  // namespace tfjs::io
