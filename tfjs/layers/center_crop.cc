// TensorFlow.js crops by asking its crop-and-resize for the box [offset / in, (offset + size) /
// in], nearest pixel. Its positions therefore carry the rounding of the box to float32, and
// rounding can pick a neighbour of the pixel a slice would take, or fall past the last pixel, which
// gives 0. The positions are computed here in the same precision and order.
#include "tfjs/layers/center_crop.h"

#include <cmath>

#include "tfjs/layers/internal/channels.h"
#include "tfjs/layers/internal/keras_extra.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/resize.h"

namespace tfjs::layers {
namespace {

/// The `size` rows that are kept of `x` along `axis`, beginning near `offset`.
Tensor crop_axis(const Tensor& x, int axis, std::int64_t offset, std::int64_t size) {
  const auto in = static_cast<double>(x.shape()[axis]);
  const double first = static_cast<float>(static_cast<double>(offset) / in);
  const double last = static_cast<float>(static_cast<double>(offset + size) / in);
  const double step = size > 1 ? (last - first) * (in - 1) / static_cast<double>(size - 1) : 0;
  std::vector<std::int32_t> rows;
  bool passes_end = false;
  for (std::int64_t i = 0; i < size; ++i) {
    const double at = size > 1 ? first * (in - 1) + static_cast<double>(i) * step
                               : 0.5 * (first + last) * (in - 1);
    const bool is_past = at > in - 1;
    passes_end = passes_end || is_past;
    rows.push_back(static_cast<std::int32_t>(is_past ? in : std::floor(at + 0.5)));
  }
  Tensor source = x;
  if (passes_end) {
    std::vector<std::int64_t> before(static_cast<std::size_t>(x.rank()), 0), after = before;
    after[static_cast<std::size_t>(axis)] = 1;
    source = ops::pad(x, before, after);
  }
  return ops::gather(source, Tensor::of(rows, {size}), axis);
}

class CenterCrop : public Layer {
 public:
  CenterCrop() = default;
  explicit CenterCrop(CenterCropOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "CenterCrop"; }

  void describe(Config& c) override {
    c.positive("height", options_.height);
    c.positive("width", options_.width);
    keras_extra<std::string>(c, "data_format", options_.data_format, "channels_last");
    describe_base(c);
  }

  void validate() override {
    check_positive(*this, "height", options_.height);
    check_positive(*this, "width", options_.width);
    check_data_format(*this, options_.data_format);
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const Shape x = to_channels_last(
        one_input(*this, inputs, 4, "[batch, height, width, channels]"), options_.data_format);
    return {
        from_channels_last({x[0], options_.height, options_.width, x[3]}, options_.data_format)};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    Tensor x = to_channels_last(ops::cast(inputs[0], DType::Float32), options_.data_format);
    return {from_channels_last(fitted(x), options_.data_format)};
  }

 private:
  Tensor fitted(const Tensor& x) const {
    const std::int64_t more_rows = x.shape()[1] - options_.height;
    const std::int64_t more_columns = x.shape()[2] - options_.width;
    if (more_rows < 0 || more_columns < 0) return ops::resize(x, options_.height, options_.width);
    const std::int64_t top = more_rows / 2;
    // TensorFlow.js: one column too many is taken off the left.
    const std::int64_t left = more_columns == 1 ? 1 : more_columns / 2;
    Tensor y = more_rows == 0 ? x : crop_axis(x, 1, top, options_.height);
    return more_columns == 0 ? y : crop_axis(y, 2, left, options_.width);
  }

  CenterCropOptions options_;
};

}  // namespace

LayerPtr center_crop(CenterCropOptions options) {
  return finish(std::make_shared<CenterCrop>(std::move(options)));
}
LayerPtr make_CenterCrop() {
  return std::make_shared<CenterCrop>();
}

}  // namespace tfjs::layers
