#include "web/bindings/request.h"

#include <cstdlib>
#include <map>
#include <optional>
#include <unordered_map>

#include "tfjs/base/error.h"
#include "tfjs/layers/layer.h"
#include "web/bindings/handed_over.h"

namespace tfjs::web {
namespace {

/// Objects by the numbers that JavaScript holds.
template <class Object>
class Table {
 public:
  explicit Table(const char* kind) : kind_(kind) {}

  std::int64_t add(Object object) {
    objects_.emplace(++last_, std::move(object));
    return last_;
  }
  /// nullptr when nobody has the number.
  const Object* find(std::int64_t number) const {
    const auto found = objects_.find(number);
    return found == objects_.end() ? nullptr : &found->second;
  }
  const Object& at(std::int64_t number) const {
    const Object* found = find(number);
    if (found == nullptr) throw not_found("no ", kind_, " has the number ", number);
    return *found;
  }
  void forget(std::int64_t number) { objects_.erase(number); }

 private:
  const char* kind_;
  std::int64_t last_ = 0;
  std::map<std::int64_t, Object> objects_;
};

Table<layers::LayerPtr>& layer_table() {
  static Table<layers::LayerPtr> table("layer");
  return table;
}
/// Layers keep their number as long as JavaScript holds it, so that it can compare them.
std::map<const layers::Layer*, std::int64_t>& layer_numbers() {
  static std::map<const layers::Layer*, std::int64_t> numbers;
  return numbers;
}
Table<layers::SymbolicTensor>& symbolic_tensor_table() {
  static Table<layers::SymbolicTensor> table("symbolic tensor");
  return table;
}
Table<models::LayersModel>& model_table() {
  static Table<models::LayersModel> table("model");
  return table;
}

/// Buffers of allocate() that nobody has taken, and their sizes.
std::unordered_map<void*, std::size_t>& untaken() {
  static std::unordered_map<void*, std::size_t> buffers;
  return buffers;
}

std::vector<Bytes>& loans() {
  static std::vector<Bytes> bytes;
  return bytes;
}

Bytes take_buffer(const Json& json, const std::string& what) {
  const Json::Array& parts = json.as_array(what);
  if (parts.size() != 2) throw invalid_argument(what, ": expected [address, size]");
  auto* data = reinterpret_cast<std::byte*>(static_cast<std::uintptr_t>(parts[0].as_integer(what)));
  const auto size = static_cast<std::size_t>(parts[1].as_integer(what));
  take(data, size);
  return Bytes(std::shared_ptr<void>(data, [](void* p) { std::free(p); }), {data, size});
}

Tensor take_tensor(const Json& json, const std::string& what) {
  const std::string& dtype_name = json.at("dtype", what).as_string(what);
  const std::optional<DType> dtype = parse_dtype(dtype_name);
  if (!dtype) throw invalid_argument(what, ": unknown dtype ", quoted(dtype_name));
  Shape shape = parse_shape(json.at("shape", what), what);
  if (*dtype != DType::String) {
    return Tensor::from_bytes(*dtype, std::move(shape), take_buffer(json.at("bytes", what), what));
  }
  std::vector<std::string> values;
  for (const Json& value : json.at("values", what).as_array(what)) {
    values.push_back(value.as_string(what));
  }
  return Tensor::of(std::move(values), std::move(shape));
}

}  // namespace

const Json* Request::find(std::string_view key) const {
  const Json* found = arguments_.find(key);
  return found == nullptr || found->is_null() ? nullptr : found;
}

std::string Request::what(std::string_view key) const {
  return cat(call_, ": ", key);
}
std::string Request::text(std::string_view key) const {
  return at(key).as_string(what(key));
}
std::int64_t Request::integer(std::string_view key, std::int64_t otherwise) const {
  const Json* found = find(key);
  return found == nullptr ? otherwise : found->as_integer(what(key));
}
bool Request::flag(std::string_view key, bool otherwise) const {
  const Json* found = find(key);
  return found == nullptr ? otherwise : found->as_bool(what(key));
}

layers::LayerPtr Request::layer(std::string_view key) const {
  return layer_table().at(at(key).as_integer(what(key)));
}
layers::SymbolicTensor Request::symbolic_tensor(std::string_view key) const {
  return symbolic_tensor_table().at(at(key).as_integer(what(key)));
}
std::vector<layers::SymbolicTensor> Request::symbolic_tensors(std::string_view key) const {
  std::vector<layers::SymbolicTensor> tensors;
  for (const Json& number : at(key).as_array(what(key))) {
    tensors.push_back(symbolic_tensor_table().at(number.as_integer(what(key))));
  }
  return tensors;
}
models::LayersModel Request::model(std::string_view key) const {
  return model_table().at(at(key).as_integer(what(key)));
}

std::vector<Bytes> Request::take_bytes(std::string_view key) const {
  std::vector<Bytes> all;
  for (const Json& bytes : at(key).as_array(what(key)))
    all.push_back(take_buffer(bytes, what(key)));
  return all;
}
std::vector<Tensor> Request::take_tensors(std::string_view key) const {
  std::vector<Tensor> tensors;
  for (const Json& tensor : at(key).as_array(what(key))) {
    tensors.push_back(take_tensor(tensor, what(key)));
  }
  return tensors;
}

Json number_of(const layers::LayerPtr& layer) {
  auto [entry, is_new] = layer_numbers().try_emplace(layer.get(), 0);
  if (is_new) entry->second = layer_table().add(layer);
  return Json(entry->second);
}
Json number_of(const layers::SymbolicTensor& tensor) {
  return Json(symbolic_tensor_table().add(tensor));
}
Json number_of(const models::LayersModel& model) {
  return Json(model_table().add(model));
}

void forget_layer(std::int64_t number) {
  const layers::LayerPtr* layer = layer_table().find(number);
  if (layer == nullptr) return;
  layer_numbers().erase(layer->get());
  layer_table().forget(number);
}
void forget_unused(layers::LayerPtr layer) {
  const auto found = layer_numbers().find(layer.get());
  if (found != layer_numbers().end() && layer.use_count() == 2) forget_layer(found->second);
}
void forget_symbolic_tensor(std::int64_t number) {
  symbolic_tensor_table().forget(number);
}
void forget_model(std::int64_t number) {
  model_table().forget(number);
}

Json lend(const Bytes& bytes) {
  loans().push_back(bytes);
  return Json::array({reinterpret_cast<std::uintptr_t>(bytes.data()), bytes.size()});
}

Json lend(const std::vector<Tensor>& tensors) {
  Json::Array lent;
  for (const Tensor& tensor : tensors) {
    Json json = Json::object({{"dtype", name(tensor.dtype())}, {"shape", to_json(tensor.shape())}});
    if (tensor.dtype() == DType::String) {
      Json::Array values;
      for (const std::string& value : tensor.string_values()) values.push_back(Json(value));
      json.set("values", Json(std::move(values)));
    } else {
      json.set("bytes", lend(tensor.bytes()));
    }
    lent.push_back(std::move(json));
  }
  return Json(std::move(lent));
}

void* allocate(std::size_t size) {
  void* buffer = std::aligned_alloc(64, (size + 63) / 64 * 64 + 64);
  if (buffer != nullptr) untaken().emplace(buffer, size);
  return buffer;
}

void take(void* buffer, std::size_t size) {
  const auto found = untaken().find(buffer);
  if (found == untaken().end() || size > found->second) {
    throw internal_error("no buffer of ", size, " bytes was given");
  }
  untaken().erase(found);
}

void free_untaken() {
  for (const auto& entry : untaken()) std::free(entry.first);
  untaken().clear();
}

void end_loans() {
  loans().clear();
}

Json to_json(const Shape& shape) {
  Json::Array dims;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    dims.push_back(shape[axis] == kUnknown ? Json() : Json(shape[axis]));
  }
  return Json(std::move(dims));
}

Shape parse_shape(const Json& json, const std::string& what) {
  std::vector<std::int64_t> dims;
  for (const Json& dim : json.as_array(what)) {
    dims.push_back(dim.is_null() ? kUnknown : dim.as_integer(what));
  }
  return Shape(std::move(dims));
}

}  // namespace tfjs::web
