#include "tfjs/layers/random_width.h"

#include <cmath>

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/resize.h"

namespace tfjs::layers {
namespace {

class RandomSize : public Layer {
 public:
  explicit RandomSize(int axis) : axis_(axis) {}
  RandomSize(int axis, RandomSizeOptions options)
      : Layer(options.base_options()), axis_(axis), options_(std::move(options)) {}

  std::string class_name() const override { return axis_ == 1 ? "RandomHeight" : "RandomWidth"; }

  void describe(Config& c) override {
    describe_factor(c);
    c("interpolation", options_.interpolation);
    c("seed", options_.seed);
    describe_base(c);
  }

  void validate() override {
    check_choice(*this, "interpolation", options_.interpolation, {"bilinear", "nearest"});
    const auto& factor = options_.factor;
    const bool is_one = factor.size() == 1 && factor[0] > 0;
    const bool is_pair = factor.size() == 2 && factor[0] >= -1 && factor[0] <= factor[1];
    if (!is_one && !is_pair) {
      throw invalid_argument(
          label(*this),
          ": factor must be a positive number or two bounds of at least -1 in order, got ", factor);
    }
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    Shape x = one_input(*this, inputs, 4, "[batch, height, width, channels]");
    x.set_dim(axis_, is_fixed() && x[axis_] != kUnknown ? fixed_size(x[axis_]) : kUnknown);
    return {x};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    Tensor x = ops::cast(inputs[0], DType::Float32);
    if (!is_fixed()) return {x};
    Shape shape = x.shape();
    shape.set_dim(axis_, fixed_size(shape[axis_]));
    const auto interpolation = options_.interpolation == "nearest" ? ops::Interpolation::Nearest
                                                                   : ops::Interpolation::Bilinear;
    return {ops::resize(x, shape[1], shape[2], {.interpolation = interpolation})};
  }

 private:
  void describe_factor(Config& c) {
    auto& factor = options_.factor;
    if (!c.reading()) {
      if (factor.size() == 1) return c.write("factor", factor[0]);
      return c.write("factor", Json(Json::Array(factor.begin(), factor.end())));
    }
    const Json* json = c.find("factor");
    if (json == nullptr) return;
    if (json->is_number()) {
      factor = {json->as_number(c.where("factor"))};
      return;
    }
    for (const Json& bound : json->as_array(c.where("factor")))
      factor.push_back(bound.as_number(c.where("factor")));
  }

  bool is_fixed() const {
    return options_.factor.size() == 2 && options_.factor[0] == options_.factor[1];
  }

  std::int64_t fixed_size(std::int64_t size) const {
    // The factor is a float32 in TensorFlow.js; Math.round takes halves up.
    const double factor = static_cast<float>(1 + options_.factor[0]);
    const double result = std::floor(factor * static_cast<double>(size) + 0.5);
    if (!(result >= 1 && result <= 1e9)) {
      throw invalid_argument(label(*this), ": factor ", options_.factor, " makes an image of ",
                             size, " pixels ", result, " pixels");
    }
    return static_cast<std::int64_t>(result);
  }

  int axis_;
  RandomSizeOptions options_;
};

}  // namespace

LayerPtr random_width(RandomSizeOptions options) {
  return finish(std::make_shared<RandomSize>(2, std::move(options)));
}
LayerPtr random_height(RandomSizeOptions options) {
  return finish(std::make_shared<RandomSize>(1, std::move(options)));
}
LayerPtr make_RandomWidth() {
  return std::make_shared<RandomSize>(2);
}
LayerPtr make_RandomHeight() {
  return std::make_shared<RandomSize>(1);
}

}  // namespace tfjs::layers
