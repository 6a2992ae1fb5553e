#include "tfjs/layers/functional.h"

#include <unordered_map>
#include <unordered_set>

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/functional_config.h"

namespace tfjs::layers {
namespace {

class Functional : public Container {
 public:
  explicit Functional(std::string class_name) : class_name_(std::move(class_name)) {}

  void wire(Wiring wiring) {
    wiring_ = std::move(wiring);
    check_inputs();
    order_ = order_network(wiring_.outputs);
    check_calls();
    make_steps();
    define();
  }

  /// "Model" when built in code; "Functional" when the file said so.
  std::string class_name() const override { return class_name_; }
  std::string default_name() const override { return unique_name("model"); }

  void describe(Config& c) override {
    c("name", name_);
    if (c.reading()) {
      if (name_.empty()) name_ = default_name();
      return wire(read_wiring(c));
    }
    write_wiring(c, wiring_, order_);
  }

  const std::vector<LayerPtr>& layers() const override { return order_.layers; }
  const std::vector<SymbolicTensor>& inputs() const override { return wiring_.inputs; }
  const std::vector<SymbolicTensor>& outputs() const override { return wiring_.outputs; }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    std::vector<Tensor> values(value_count_), masks(value_count_);
    for (std::size_t i = 0; i < input_slots_.size(); ++i) {
      values[input_slots_[i]] = inputs.at(i);
      masks[input_slots_[i]] = context.mask(i);
    }
    for (const Step& step : steps_) {
      CallResult result = call_layer(*step.layer, pick(values, step.inputs),
                                     pick(masks, step.inputs), context.training, context.states);
      for (std::size_t i = 0; i < result.outputs.size(); ++i) {
        values[step.first_output + i] = std::move(result.outputs[i]);
        if (i < result.masks.size()) masks[step.first_output + i] = std::move(result.masks[i]);
      }
    }
    context.output_masks = pick(masks, output_slots_);
    return pick(values, output_slots_);
  }

 protected:
  std::vector<Shape> infer_shapes(const std::vector<Shape>& inputs) override {
    std::vector<Shape> shapes(value_count_);
    for (std::size_t i = 0; i < input_slots_.size(); ++i) shapes[input_slots_[i]] = inputs[i];
    for (const Step& step : steps_) {
      std::vector<Shape> out = step.layer->compute_output_shape(pick(shapes, step.inputs));
      for (std::size_t i = 0; i < out.size(); ++i) shapes[step.first_output + i] = out[i];
    }
    return pick(shapes, output_slots_);
  }

 private:
  /// A call whose tensors have become places in one list of values.
  struct Step {
    Layer* layer = nullptr;
    std::vector<std::size_t> inputs;
    std::size_t first_output = 0;
  };

  template <class T>
  static std::vector<T> pick(const std::vector<T>& from, const std::vector<std::size_t>& slots) {
    std::vector<T> out;
    out.reserve(slots.size());
    for (std::size_t slot : slots) out.push_back(from[slot]);
    return out;
  }

  void check_inputs() const {
    if (wiring_.inputs.empty() || wiring_.outputs.empty()) {
      throw invalid_argument("model ", quoted(name_), ": needs at least one input and one output");
    }
    std::unordered_set<const Node*> seen;
    for (const SymbolicTensor& input : wiring_.inputs) {
      if (input.node == nullptr || !input.node->inputs.empty()) {
        throw invalid_argument("model ", quoted(name_), ": input ", quoted(input.layer->name()),
                               " is not the output of an input layer");
      }
      if (!seen.insert(input.node.get()).second) {
        throw invalid_argument("model ", quoted(name_), ": input ", quoted(input.layer->name()),
                               " comes twice");
      }
    }
  }

  void check_calls() {
    std::unordered_set<const Node*> given;
    for (const SymbolicTensor& input : wiring_.inputs) given.insert(input.node.get());
    std::vector<LayerPtr> called;
    for (const NetworkCall& call : order_.calls) {
      called.push_back(call.layer);
      if (call.node->inputs.empty() && !given.contains(call.node.get())) {
        throw invalid_argument("model ", quoted(name_), ": its outputs need input layer ",
                               quoted(call.layer->name()), ", which is not among its inputs (",
                               join(input_names(), ", "), ")");
      }
    }
    count_calls(called);
    std::unordered_set<std::string> names;
    for (const LayerPtr& layer : order_.layers) {
      if (!names.insert(layer->name()).second) {
        throw invalid_argument("model ", quoted(name_), ": two layers are named ",
                               quoted(layer->name()));
      }
    }
  }

  void make_steps() {
    std::unordered_map<const Node*, std::size_t> first_slot;
    for (const SymbolicTensor& input : wiring_.inputs) {
      first_slot[input.node.get()] = value_count_;
      input_slots_.push_back(value_count_++);
    }
    const auto slot = [&](const SymbolicTensor& tensor) {
      return first_slot.at(tensor.node.get()) + static_cast<std::size_t>(tensor.tensor_index);
    };
    for (const NetworkCall& call : order_.calls) {
      if (call.node->inputs.empty()) continue;
      Step step{call.layer.get(), {}, value_count_};
      for (const SymbolicTensor& input : call.node->inputs) step.inputs.push_back(slot(input));
      first_slot[call.node.get()] = value_count_;
      value_count_ += call.node->outputs.size();
      steps_.push_back(std::move(step));
    }
    for (const SymbolicTensor& output : wiring_.outputs) output_slots_.push_back(slot(output));
  }

  std::string class_name_;
  Wiring wiring_;
  NetworkOrder order_;
  std::vector<Step> steps_;
  std::vector<std::size_t> input_slots_, output_slots_;
  std::size_t value_count_ = 0;
};

}  // namespace

ContainerPtr functional(FunctionalOptions options) {
  auto model = std::make_shared<Functional>("Model");
  model->set_name(options.name.empty() ? model->default_name() : std::move(options.name));
  model->wire({std::move(options.inputs), std::move(options.outputs)});
  return model;
}

LayerPtr make_Model() {
  return std::make_shared<Functional>("Model");
}
LayerPtr make_Functional() {
  return std::make_shared<Functional>("Functional");
}

}  // namespace tfjs::layers
