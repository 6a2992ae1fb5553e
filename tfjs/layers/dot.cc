#include "tfjs/layers/dot.h"

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/keras_epsilon.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/reduce.h"
#include "tfjs/ops/unary.h"

namespace tfjs::layers {
namespace {

struct DotAxes {
  int x = 0;
  int y = 0;
};

Tensor normalized(const Tensor& x, int axis) {
  // The backend's epsilon keeps a zero vector zero.
  Tensor square = ops::reduce(ops::ReduceKind::Sum, ops::square(x), {axis}, true);
  return ops::div(x, ops::sqrt(ops::maximum(square, Tensor::scalar(kKerasEpsilon))));
}

class Dot : public Layer {
 public:
  Dot() = default;
  explicit Dot(DotOptions options) : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "Dot"; }

  void describe(Config& c) override {
    describe_axes(c);
    c("normalize", options_.normalize);
    describe_base(c);
  }

  void validate() override {
    if (options_.axes.size() != 1 && options_.axes.size() != 2) {
      throw invalid_argument(label(*this), ": axes must be one axis or one of each input, got ",
                             options_.axes);
    }
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    if (inputs.size() != 2 || !has_rank(inputs[0]) || !has_rank(inputs[1])) {
      throw invalid_argument(label(*this), ": expected two inputs of rank 2 or 3, got ", inputs);
    }
    const DotAxes axes = axes_of(inputs[0], inputs[1]);
    const std::int64_t a = inputs[0][axes.x], b = inputs[1][axes.y];
    if (a != b && a != kUnknown && b != kUnknown) {
      throw invalid_argument(label(*this), ": axes ", axes.x, " and ", axes.y,
                             " have different sizes ", a, " and ", b, " in inputs ", inputs);
    }
    Shape result = {inputs[0][0]};
    if (inputs[0].rank() == 3) result = result.with_appended(inputs[0][3 - axes.x]);
    if (inputs[1].rank() == 3) result = result.with_appended(inputs[1][3 - axes.y]);
    return {result.rank() == 1 ? result.with_appended(1) : result};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    Tensor x = inputs[0], y = inputs[1];
    const DotAxes axes = axes_of(x.shape(), y.shape());
    const Shape result = compute_output_shape({x.shape(), y.shape()})[0];
    if (options_.normalize) {
      x = normalized(x, axes.x);
      y = normalized(y, axes.y);
    }
    if (x.rank() == 2 && y.rank() == 2)
      return {ops::reduce(ops::ReduceKind::Sum, ops::mul(x, y), {1}, true)};
    // As matrices [batch, rows of x, k] times [batch, k, columns of y]; vectors are one row or
    // column.
    const bool turn_x = x.rank() == 3 && axes.x == 1, turn_y = y.rank() == 3 && axes.y == 2;
    if (x.rank() == 2) x = ops::expand_dims(x, 1);
    if (y.rank() == 2) y = ops::expand_dims(y, 2);
    return {ops::reshape(ops::batch_matmul(x, y, {.transpose_a = turn_x, .transpose_b = turn_y}),
                         result)};
  }

 private:
  void describe_axes(Config& c) {
    if (!c.reading()) {
      if (options_.axes.size() == 1) return c.write("axes", options_.axes[0]);
      return c("axes", options_.axes);
    }
    const Json* axes = c.find("axes");
    if (axes != nullptr && axes->is_number()) {
      options_.axes = {axes->as_integer(c.where("axes"))};
    } else {
      c("axes", options_.axes);
    }
  }

  static bool has_rank(const Shape& shape) { return shape.rank() == 2 || shape.rank() == 3; }

  DotAxes axes_of(const Shape& x, const Shape& y) const {
    const std::string what = cat(label(*this), ": axes");
    const DotAxes axes = {x.normalize_axis(options_.axes.front(), what.c_str()),
                          y.normalize_axis(options_.axes.back(), what.c_str())};
    if (axes.x == 0 || axes.y == 0)
      throw invalid_argument(what, " must not be the batch axis, got ", options_.axes);
    return axes;
  }

  DotOptions options_;
};

}  // namespace

LayerPtr dot(DotOptions options) {
  return finish(std::make_shared<Dot>(std::move(options)));
}
LayerPtr make_Dot() {
  return std::make_shared<Dot>();
}

}  // namespace tfjs::layers
