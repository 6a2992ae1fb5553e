#include "tfjs/layers/layer.h"

#include <mutex>

#include "tfjs/base/error.h"

namespace tfjs::layers {
namespace {

thread_local std::vector<std::string> scope_names;

/// As TensorFlow.js requires of tensor names: ^[A-Za-z0-9][-A-Za-z0-9._/]*$
bool is_valid_weight_name(const std::string& name) {
  const auto is_alphanumeric = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  if (name.empty() || !is_alphanumeric(name[0])) return false;
  for (char c : name) {
    if (!is_alphanumeric(c) && c != '-' && c != '.' && c != '_' && c != '/') return false;
  }
  return true;
}

/// The name of a dtype in a config: text, or Keras 3's {class_name: "DTypePolicy", config: {name}}.
const std::string& dtype_text(const Json& json, const std::string& what) {
  if (!json.is_object()) return json.as_string(what);
  return json.at("config", what).at("name", what).as_string(what);
}

Shape with_batch_axis(const Shape& shape) {
  return concat(Shape{kUnknown}, shape);
}

/// What a config says in the words of layer options: input_shape and batch_size.
std::optional<Shape> shape_without_batch(Config& c) {
  std::optional<Shape> shape;
  c.shape("input_shape", shape);
  if (!shape) return std::nullopt;
  std::int64_t batch = kUnknown;
  if (c.find("batch_size") != nullptr) c.positive("batch_size", batch);
  return concat(Shape{batch}, *shape);
}

void append_all(std::vector<VariablePtr>& out, std::vector<VariablePtr> more) {
  out.insert(out.end(), more.begin(), more.end());
}

}  // namespace

std::string unique_name(const std::string& prefix) {
  static std::mutex mutex;
  static std::map<std::string, int> counters;
  std::lock_guard lock(mutex);
  return cat(prefix, ++counters[prefix]);
}

std::string default_layer_name(const std::string& class_name) {
  return cat(to_snake_case(class_name), "_", unique_name(class_name));
}

LayerPtr finish(LayerPtr layer) {
  if (layer->name().empty()) layer->set_name(layer->default_name());
  layer->validate();
  return layer;
}

NameScope::NameScope(const std::string& name) {
  scope_names.push_back(name);
}
NameScope::~NameScope() {
  scope_names.pop_back();
}

std::string NameScope::weight_name(const std::string& weight) {
  std::string out;
  for (const std::string& name : scope_names) out += name + "/";
  return out + weight;
}

Layer::Layer(const BaseOptions& options) : name_(options.name), trainable_(options.trainable) {
  if (options.batch_input_shape) {
    batch_input_shape_ = options.batch_input_shape;
  } else if (options.input_shape) {
    batch_input_shape_ = with_batch_axis(*options.input_shape);
  }
  has_dtype_ = batch_input_shape_.has_value();
  if (options.dtype) dtype_ = *options.dtype;
}

Layer::~Layer() = default;

std::string Layer::default_name() const {
  return default_layer_name(class_name());
}

Json Layer::config() {
  Config c = Config::writer();
  describe(c);
  return c.take();
}

void Layer::describe_base(Config& c) {
  c("name", name_);
  c("trainable", trainable_);
  if (c.reading()) {
    c.shape("batch_input_shape", batch_input_shape_);
    if (!batch_input_shape_) c.shape("batch_shape", batch_input_shape_);  // Keras 3
    if (!batch_input_shape_) batch_input_shape_ = shape_without_batch(c);
    if (const Json* dtype = c.find("dtype")) dtype_ = dtype_text(*dtype, c.where("dtype"));
    has_dtype_ = batch_input_shape_.has_value();
    return;
  }
  if (batch_input_shape_) c.shape("batch_input_shape", batch_input_shape_);
  if (has_dtype_) c("dtype", dtype_);
}

void Layer::ensure_built(const std::vector<Shape>& inputs) {
  if (built_) return;
  NameScope scope(name_);
  ensure_built_unscoped(inputs);
}

void Layer::ensure_built_unscoped(const std::vector<Shape>& inputs) {
  if (built_) return;
  build(inputs);
  built_ = true;
}

VariablePtr Layer::add_weight(const std::string& name, const Shape& shape,
                              const Initializer& initializer, const Regularizer& regularizer,
                              const Constraint& constraint, bool trainable) {
  std::string full_name = NameScope::weight_name(name);
  if (!is_valid_weight_name(full_name)) {
    throw invalid_argument("layer ", quoted(name_), ": ", quoted(full_name),
                           " is not a valid weight name: only A-Z a-z 0-9 . _ / - are allowed, and "
                           "the first must be a "
                           "letter or digit");
  }
  if (!shape.is_known()) {
    throw invalid_argument("layer ", quoted(name_), ": weight ", quoted(name),
                           " needs a known shape, got ", shape);
  }
  auto variable = std::make_shared<Variable>(
      std::move(full_name), TensorSpec{DType::Float32, shape}, initializer, constraint, trainable);
  variable->set_regularizer(regularizer);
  own_weights_.push_back(variable);
  return variable;
}

std::vector<Shape> Layer::compute_output_shape(const std::vector<Shape>& inputs) {
  return {inputs.at(0)};
}

std::vector<Tensor> Layer::compute_mask(const std::vector<Tensor>& inputs,
                                        const std::vector<Tensor>& masks, std::size_t outputs) {
  const bool passes = supports_masking() && !masks.empty();
  return std::vector<Tensor>(outputs, passes ? masks[0] : Tensor());
}

std::vector<VariablePtr> Layer::trainable_weights() const {
  std::vector<VariablePtr> out;
  if (!trainable_) return out;
  for (const VariablePtr& weight : own_weights_) {
    if (weight->trainable()) out.push_back(weight);
  }
  for (const LayerPtr& inner : inner_layers()) append_all(out, inner->trainable_weights());
  return out;
}

std::vector<VariablePtr> Layer::non_trainable_weights() const {
  std::vector<VariablePtr> out;
  if (!trainable_) {
    for (const VariablePtr& weight : own_weights_) {
      if (weight->trainable()) out.push_back(weight);
    }
  }
  for (const VariablePtr& weight : own_weights_) {
    if (!weight->trainable()) out.push_back(weight);
  }
  for (const LayerPtr& inner : inner_layers()) {
    append_all(out, trainable_ ? inner->non_trainable_weights() : inner->weights());
  }
  return out;
}

std::vector<VariablePtr> Layer::weights() const {
  std::vector<VariablePtr> out = trainable_weights();
  append_all(out, non_trainable_weights());
  return out;
}

std::int64_t Layer::count_params() const {
  std::int64_t count = 0;
  for (const VariablePtr& weight : weights()) count += weight->shape().size();
  return count;
}

std::vector<SymbolicTensor> Layer::apply_all(const std::vector<SymbolicTensor>& inputs,
                                             Json kwargs) {
  std::vector<Shape> shapes;
  for (const SymbolicTensor& input : inputs) shapes.push_back(input.shape());
  if (shapes.empty())
    throw invalid_argument("layer ", quoted(name_), ": apply needs at least one input");
  ensure_built(shapes);

  auto node = std::make_shared<Node>();
  node->inputs = inputs;
  node->kwargs = std::move(kwargs);
  for (Shape& shape : compute_output_shape(shapes))
    node->outputs.push_back({output_dtype(), std::move(shape)});
  nodes_.push_back(node);

  return outputs_of(node_count() - 1);
}

std::vector<SymbolicTensor> Layer::outputs_of(int node_index) {
  if (node_index < 0 || node_index >= node_count()) {
    throw invalid_argument("layer ", quoted(name_), ": has no call ", node_index);
  }
  std::vector<SymbolicTensor> outputs;
  const std::shared_ptr<const Node> node = nodes_[static_cast<std::size_t>(node_index)].lock();
  if (node == nullptr) return outputs;
  for (std::size_t i = 0; i < node->outputs.size(); ++i) {
    outputs.push_back(
        {shared_from_this(), node_index, static_cast<int>(i), node->outputs[i], node});
  }
  return outputs;
}

SymbolicTensor Layer::output(int node_index, int tensor_index) {
  std::vector<SymbolicTensor> outputs = outputs_of(node_index);
  if (tensor_index < 0 || static_cast<std::size_t>(tensor_index) >= outputs.size()) {
    throw invalid_argument("layer ", quoted(name_), ": call ", node_index, " has no output ",
                           tensor_index);
  }
  return outputs[static_cast<std::size_t>(tensor_index)];
}

void Layer::set_own_node(Node node) {
  own_node_ = std::make_shared<Node>(std::move(node));
  nodes_ = {own_node_};
}

CallResult call_layer(Layer& layer, const std::vector<Tensor>& inputs,
                      const std::vector<Tensor>& masks, bool training, StateTrace* states) {
  CallContext context{.training = training, .masks = masks, .states = states};
  CallResult result;
  result.outputs = layer.call(inputs, context);
  result.masks = context.output_masks ? std::move(*context.output_masks)
                                      : layer.compute_mask(inputs, masks, result.outputs.size());
  return result;
}

}  // namespace tfjs::layers
