// A graph of layers as one layer: tf.model({inputs, outputs}), and what "Model"/"Functional"
// topologies load into.
#pragma once

#include <string>
#include <vector>

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

struct FunctionalOptions {
  std::vector<SymbolicTensor> inputs;
  std::vector<SymbolicTensor> outputs;
  std::string name = {};
};

/// What Sequential and Functional share: layers in model.json's order, named inputs and outputs,
/// weights in file order.
class Container : public Layer {
 public:
  /// Layers in the order of model.json.
  virtual const std::vector<LayerPtr>& layers() const = 0;
  virtual const std::vector<SymbolicTensor>& inputs() const = 0;
  virtual const std::vector<SymbolicTensor>& outputs() const = 0;
  std::vector<std::string> input_names() const;
  std::vector<std::string> output_names() const;
  /// Errors: NotFound with the close names.
  LayerPtr get_layer(const std::string& name) const;

  std::vector<LayerPtr> inner_layers() const override { return layers(); }
  std::vector<VariablePtr> trainable_weights() const override;
  std::vector<VariablePtr> non_trainable_weights() const override;
  std::vector<VariablePtr> state_variables() const override;
  bool is_stateful() const override;
  void reset_states() override;
  void set_trainable(bool trainable) override;
  bool is_batch_independent() const override;
};

class Functional : public Container {
 public:
  Functional() = default;  ///< to be configured by describe()
  explicit Functional(const FunctionalOptions& options);

  /// "Model" when built in code; "Functional" when the file said so.
  std::string class_name() const override { return class_name_; }
  void describe(Config& c) override;
  const std::vector<LayerPtr>& layers() const override { return layers_; }
  const std::vector<SymbolicTensor>& inputs() const override { return inputs_; }
  const std::vector<SymbolicTensor>& outputs() const override { return outputs_; }
  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override;
  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override;
  bool supports_masking() const override { return true; }
  std::vector<Tensor> compute_mask(const std::vector<Tensor>& inputs,
                                   const std::vector<Tensor>& masks, std::size_t outputs) override;

 private:
  friend class Sequential;
  std::string class_name_ = "Model";
  std::vector<LayerPtr> layers_;
  std::vector<SymbolicTensor> inputs_;
  std::vector<SymbolicTensor> outputs_;
};

}  // namespace tfjs::layers
