// One call from JavaScript: a JSON object of arguments in, a JSON value out (bindings.cc says how
// they travel). Objects that live here are known there by number; bytes by where they lie in
// WebAssembly's memory.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tfjs/base/bytes.h"
#include "tfjs/base/json.h"
#include "tfjs/core/tensor.h"
#include "tfjs/io/model_artifacts.h"
#include "tfjs/layers/symbolic_tensor.h"
#include "tfjs/models/layers_model.h"

namespace tfjs::web {

/// The arguments of a call, read with checks. Errors: InvalidArgument or CorruptData naming the
/// call and the argument; NotFound for a number nobody has.
class Request {
 public:
  Request(std::string call, Json arguments)
      : call_(std::move(call)), arguments_(std::move(arguments)) {}

  const std::string& call() const { return call_; }
  const Json& at(std::string_view key) const { return arguments_.at(key, call_); }
  /// nullptr when absent or null.
  const Json* find(std::string_view key) const;
  std::string text(std::string_view key) const;
  std::int64_t integer(std::string_view key, std::int64_t otherwise) const;
  bool flag(std::string_view key, bool otherwise) const;

  layers::LayerPtr layer(std::string_view key) const;
  layers::SymbolicTensor symbolic_tensor(std::string_view key) const;
  std::vector<layers::SymbolicTensor> symbolic_tensors(std::string_view key) const;
  models::LayersModel model(std::string_view key) const;

  /// A list of [address, size] of buffers that allocate() gave and that now belong to the core.
  std::vector<Bytes> take_bytes(std::string_view key) const;
  /// A list of {dtype, shape, bytes: [address, size]}, or {dtype: "string", shape, values}.
  std::vector<Tensor> take_tensors(std::string_view key) const;

 private:
  std::string what(std::string_view key) const;

  std::string call_;
  Json arguments_;
};

/// The numbers by which JavaScript knows these; the same layer always has the same number.
Json number_of(const layers::LayerPtr& layer);
Json number_of(const layers::SymbolicTensor& tensor);
Json number_of(const models::LayersModel& model);
template <class Object>
Json numbers_of(const std::vector<Object>& objects) {
  Json::Array numbers;
  for (const Object& object : objects) numbers.push_back(number_of(object));
  return Json(std::move(numbers));
}
/// Numbers that nobody has are forgotten already.
void forget_layer(std::int64_t number);
/// Forgets the layer's number, when there is one, unless somebody else holds the layer too.
void forget_unused(layers::LayerPtr layer);
void forget_symbolic_tensor(std::int64_t number);
void forget_model(std::int64_t number);

/// [address, size], readable until the next call. `owner` is kept till then.
Json lend(const Bytes& bytes);
/// As take_tensors reads them, readable until the next call.
Json lend(const std::vector<Tensor>& tensors);

Json to_json(const Shape& shape);
/// A list of integers, null where unknown.
Shape parse_shape(const Json& json, const std::string& what);

}  // namespace tfjs::web
