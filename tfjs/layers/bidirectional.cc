#include "tfjs/layers/bidirectional.h"

#include "tfjs/base/error.h"
#include "tfjs/layers/rnn.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

/// Counts the Bidirectional layers being read within each other on this thread. Each makes its
/// layer three times, so that a file of a few kilobytes could ask for any number of layers.
class Nesting {
 public:
  explicit Nesting(const std::string& what) {
    if (depth_ == kMost) {
      throw invalid_argument(what, ": more than ", kMost,
                             " Bidirectional layers are within each other");
    }
    ++depth_;
  }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;
  ~Nesting() { --depth_; }

 private:
  static constexpr int kMost = 6;
  static thread_local int depth_;
};
thread_local int Nesting::depth_ = 0;

using MergeFn = Tensor (*)(const Tensor& forward, const Tensor& backward);

struct MergeMode {
  const char* name;
  MergeFn merge;
};

constexpr MergeMode kMergeModes[] = {
    {"concat",
     [](const Tensor& f, const Tensor& b) {
       return ops::concat({f, b}, -1);
     }},
    {"sum", [](const Tensor& f, const Tensor& b) { return ops::add(f, b); }},
    {"ave", [](const Tensor& f,
               const Tensor& b) { return ops::mul(ops::add(f, b), Tensor::scalar(0.5f)); }},
    {"mul", [](const Tensor& f, const Tensor& b) { return ops::mul(f, b); }},
};

class Bidirectional : public Layer {
 public:
  Bidirectional() = default;
  explicit Bidirectional(const BidirectionalOptions& options)
      : Layer(options.base_options()), merge_mode_(options.merge_mode) {
    if (options.layer == nullptr)
      throw invalid_argument("bidirectional ", quoted(name_), ": needs a layer");
    layer_ = described(*options.layer);
    make_layers(default_layers(), "bidirectional");
  }

  std::string class_name() const override { return "Bidirectional"; }

  void describe(Config& c) override {
    if (!c.reading()) {
      c.write("merge_mode", merge_mode_ ? Json(*merge_mode_) : Json());
      c.write("layer", layer_);
      if (!backward_layer_.is_null()) c.write("backward_layer", backward_layer_);
      describe_base(c);
      return;
    }
    const Nesting nesting(c.where("layer"));
    read_merge_mode(c);
    Json layer;
    c.json("layer", layer);
    if (layer.is_null())
      throw corrupt_data(c.where("layer"), " is missing: expected {class_name, config}");
    // Made once as it stands: gives a name to a layer without one, and one spelling to its options.
    layer_ = described(*c.registry().make(layer, c.where("layer")));
    c.json("backward_layer", backward_layer_);
    describe_base(c);
    make_layers(c.registry(), c.where("layer"));
  }

  void validate() override {
    merge_ = nullptr;
    if (!merge_mode_) return;
    std::vector<std::string> names;
    for (const MergeMode& mode : kMergeModes) {
      names.push_back(mode.name);
      if (*merge_mode_ == mode.name) merge_ = mode.merge;
    }
    if (merge_ == nullptr) {
      throw invalid_argument("bidirectional ", quoted(name_), ": merge_mode must be one of ",
                             join(names, ", "), " or null, got ", quoted(*merge_mode_));
    }
  }

  void build(const std::vector<Shape>& inputs) override {
    forward_->ensure_built({inputs.at(0)});
    backward_->ensure_built({inputs[0]});
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const std::vector<Shape> one = forward_->compute_output_shape({inputs.at(0)});
    Shape merged = one[0];
    if (merge_mode_ == "concat") {
      const std::int64_t backward_units = backward_->compute_output_shape({inputs[0]})[0].dim(-1);
      merged.set_dim(-1, merged.dim(-1) + backward_units);
    }
    std::vector<Shape> out = {merged};
    if (merge_ == nullptr) out.push_back(one[0]);
    for (int direction = 0; direction < 2; ++direction)
      out.insert(out.end(), one.begin() + 1, one.end());
    return out;
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    const std::vector<Tensor> states(inputs.begin() + 1, inputs.end());
    if (states.size() % 2 != 0) {
      throw invalid_argument("bidirectional ", quoted(name_),
                             ": initial states come in pairs (forward, backward), got ",
                             states.size());
    }
    const auto half = states.begin() + static_cast<std::ptrdiff_t>(states.size() / 2);
    const std::vector<Tensor> forward = run(*forward_, inputs[0], {states.begin(), half}, context);
    std::vector<Tensor> backward = run(*backward_, inputs[0], {half, states.end()}, context);
    if (returns_sequences()) backward[0] = ops::reverse(backward[0], 1);

    std::vector<Tensor> outputs;
    if (merge_ != nullptr) {
      outputs.push_back(merge_(forward[0], backward[0]));
    } else {
      outputs = {forward[0], backward[0]};
    }
    outputs.insert(outputs.end(), forward.begin() + 1, forward.end());
    outputs.insert(outputs.end(), backward.begin() + 1, backward.end());
    return outputs;
  }

