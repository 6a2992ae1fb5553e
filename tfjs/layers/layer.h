// The base of all layers, a model's own included. A layer's file holds its config, weights, shape
// rule, mask rule and call; registering it is a line of layers.def.
//
//   class Scale : public tfjs::layers::Layer {                       // a custom layer
//    public:
//     std::string class_name() const override { return "Scale"; }
//     void describe(Config& c) override { c("factor", factor_); describe_base(c); }
//     std::vector<Tensor> call(const std::vector<Tensor>& x, CallContext&) override {
//       return {ops::mul(x[0], Tensor::scalar(factor_))};
//     }
//    private:
//     float factor_ = 1;
//   };
//   layers::default_layers().add<Scale>("Scale");
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tfjs/layers/config.h"
#include "tfjs/layers/shape_option.h"
#include "tfjs/layers/symbolic_tensor.h"
#include "tfjs/layers/variable.h"

namespace tfjs::layers {

/// State of stateful layers during one trace: each state variable becomes an input and an output of
/// the Program.
class StateTrace {
 public:
  virtual ~StateTrace() = default;
  virtual Tensor read(const VariablePtr& state) = 0;
  virtual void write(const VariablePtr& state, const Tensor& value) = 0;
};

/// What a call gets besides its inputs.
struct CallContext {
  bool training = false;
  /// Per input its mask (bool, [batch, time]) or an empty Tensor. May be shorter than the inputs.
  std::vector<Tensor> masks;
  /// Set while a stateful model is traced.
  StateTrace* states = nullptr;
  /// Set by layers whose call works out its outputs' masks on the way (models); compute_mask is
  /// asked otherwise.
  std::optional<std::vector<Tensor>> output_masks = {};

  Tensor mask(std::size_t input) const { return input < masks.size() ? masks[input] : Tensor(); }
};

/// Options every layer has. As the tail of each layer's options struct: TFJS_LAYER_OPTIONS.
struct BaseOptions {
  std::string name;
  std::optional<Shape> input_shape;        ///< without the batch axis
  std::optional<Shape> batch_input_shape;  ///< with it
  std::optional<std::string> dtype;
  bool trainable = true;
};

/// The common options, last in a layer's options struct, so that designated initializers can name
/// them: `dense({.units = 16, .activation = "relu", .input_shape = {8}})`.
#define TFJS_LAYER_OPTIONS                                           \
  std::string name = {};                                             \
  ::tfjs::layers::ShapeOption input_shape = {};                      \
  ::tfjs::layers::ShapeOption batch_input_shape = {};                \
  ::std::optional<std::string> dtype = {};                           \
  bool trainable = true;                                             \
  ::tfjs::layers::BaseOptions base_options() const {                 \
    return {name, input_shape, batch_input_shape, dtype, trainable}; \
  }

class Layer : public std::enable_shared_from_this<Layer> {
 public:
  virtual ~Layer();
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;

  /// As in model.json: "Conv2D".
  virtual std::string class_name() const = 0;

  /// Reads or writes the config. Call describe_base(c) where the common keys stand (last, for
  /// most).
  virtual void describe(Config& c) = 0;
  /// Checks what describe or the options gave. Errors: InvalidArgument.
  virtual void validate() {}
  /// The name for a layer that got none: default_layer_name(class_name()), for most.
  virtual std::string default_name() const;
  /// The config object of model.json.
  Json config();

  const std::string& name() const { return name_; }
  void set_name(std::string name) { name_ = std::move(name); }
  bool trainable() const { return trainable_; }
  virtual void set_trainable(bool trainable) { trainable_ = trainable; }
  /// [batch, ...] the layer was told to expect, if it was.
  const std::optional<Shape>& batch_input_shape() const { return batch_input_shape_; }
  const std::string& dtype() const { return dtype_; }

  /// Makes the weights for inputs of these shapes, once. Override to call add_weight; unknown dims
  /// are kUnknown.
  virtual void build(const std::vector<Shape>& inputs) {}
  /// build() at the first call, under the name scope of this layer.
  void ensure_built(const std::vector<Shape>& inputs);
  /// The same without a scope of its own: weights of a wrapped layer are named after the wrapper.
  void ensure_built_unscoped(const std::vector<Shape>& inputs);
  bool is_built() const { return built_; }

  /// Shapes of the outputs, batch axis included. Errors: InvalidArgument naming layer, expected and
  /// found.
  virtual std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs);

