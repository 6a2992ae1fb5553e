#include "tfjs/layers/embedding.h"

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

class Embedding : public Layer {
 public:
  Embedding() = default;
  explicit Embedding(EmbeddingOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "Embedding"; }

  void describe(Config& c) override {
    c.positive("input_dim", options_.input_dim);
    c.positive("output_dim", options_.output_dim);
    c("embeddings_initializer", options_.embeddings_initializer);
    c("embeddings_regularizer", options_.embeddings_regularizer);
    c("activity_regularizer", options_.activity_regularizer);
    c("embeddings_constraint", options_.embeddings_constraint);
    c("mask_zero", options_.mask_zero);
    describe_input_length(c);
    describe_base(c);
  }

  void validate() override {
    check_positive(*this, "input_dim", options_.input_dim);
    check_positive(*this, "output_dim", options_.output_dim);
    for (std::int64_t length : options_.input_length) check_positive(*this, "input_length", length);
    if (batch_input_shape_) return;
    // An embedding works as a model's first layer without being told its input; TensorFlow.js
    // writes the shape, but not a dtype.
    batch_input_shape_ = Shape{kUnknown};
    if (options_.input_length.empty()) {
      batch_input_shape_ = batch_input_shape_->with_appended(kUnknown);
    } else {
      batch_input_shape_ = concat(*batch_input_shape_, Shape(options_.input_length));
    }
  }

  void build(const std::vector<Shape>& inputs) override {
    embeddings_ = add_weight("embeddings", {options_.input_dim, options_.output_dim},
                             options_.embeddings_initializer, options_.embeddings_regularizer,
                             options_.embeddings_constraint);
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    Shape x = one_input_at_least(*this, inputs, 1, "[batch, ...]");
    if (!options_.input_length.empty()) apply_input_length(x);
    return {x.with_appended(options_.output_dim)};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return {ops::gather(embeddings_->value(), ops::cast(inputs[0], DType::Int32), 0)};
  }

  bool supports_masking() const override { return options_.mask_zero.value_or(false); }

  std::vector<Tensor> compute_mask(const std::vector<Tensor>& inputs,
                                   const std::vector<Tensor>& masks, std::size_t outputs) override {
    if (!supports_masking()) return {Tensor()};
    return {ops::not_equal(ops::cast(inputs[0], DType::Float32), Tensor::scalar(0))};
  }

 private:
  void describe_input_length(Config& c) {
    const auto& lengths = options_.input_length;
    if (!c.reading()) {
      if (lengths.size() > 1) return c("input_length", options_.input_length);
      return c.write("input_length", lengths.empty() ? Json() : Json(lengths[0]));
    }
    const Json* json = c.find("input_length");
    if (json == nullptr) return;
    if (json->is_array()) return c("input_length", options_.input_length);
    options_.input_length = {json->as_integer(c.where("input_length"))};
  }

  void apply_input_length(Shape& x) const {
    const Shape sample = x.sub(1), told(options_.input_length);
    bool agrees = sample.rank() == told.rank();
    for (int i = 0; agrees && i < told.rank(); ++i) {
      agrees = sample[i] == kUnknown || sample[i] == told[i];
    }
    if (!agrees) {
      throw invalid_argument(label(*this), ": input_length is ", told, ", got input of shape ", x);
    }
    x = concat(Shape{x[0]}, told);
  }

  EmbeddingOptions options_;
  VariablePtr embeddings_;
};

}  // namespace

LayerPtr embedding(EmbeddingOptions options) {
  return finish(std::make_shared<Embedding>(std::move(options)));
}
LayerPtr make_Embedding() {
  return std::make_shared<Embedding>();
}

}  // namespace tfjs::layers
