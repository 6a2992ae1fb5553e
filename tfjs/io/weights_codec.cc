#include "tfjs/io/weights_codec.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <unordered_set>

#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"
#include "tfjs/io/dequantize.h"

namespace tfjs::io {

namespace {

constexpr std::uint64_t kLengthPrefix = 4;  // bytes before each string

/// Bytes of one stored element; of a string at least its length prefix.
std::uint64_t stored_size(const WeightSpec& spec) {
  if (spec.quantization) return code_size(spec.quantization->kind);
  return spec.tensor.dtype == DType::String ? kLengthPrefix : element_size(spec.tensor.dtype);
}

std::uint64_t element_count(const WeightSpec& spec) {
  return static_cast<std::uint64_t>(spec.tensor.shape.size());
}

std::string describe(const WeightSpec& spec) {
  return cat("weight ", quoted(spec.name), ' ', spec.tensor.shape, ' ', spec.tensor.dtype);
}

/// Bytes of all elements at `stored_size` each. Errors: CorruptData when 64 bits do not count them.
std::uint64_t fixed_size(const WeightSpec& spec, const std::string& what) {
  const auto size = checked_multiply(static_cast<std::int64_t>(element_count(spec)),
                                     static_cast<std::int64_t>(stored_size(spec)));
  if (!size) throw corrupt_data(what, ": ", describe(spec), " needs more bytes than 64 bits count");
  return static_cast<std::uint64_t>(*size);
}

std::uint32_t read_length(const WeightData& data, std::uint64_t offset) {
  const Bytes prefix = data.slice(offset, kLengthPrefix);
  std::uint32_t length = 0;
  std::memcpy(&length, prefix.data(), sizeof length);
  return length;
}

/// Reads the length of each string from the data; their sum.
std::uint64_t scan_strings(const WeightSpec& spec, const WeightData& data, std::uint64_t begin,
                           const std::string& what) {
  std::uint64_t at = begin;
  const std::uint64_t count = element_count(spec);
  for (std::uint64_t i = 0; i < count; ++i) {
    if (data.size() - at < kLengthPrefix) {
      throw corrupt_data(what, ": ", describe(spec), ": element ", i, " at offset ", at,
                         " needs 4 bytes for its length, but the data ends at ", data.size(),
                         " (interrupted download?)");
    }
    const std::uint64_t length = read_length(data, at);
    at += kLengthPrefix;
    if (data.size() - at < length) {
      throw corrupt_data(what, ": ", describe(spec), ": element ", i, " needs ", length,
                         " bytes at offset ", at, ", but the data ends at ", data.size(),
                         " (interrupted download?)");
    }
    at += length;
  }
  return at - begin;
}

/// A buffer for the decoded elements. Errors: Unavailable when the address space cannot hold it.
template <class T, class Fill>
Bytes make_elements(const WeightSpec& spec, Fill fill) {
  const std::uint64_t count = element_count(spec);
  if (count > std::numeric_limits<std::size_t>::max() / 2 / sizeof(T)) {
    throw unavailable(describe(spec), " is too large for this machine's memory");
  }
  return Bytes::make(static_cast<std::size_t>(count) * sizeof(T), [&](std::span<std::byte> out) {
    fill(std::span<T>(reinterpret_cast<T*>(out.data()), static_cast<std::size_t>(count)));
  });
}

Tensor decode_quantized(const WeightSpec& spec, const Bytes& codes) {
  const Quantization& quantization = *spec.quantization;
  if (codes.size() != fixed_size(spec, "weights")) {
    throw invalid_argument(describe(spec), " needs ", fixed_size(spec, "weights"),
                           " bytes of codes, got ", codes.size());
  }
  Bytes values;
  if (spec.tensor.dtype == DType::Int32) {
    values = make_elements<std::int32_t>(spec, [&](std::span<std::int32_t> out) {
      if (const std::optional<double> misfit = dequantize(quantization, codes.span(), out)) {
        throw corrupt_data(describe(spec), " holds ", *misfit, ", which no int32 can");
      }
    });
  } else {
    values = make_elements<float>(
        spec, [&](std::span<float> out) { dequantize(quantization, codes.span(), out); });
  }
  return Tensor::from_bytes(spec.tensor.dtype, spec.tensor.shape, std::move(values));
}

Tensor decode_strings(const WeightSpec& spec, const Bytes& bytes) {
  std::vector<std::string> values;
  values.reserve(static_cast<std::size_t>(element_count(spec)));  // 4 bytes each are there
  std::string_view rest = bytes.text();
  while (!rest.empty()) {
    std::uint32_t length = 0;
    if (rest.size() >= kLengthPrefix) std::memcpy(&length, rest.data(), sizeof length);
    if (rest.size() < kLengthPrefix || rest.size() - kLengthPrefix < length) {
      throw invalid_argument(describe(spec), ": its bytes end inside a string");
    }
    values.emplace_back(rest.substr(kLengthPrefix, length));
    rest.remove_prefix(kLengthPrefix + length);
  }
  return Tensor::of(std::move(values), spec.tensor.shape);
}

/// The bytes of a bool tensor are 0 or 1 everywhere in this library; files may hold any "true".
Bytes normalized_bools(const Bytes& bytes) {
  const std::span<const std::byte> in = bytes.span();
  const bool is_normal =
      std::all_of(in.begin(), in.end(), [](std::byte b) { return std::to_integer<int>(b) <= 1; });
  if (is_normal) return bytes;
  return Bytes::make(in.size(), [&](std::span<std::byte> out) {
    std::transform(in.begin(), in.end(), out.begin(),
                   [](std::byte b) { return std::byte{b != std::byte{0}}; });
  });
}

Bytes encode_strings(const NamedTensor& weight) {
  std::string out;
  for (const std::string& value : weight.tensor.string_values()) {
    if (value.size() > std::numeric_limits<std::uint32_t>::max()) {
      throw invalid_argument("weight ", quoted(weight.name), ": a string of ", value.size(),
                             " bytes is too long for a weight file (at most 4294967295)");
    }
    const auto length = static_cast<std::uint32_t>(value.size());
    out.append(reinterpret_cast<const char*>(&length), sizeof length);
    out.append(value);
  }
  return Bytes::take(std::move(out));
}

Tensor decode_stored(const WeightSpec& spec, const Bytes& stored) {
  if (spec.quantization) return decode_quantized(spec, stored);
  switch (spec.tensor.dtype) {
    case DType::String:
      return decode_strings(spec, stored);
    case DType::Bool:
      return Tensor::from_bytes(DType::Bool, spec.tensor.shape, normalized_bools(stored));
    case DType::Float32:
    case DType::Int32:
    case DType::Complex64:
      break;
  }
  return Tensor::from_bytes(spec.tensor.dtype, spec.tensor.shape, stored);
}

}  // namespace

std::vector<WeightRange> weight_ranges(const std::vector<WeightSpec>& specs, const WeightData& data,
                                       const std::string& what) {
  std::vector<WeightRange> ranges;
  ranges.reserve(specs.size());
  std::uint64_t offset = 0;
  for (const WeightSpec& spec : specs) {
    std::uint64_t size = fixed_size(spec, what);
    if (size > data.size() - offset) {
      throw corrupt_data(what, ": ", describe(spec), " needs ", size, " bytes at offset ", offset,
                         data.pieces().size() > 1 ? ", but the files have " : ", but the file has ",
                         data.size(), " (interrupted download?)");
    }
    if (spec.tensor.dtype == DType::String) size = scan_strings(spec, data, offset, what);
    ranges.push_back({offset, size});
    offset += size;
  }
  return ranges;
}

WeightBytes weight_bytes(const std::vector<WeightSpec>& specs, const std::string& what) {
  WeightBytes bytes;
  for (const WeightSpec& spec : specs) {
    const std::uint64_t size = fixed_size(spec, what);
    if (size > std::numeric_limits<std::uint64_t>::max() - bytes.least) {
      throw corrupt_data(what, ": the weights need more bytes than 64 bits count");
    }
    bytes.least += size;
    if (spec.tensor.dtype == DType::String) bytes.is_exact = false;
  }
  return bytes;
}

std::uint64_t surplus_bytes(const std::vector<WeightRange>& ranges, const WeightData& data) {
  return data.size() - (ranges.empty() ? 0 : ranges.back().offset + ranges.back().size);
}

Tensor decode_weight(const WeightSpec& spec, const WeightRange& range, const WeightData& data) {
  const Bytes stored = data.slice(range.offset, range.size);
  Tensor tensor = decode_stored(spec, stored);
  // What was decoded, or copied because it was not aligned, is hardly read again.
  const bool is_view = spec.tensor.dtype != DType::String && tensor.bytes().data() == stored.data();
  if (!is_view) stored.let_go();
  return tensor;
}

std::vector<NamedTensor> decode_weights(const std::vector<WeightSpec>& specs,
                                        const WeightData& data, const std::string& what) {
  check_unique_names(specs, what);
  const std::vector<WeightRange> ranges = weight_ranges(specs, data, what);
  std::vector<NamedTensor> weights;
  weights.reserve(specs.size());
  for (std::size_t i = 0; i < specs.size(); ++i) {
    weights.push_back({specs[i].name, decode_weight(specs[i], ranges[i], data), specs[i].group});
  }
  return weights;
}

void check_unique_names(const std::vector<WeightSpec>& specs, const std::string& what) {
  std::unordered_set<std::string_view> seen;
  for (const WeightSpec& spec : specs) {
    if (!seen.insert(spec.name).second) {
      throw corrupt_data(what, ": weight ", quoted(spec.name), " is listed twice");
    }
  }
}

EncodedWeights encode_weights(const std::vector<NamedTensor>& weights) {
  EncodedWeights encoded;
  for (const NamedTensor& weight : weights) {
    WeightSpec spec;
    spec.name = weight.name;
    spec.tensor = weight.tensor.spec();
    spec.group = weight.group;
    encoded.specs.push_back(std::move(spec));
    encoded.data.append(weight.tensor.dtype() == DType::String ? encode_strings(weight)
                                                               : weight.tensor.bytes());
  }
  check_unique_names(encoded.specs, "weights");
  return encoded;
}

}  // namespace tfjs::io