  bool supports_masking() const override { return true; }
  std::vector<Tensor> compute_mask(const std::vector<Tensor>& inputs,
                                   const std::vector<Tensor>& masks, std::size_t outputs) override {
    std::vector<Tensor> out(outputs);
    if (masks.empty() || !returns_sequences()) return out;
    out[0] = masks[0];
    if (merge_ == nullptr) out[1] = masks[0];
    return out;
  }

  std::vector<LayerPtr> inner_layers() const override { return {forward_, backward_}; }
  bool is_stateful() const override { return forward_->is_stateful(); }
  bool is_batch_independent() const override { return forward_->is_batch_independent(); }
  void reset_states() override {
    forward_->reset_states();
    backward_->reset_states();
  }
  std::vector<VariablePtr> state_variables() const override {
    std::vector<VariablePtr> out = forward_->state_variables();
    for (const VariablePtr& variable : backward_->state_variables()) out.push_back(variable);
    return out;
  }
  void set_trainable(bool trainable) override {
    Layer::set_trainable(trainable);
    forward_->set_trainable(trainable);
    backward_->set_trainable(trainable);
  }

 private:
  /// An explicit null means two outputs; an absent key means the default.
  void read_merge_mode(Config& c) {
    Json given;
    c.json("merge_mode", given);
    if (!given.is_null()) {
      merge_mode_ = given.as_string(c.where("merge_mode"));
    } else if (c.has("merge_mode")) {
      merge_mode_.reset();
    }
  }

  void make_layers(const LayerRegistry& registry, const std::string& what) {
    const std::string inner_name = layer_.at("config", what).at("name", what).as_string(what);
    forward_ = registry.make(renamed(layer_, "forward_" + inner_name, what), what);
    Json mirrored = renamed(layer_, "backward_" + inner_name, what);
    Json config = mirrored.at("config", what);
    const Json* go_backwards = config.find("go_backwards");
    config.set("go_backwards", !(go_backwards != nullptr && go_backwards->as_bool(what)));
    mirrored.set("config", std::move(config));
    if (!backward_layer_.is_null()) {
      backward_ = registry.make(backward_layer_, what);
      backward_layer_ = described(*backward_);
      if (!(renamed(backward_layer_, "", what) == renamed(mirrored, "", what))) return;
      // Keras writes the backward layer always. TensorFlow.js does not know the key, so it goes
      // without where it says nothing new, and so do its names.
      backward_layer_ = Json();
    }
    backward_ = registry.make(mirrored, what);
  }

  static Json described(Layer& layer) {
    return Json::object({{"class_name", layer.class_name()}, {"config", layer.config()}});
  }

  static Json renamed(const Json& layer, const std::string& name, const std::string& what) {
    Json config = layer.at("config", what);
    config.set("name", name);
    Json out = layer;
    out.set("config", std::move(config));
    return out;
  }

  bool returns_sequences() const {
    const Json* flag = layer_.at("config", "bidirectional").find("return_sequences");
    return flag != nullptr && *flag == Json(true);
  }

  std::vector<Tensor> run(Layer& layer, const Tensor& x, std::vector<Tensor> states,
                          const CallContext& context) const {
    std::vector<Tensor> inputs = {x};
    inputs.insert(inputs.end(), states.begin(), states.end());
    return call_layer(layer, inputs, {context.mask(0)}, context.training, context.states).outputs;
  }

  Json layer_;           ///< {class_name, config} of the layer as the user named it
  Json backward_layer_;  ///< the same for the other direction where it is no mirror image; or null
  std::optional<std::string> merge_mode_ = "concat";
  MergeFn merge_ = nullptr;
  LayerPtr forward_;
  LayerPtr backward_;
};

}  // namespace

LayerPtr bidirectional(BidirectionalOptions options) {
  return finish(std::make_shared<Bidirectional>(options));
}
LayerPtr make_Bidirectional() {
  return std::make_shared<Bidirectional>();
}

}  // namespace tfjs::layers
