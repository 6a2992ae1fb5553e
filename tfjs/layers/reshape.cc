#include "tfjs/layers/reshape.h"

#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

class Reshape : public Layer {
 public:
  Reshape() = default;
  explicit Reshape(ReshapeOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "Reshape"; }

  void describe(Config& c) override {
    describe_target(c);
    describe_base(c);
  }

  void validate() override {
    int unknown = 0;
    for (std::int64_t& dim : options_.target_shape) {
      if (dim < 0) {
        dim = kUnknown;
        ++unknown;
      }
    }
    if (unknown > 1) {
      throw invalid_argument(label(*this), ": only one entry of target_shape may be unknown, got ",
                             Shape(options_.target_shape));
    }
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const Shape& x = one_input_at_least(*this, inputs, 1, "[batch, ...]");
    return {concat(Shape{x[0]}, resolved(x.sub(1)))};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return {ops::reshape(inputs[0], compute_output_shape({inputs[0].shape()})[0])};
  }

 private:
  void describe_target(Config& c) {
    if (!c.reading()) {
      Json::Array dims;
      for (std::int64_t dim : options_.target_shape) dims.push_back(dim < 0 ? Json() : Json(dim));
      return c.write("target_shape", Json(std::move(dims)));
    }
    const std::string what = c.where("target_shape");
    const Json* target = c.find("target_shape");
    if (target == nullptr) throw corrupt_data(what, " is missing: expected a list of dimensions");
    for (const Json& dim : target->as_array(what)) {
      options_.target_shape.push_back(dim.is_null() ? kUnknown : dim.as_integer(what));
    }
  }

  /// The target for samples of shape `sample`, its unknown entry worked out if it can be.
  Shape resolved(const Shape& sample) const {
    Shape target(options_.target_shape);
    if (!sample.is_known()) return target;
    const auto& dims = target.dims();
    const auto unknown = std::find(dims.begin(), dims.end(), kUnknown);
    const bool is_open = unknown != dims.end();
    const int axis = static_cast<int>(unknown - dims.begin());
    if (is_open) target.set_dim(axis, 1);
    const std::int64_t size = sample.size(), known = target.size();
    if (is_open ? known == 0 || size % known != 0 : size != known) {
      throw invalid_argument(label(*this), ": samples of shape ", sample,
                             " do not fit target_shape ", Shape(options_.target_shape));
    }
    if (is_open) target.set_dim(axis, size / known);
    return target;
  }

  ReshapeOptions options_;
};

}  // namespace

LayerPtr reshape(ReshapeOptions options) {
  return finish(std::make_shared<Reshape>(std::move(options)));
}
LayerPtr make_Reshape() {
  return std::make_shared<Reshape>();
}

}  // namespace tfjs::layers