  /// The forward pass, written with ops; called while tracing and eagerly. Shapes are known here.
  virtual std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) = 0;

  virtual bool supports_masking() const { return false; }
  /// Masks of the outputs. By default the first input's mask for each output when
  /// supports_masking(), else none.
  virtual std::vector<Tensor> compute_mask(const std::vector<Tensor>& inputs,
                                           const std::vector<Tensor>& masks, std::size_t outputs);

  /// Weights in creation order, nested layers in place. `weights` = trainable, then the others.
  virtual std::vector<VariablePtr> trainable_weights() const;
  virtual std::vector<VariablePtr> non_trainable_weights() const;
  std::vector<VariablePtr> weights() const;
  std::int64_t count_params() const;
  /// State variables of stateful layers (h, c); not weights. reset_states zeroes them.
  virtual std::vector<VariablePtr> state_variables() const { return {}; }
  virtual bool is_stateful() const { return false; }
  virtual void reset_states() {}
  /// True for a model: its config may be a bare list of layers, as old Keras wrote Sequential.
  virtual bool takes_layer_list() const { return false; }
  /// Layers inside this one (wrappers, containers).
  virtual std::vector<LayerPtr> inner_layers() const { return {}; }
  /// True when each sample's result depends on that sample alone at inference. Batches may then be
  /// cut freely.
  virtual bool is_batch_independent() const { return true; }

  /// Wires the layer into a functional model: builds it if need be and records a Node.
  std::vector<SymbolicTensor> apply_all(const std::vector<SymbolicTensor>& inputs,
                                        Json kwargs = Json::object());
  SymbolicTensor apply(const SymbolicTensor& input) { return apply_all({input})[0]; }
  SymbolicTensor apply(const std::vector<SymbolicTensor>& inputs) { return apply_all(inputs)[0]; }

  /// Calls made so far, those that nobody holds a tensor of included.
  int node_count() const { return static_cast<int>(nodes_.size()); }
  /// Index in model.json of the first call: 1 for a model, whose node 0 is its own definition.
  virtual int first_call_index() const { return 0; }
  SymbolicTensor output(int node_index, int tensor_index);
  /// All outputs of a call; none when nobody holds a tensor of it any more.
  /// Errors: InvalidArgument when there was no such call.
  std::vector<SymbolicTensor> outputs_of(int node_index);

 protected:
  Layer() = default;
  explicit Layer(const BaseOptions& options);

  /// name, trainable[, batch_input_shape][, dtype].
  void describe_base(Config& c);
  /// Adds a weight "<scope>/<name>". Call in build().
  VariablePtr add_weight(const std::string& name, const Shape& shape,
                         const Initializer& initializer, const Regularizer& regularizer = {},
                         const Constraint& constraint = {}, bool trainable = true);
  /// Dtypes of the outputs; float32 in Keras's layers.
  virtual DType output_dtype() const { return DType::Float32; }

  std::string name_;
  bool trainable_ = true;
  std::optional<Shape> batch_input_shape_;
  std::string dtype_ = "float32";
  bool has_dtype_ = false;  ///< whether the config writes dtype
  bool built_ = false;
  std::vector<VariablePtr> own_weights_;
  /// Records node 0 of input layers and models: the one that the layer itself keeps.
  void set_own_node(Node node);

  std::vector<std::weak_ptr<const Node>> nodes_;
  std::shared_ptr<const Node> own_node_;

  friend class InputLayer;
};

/// `prefix` and a process-wide number that counts up from 1 for each prefix: "input1".
std::string unique_name(const std::string& prefix);

/// The layer's class_name in snake case and a process-wide number: "dense_Dense1".
std::string default_layer_name(const std::string& class_name);

/// Last step of making a layer: gives it a name if it has none and checks its options. Factories
/// end with it.
LayerPtr finish(LayerPtr layer);

/// Names the weights made while in scope "<outer>/<name>/<weight>"; layers open one around build().
class NameScope {
 public:
  explicit NameScope(const std::string& name);
  ~NameScope();
  NameScope(const NameScope&) = delete;
  static std::string weight_name(const std::string& weight);
};

/// Layer classes by name: the built-in ones and those a program adds.
class LayerRegistry {
 public:
  using Factory = std::function<std::shared_ptr<Layer>()>;  ///< makes an unconfigured layer

  template <class L>
  void add(const std::string& class_name) {
    add(class_name, [] { return std::make_shared<L>(); });
  }
  void add(const std::string& class_name, Factory factory);

  /// From {class_name, config}: made, configured, checked. `what` names the model in messages.
  /// Errors: NotFound for an unknown class, naming it, `what` and the close names; CorruptData;
  /// InvalidArgument.
  LayerPtr make(const Json& json, const std::string& what) const;
  std::vector<std::string> class_names() const;

 private:
  std::map<std::string, Factory, std::less<>> factories_;
};

/// The built-in layers (layers.def) plus what the program added.
LayerRegistry& default_layers();

/// Calls a layer on tensors, its masks included: what functional models and wrappers use.
struct CallResult {
  std::vector<Tensor> outputs;
  std::vector<Tensor> masks;
};
CallResult call_layer(Layer& layer, const std::vector<Tensor>& inputs,
                      const std::vector<Tensor>& masks, bool training, StateTrace* states);

}  // namespace tfjs::layers
