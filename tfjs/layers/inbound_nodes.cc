// The forms in which files name the tensors of a call.
//   TensorFlow.js, Keras 2   [["conv", 0, 0, {}], ["add", 1, 0]]       kwargs may be missing
//   Keras 3                  {"args": [tensor, ...], "kwargs": {...}}  where a tensor is
//                            {"class_name": "__keras_tensor__", "config": {"keras_history": [...]}}
// A Python tuple may come as {"class_name": "__tuple__", "items": [...]}.

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/functional_config.h"

namespace tfjs::layers {
namespace {

const Json& without_tuple(const Json& json) {
  const Json* class_name = json.find("class_name");
  const Json* items = json.find("items");
  const bool is_tuple =
      class_name != nullptr && items != nullptr && *class_name == Json("__tuple__");
  return is_tuple ? *items : json;
}

std::int64_t index_of(const Json& json, const std::string& what) {
  const std::int64_t index = json.as_integer(what);
  if (index < 0 || index > 1'000'000'000)
    throw corrupt_data(what, ": index ", index, " is out of range");
  return index;
}

bool is_reference(const Json& json) {
  return json.is_array() && !json.as_array("").empty() && json.as_array("")[0].is_string();
}

TensorReference parse_reference(const Json& json, const std::string& what) {
  const Json::Array& parts = json.as_array(what);
  if (parts.size() < 3) {
    throw corrupt_data(what, ": expected [layer name, node index, tensor index], got ",
                       quoted(write_json(json)));
  }
  return {parts[0].as_string(cat(what, ": layer name")),
          index_of(parts[1], cat(what, ": node index")),
          index_of(parts[2], cat(what, ": tensor index"))};
}

void collect_references(const Json& json, const std::string& what,
                        std::vector<TensorReference>& out) {
  const Json& value = without_tuple(json);
  if (is_reference(value)) {
    out.push_back(parse_reference(value, what));
  } else if (value.is_object()) {
    for (const auto& [key, member] : value.as_object(what)) collect_references(member, what, out);
  } else {
    for (const Json& entry : value.as_array(what)) collect_references(entry, what, out);
  }
}

const Json* keras_history(const Json& json) {
  const Json* class_name = json.find("class_name");
  if (class_name == nullptr || !(*class_name == Json("__keras_tensor__"))) return nullptr;
  const Json* config = json.find("config");
  return config == nullptr ? nullptr : config->find("keras_history");
}

/// Every tensor within `json`, in order.
void collect_keras_tensors(const Json& json, const std::string& what,
                           std::vector<TensorReference>& out) {
  if (const Json* history = keras_history(json)) {
    out.push_back(parse_reference(*history, what));
    out.back().counts_calls = true;
  } else if (json.is_array()) {
    for (const Json& entry : json.as_array(what)) collect_keras_tensors(entry, what, out);
  } else if (json.is_object()) {
    for (const auto& [key, member] : json.as_object(what)) collect_keras_tensors(member, what, out);
  }
}

CallReference parse_keras3_call(const Json& node, const std::string& what) {
  CallReference call;
  collect_keras_tensors(node.at("args", what), cat(what, ".args"), call.inputs);
  const Json* kwargs = node.find("kwargs");
  if (kwargs == nullptr) return call;
  std::vector<Json::Member> plain;
  for (const auto& [key, value] : kwargs->as_object(cat(what, ".kwargs"))) {
    std::vector<TensorReference> tensors;
    collect_keras_tensors(value, cat(what, ".kwargs.", key), tensors);
    if (tensors.empty()) {
      plain.emplace_back(key, value);
    } else if (key == "initial_state" || key == "inputs") {
      // Both follow the positional tensors, as in TensorFlow.js's own files.
      call.inputs.insert(call.inputs.end(), tensors.begin(), tensors.end());
    } else if (key != "mask") {
      throw unsupported(what, ": call argument ", quoted(key), " is a tensor");
    }
    // A mask is not taken from the file: Masking and Embedding make it, and it is carried along.
  }
  call.kwargs = Json::object(std::move(plain));
  return call;
}

CallReference parse_call(const Json& json, const std::string& what) {
  const Json& node = without_tuple(json);
  if (node.is_object()) return parse_keras3_call(node, what);
  CallReference call;
  const auto add = [&](const Json& reference) {
    call.inputs.push_back(parse_reference(reference, what));
    const Json::Array& parts = reference.as_array(what);
    if (parts.size() > 3 && !parts[3].is_null()) {
      parts[3].as_object(cat(what, ": call arguments"));
      call.kwargs = parts[3];
    }
  };
  if (is_reference(node)) {
    add(node);
  } else {
    for (const Json& entry : node.as_array(what)) add(without_tuple(entry));
  }
  return call;
}

}  // namespace

std::vector<CallReference> parse_inbound_nodes(const Json& nodes, const std::string& what) {
  std::vector<CallReference> calls;
  if (nodes.is_null()) return calls;
  for (const Json& node : nodes.as_array(what)) {
    CallReference call = parse_call(node, what);
    if (!call.inputs.empty()) calls.push_back(std::move(call));
  }
  return calls;
}

std::vector<TensorReference> parse_references(const Json& json, const std::string& what) {
  std::vector<TensorReference> out;
  collect_references(json, what, out);
  return out;
}

}  // namespace tfjs::layers
