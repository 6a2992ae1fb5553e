#include "tfjs/io/weight_spec.h"

#include <cmath>
#include <utility>

#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"

namespace tfjs::io {

namespace {

constexpr std::size_t kMaxRank = 32;

Shape parse_weight_shape(const Json& value, const std::string& weight) {
  const Json::Array& entries = value.as_array(cat(weight, ": shape"));
  if (entries.size() > kMaxRank) {
    throw corrupt_data(weight, ": shape has ", entries.size(), " dimensions, at most ", kMaxRank,
                       " are possible");
  }
  std::vector<std::int64_t> dims;
  for (const Json& dim : entries) {
    if (!dim.is_integer() || dim.as_integer(weight) < 0) {
      throw corrupt_data(weight, ": a dimension must be an integer of 0 or more, got ",
                         quoted(write_json(dim)), " in ", quoted(write_json(value)));
    }
    dims.push_back(dim.as_integer(weight));
  }
  return Shape(std::move(dims));
}

/// Zero dimensions count as one here, so that a shape like [0, 2^62, 2^62] is refused wherever its
/// zero stands.
void check_byte_size(const TensorSpec& tensor, const std::string& weight) {
  std::optional<std::int64_t> bytes =
      tensor.dtype == DType::String ? 4 : static_cast<std::int64_t>(element_size(tensor.dtype));
  for (std::int64_t dim : tensor.shape.dims()) {
    bytes = checked_multiply(*bytes, dim == 0 ? 1 : dim);
    if (!bytes) {
      throw corrupt_data(weight, ' ', tensor.shape, ' ', tensor.dtype,
                         " needs more bytes than 64 bits count");
    }
  }
}

double parse_factor(const Json& quantization, const char* key, const std::string& weight) {
  const Json& value = quantization.at(key, weight);
  const double number = value.as_number(cat(weight, ": ", key));
  if (!std::isfinite(number)) {
    throw corrupt_data(weight, ": ", key, " must be a finite number, got ", number);
  }
  return number;
}

Quantization parse_quantization(const Json& value, DType dtype, const std::string& weight) {
  const std::string where = cat(weight, ": quantization");
  value.as_object(where);
  const std::string& kind = value.at("dtype", where).as_string(cat(where, " dtype"));
  Quantization quantization;
  if (kind == "float16") {
    if (dtype != DType::Float32) {
      throw corrupt_data(where, " float16 stores float32 weights only, but this one is ", dtype);
    }
    quantization.kind = Quantization::Kind::Float16;
    return quantization;
  }
  if (kind != "uint8" && kind != "uint16") {
    throw corrupt_data(where, " dtype must be 'uint8', 'uint16' or 'float16', got ", quoted(kind));
  }
  if (dtype != DType::Float32 && dtype != DType::Int32) {
    throw corrupt_data(where, " ", kind, " stores float32 and int32 weights only, but this one is ",
                       dtype);
  }
  quantization.kind = kind == "uint8" ? Quantization::Kind::Uint8 : Quantization::Kind::Uint16;
  quantization.min = parse_factor(value, "min", where);
  quantization.scale = parse_factor(value, "scale", where);
  return quantization;
}

Json quantization_json(const Quantization& quantization, DType dtype) {
  Json out = Json::object();
  switch (quantization.kind) {
    case Quantization::Kind::Float16:
      out.set("dtype", "float16");
      break;
    case Quantization::Kind::Uint8:
    case Quantization::Kind::Uint16:
      out.set("dtype", quantization.kind == Quantization::Kind::Uint8 ? "uint8" : "uint16");
      out.set("min", quantization.min);
      out.set("scale", quantization.scale);
      break;
  }
  out.set("original_dtype", name(dtype));
  return out;
}

}  // namespace

Json to_json(const WeightSpec& spec) {
  if (!spec.source.is_null()) return spec.source;
  Json::Array shape;
  for (std::int64_t dim : spec.tensor.shape.dims()) shape.emplace_back(dim);
  Json out = Json::object(
      {{"name", spec.name}, {"shape", std::move(shape)}, {"dtype", name(spec.tensor.dtype)}});
  if (!spec.group.empty()) out.set("group", spec.group);
  if (spec.quantization) {
    out.set("quantization", quantization_json(*spec.quantization, spec.tensor.dtype));
  }
  return out;
}

WeightSpec parse_weight_spec(const Json& entry, const std::string& what) {
  WeightSpec spec;
  entry.as_object(cat(what, ": a weight"));
  spec.name = entry.at("name", cat(what, ": a weight")).as_string(cat(what, ": a weight's name"));
  const std::string weight = cat(what, ": weight ", quoted(spec.name));

  const std::string& dtype = entry.at("dtype", weight).as_string(cat(weight, ": dtype"));
  const std::optional<DType> known = parse_dtype(dtype);
  if (!known) {
    throw corrupt_data(weight, ": dtype must be float32, int32, bool, string or complex64, got ",
                       quoted(dtype));
  }
  spec.tensor.dtype = *known;
  spec.tensor.shape = parse_weight_shape(entry.at("shape", weight), weight);
  check_byte_size(spec.tensor, weight);

  const Json* group = entry.find("group");
  if (group != nullptr && !group->is_null()) spec.group = group->as_string(cat(weight, ": group"));
  const Json* quantization = entry.find("quantization");
  if (quantization != nullptr && !quantization->is_null()) {
    spec.quantization = parse_quantization(*quantization, spec.tensor.dtype, weight);
  }
  spec.source = entry;
  return spec;
}

}  // namespace tfjs::io
