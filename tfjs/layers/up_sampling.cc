#include "tfjs/layers/up_sampling.h"

#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"
#include "tfjs/layers/internal/channels.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/resize.h"

namespace tfjs::layers {
namespace {

/// Each cell along `axis` as often in a row as makes `size` of them.
Tensor repeat(const Tensor& x, int axis, std::int64_t size) {
  Shape shape = x.shape();
  if (shape[axis] == size) return x;
  std::vector<std::int64_t> repeats(static_cast<std::size_t>(x.rank()) + 1, 1);
  repeats[static_cast<std::size_t>(axis) + 1] = size / shape[axis];
  shape.set_dim(axis, size);
  return ops::reshape(ops::tile(ops::expand_dims(x, axis + 1), repeats), shape);
}

class UpSampling : public Layer {
 public:
  explicit UpSampling(int spatial_rank) : spatial_rank_(spatial_rank) {}
  UpSampling(int spatial_rank, UpSamplingOptions options)
      : Layer(options.base_options()), spatial_rank_(spatial_rank), options_(std::move(options)) {}

  std::string class_name() const override { return cat("UpSampling", spatial_rank_, "D"); }

  void describe(Config& c) override {
    c.sizes("size", options_.size, static_cast<std::size_t>(spatial_rank_));
    if (spatial_rank_ > 1) c("data_format", options_.data_format);
    if (spatial_rank_ == 2) c("interpolation", options_.interpolation);
    describe_base(c);
  }

  void validate() override {
    check_sizes(*this, "size", options_.size, static_cast<std::size_t>(spatial_rank_));
    check_data_format(*this, options_.data_format);
    if (spatial_rank_ == 2) {
      check_choice(*this, "interpolation", options_.interpolation, {"nearest", "bilinear"});
    } else {
      check_choice(*this, "interpolation", options_.interpolation, {"nearest"});
    }
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const std::string expected = cat("of rank ", spatial_rank_ + 2);
    Shape shape = one_input(*this, inputs, spatial_rank_ + 2, expected.c_str());
    const int first_axis = options_.data_format == "channels_first" ? 2 : 1;
    for (int i = 0; i < spatial_rank_; ++i) {
      const std::int64_t size = shape[first_axis + i];
      if (size == kUnknown) continue;
      const auto grown = checked_multiply(size, options_.size[static_cast<std::size_t>(i)]);
      if (!grown) throw invalid_argument(label(*this), ": size ", options_.size, " is too large");
      shape.set_dim(first_axis + i, *grown);
    }
    return {shape};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    Tensor x = to_channels_last(inputs[0], options_.data_format);
    const Shape result =
        to_channels_last(compute_output_shape({inputs[0].shape()})[0], options_.data_format);
    if (spatial_rank_ == 2) {
      const auto interpolation = options_.interpolation == "bilinear" ? ops::Interpolation::Bilinear
                                                                      : ops::Interpolation::Nearest;
      x = ops::resize(x, result[1], result[2], {.interpolation = interpolation});
    } else {
      for (int axis = 1; axis <= spatial_rank_; ++axis) x = repeat(x, axis, result[axis]);
    }
    return {from_channels_last(x, options_.data_format)};
  }

 private:
  int spatial_rank_;
  UpSamplingOptions options_;
};

LayerPtr make_up_sampling(int spatial_rank, UpSamplingOptions options) {
  return finish(std::make_shared<UpSampling>(spatial_rank, std::move(options)));
}

}  // namespace

LayerPtr up_sampling1d(UpSamplingOptions options) {
  return make_up_sampling(1, std::move(options));
}
LayerPtr up_sampling2d(UpSamplingOptions options) {
  return make_up_sampling(2, std::move(options));
}
LayerPtr up_sampling3d(UpSamplingOptions options) {
  return make_up_sampling(3, std::move(options));
}
LayerPtr make_UpSampling1D() {
  return std::make_shared<UpSampling>(1);
}
LayerPtr make_UpSampling2D() {
  return std::make_shared<UpSampling>(2);
}
LayerPtr make_UpSampling3D() {
  return std::make_shared<UpSampling>(3);
}

}  // namespace tfjs::layers
