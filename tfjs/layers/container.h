// What Sequential and Functional share: layers in model.json's order, named inputs and outputs,
// weights in file order.
#pragma once

#include <string>
#include <vector>

#include "tfjs/layers/layer.h"

namespace tfjs::layers {

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

  /// Takes one more layer at the end. Errors: Unsupported for what is no Sequential.
  virtual void add(LayerPtr layer);

  std::vector<LayerPtr> inner_layers() const override { return layers(); }
  std::vector<VariablePtr> state_variables() const override;
  bool is_stateful() const override;
  void reset_states() override;
  /// Sets it on every layer inside too, so that it is saved: models have no such key of their own.
  void set_trainable(bool trainable) override;
  bool is_batch_independent() const override;
  int first_call_index() const override { return 1; }
  bool supports_masking() const override { return true; }
  std::vector<Tensor> compute_mask(const std::vector<Tensor>& inputs,
                                   const std::vector<Tensor>& masks, std::size_t outputs) override;
  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override;

 protected:
  /// The graph as tensors of node 0, which stands for the model's definition.
  void define();
  /// Output shapes for inputs that differ from the declared ones.
  virtual std::vector<Shape> infer_shapes(const std::vector<Shape>& inputs) = 0;
  /// Layer calls that one call of the model comes to. Errors: InvalidArgument naming the model when
  /// models within models multiply to more than anybody could run.
  void count_calls(const std::vector<LayerPtr>& called);

 private:
  std::int64_t calls_ = 0;
};

using ContainerPtr = std::shared_ptr<Container>;

}  // namespace tfjs::layers
