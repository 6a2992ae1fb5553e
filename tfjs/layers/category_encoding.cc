#include "tfjs/layers/category_encoding.h"

#include "tfjs/layers/internal/keras_extra.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/reduce.h"

namespace tfjs::layers {
namespace {

class CategoryEncoding : public Layer {
 public:
  CategoryEncoding() = default;
  explicit CategoryEncoding(CategoryEncodingOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "CategoryEncoding"; }

  void describe(Config& c) override {
    c.positive("num_tokens", options_.num_tokens);
    c("output_mode", options_.output_mode);
    describe_base(c);
    refuse_other(c, "sparse", false);
  }

  void validate() override {
    check_positive(*this, "num_tokens", options_.num_tokens);
    check_choice(*this, "output_mode", options_.output_mode, {"one_hot", "multi_hot", "count"});
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    Shape x = one_input_at_least(*this, inputs, 2, "[batch, ..., n]");
    if (keeps_positions(x)) return {x.with_appended(options_.num_tokens)};
    x.set_dim(-1, options_.num_tokens);
    return {x};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    Tensor each = ops::one_hot(ops::cast(inputs[0], DType::Int32), options_.num_tokens);
    if (keeps_positions(inputs[0].shape())) return {each};
    const auto kind = options_.output_mode == "count" ? ops::ReduceKind::Sum : ops::ReduceKind::Max;
    return {ops::reduce(kind, each, {-2})};
  }

 private:
  bool keeps_positions(const Shape& x) const {
    return options_.output_mode == "one_hot" && x[-1] != 1;
  }

  CategoryEncodingOptions options_;
};

}  // namespace

LayerPtr category_encoding(CategoryEncodingOptions options) {
  return finish(std::make_shared<CategoryEncoding>(std::move(options)));
}
LayerPtr make_CategoryEncoding() {
  return std::make_shared<CategoryEncoding>();
}

}  // namespace tfjs::layers
