// One class for all three ranks: Conv1D is Conv2D over images of height 1.
#include "tfjs/layers/conv.h"

#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"
#include "tfjs/layers/internal/bias_activation.h"
#include "tfjs/layers/internal/channels.h"
#include "tfjs/layers/internal/keras_extra.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/conv3d.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

class Conv : public Layer {
 public:
  explicit Conv(int spatial_rank) : spatial_rank_(spatial_rank) {}
  Conv(int spatial_rank, ConvOptions options)
      : Layer(options.base_options()), spatial_rank_(spatial_rank), options_(std::move(options)) {}

  std::string class_name() const override { return cat("Conv", spatial_rank_, "D"); }

  void describe(Config& c) override {
    const auto count = static_cast<std::size_t>(spatial_rank_);
    c.positive("filters", options_.filters);
    c("kernel_initializer", options_.kernel_initializer);
    c("kernel_regularizer", options_.kernel_regularizer);
    c("kernel_constraint", options_.kernel_constraint);
    c.sizes("kernel_size", options_.kernel_size, count);
    c.sizes("strides", options_.strides, count);
    c("padding", options_.padding);
    if (spatial_rank_ == 1) {
      keras_extra<std::string>(c, "data_format", options_.data_format, "channels_last");
    } else {
      c("data_format", options_.data_format);
    }
    c.sizes("dilation_rate", options_.dilation_rate, count);
    keras_extra<std::int64_t>(c, "groups", options_.groups, 1);
    c("activation", options_.activation);
    c("use_bias", options_.use_bias);
    c("bias_initializer", options_.bias_initializer);
    c("bias_regularizer", options_.bias_regularizer);
    c("activity_regularizer", options_.activity_regularizer);
    c("bias_constraint", options_.bias_constraint);
    describe_base(c);
  }

  void validate() override {
    const auto count = static_cast<std::size_t>(spatial_rank_);
    check_positive(*this, "filters", options_.filters);
    check_positive(*this, "groups", options_.groups);
    check_sizes(*this, "kernel_size", options_.kernel_size, count);
    check_sizes(*this, "strides", options_.strides, count);
    check_sizes(*this, "dilation_rate", options_.dilation_rate, count);
    check_data_format(*this, options_.data_format);
    if (spatial_rank_ == 1) {
      check_choice(*this, "padding", options_.padding, {"valid", "same", "causal"});
    } else {
      check_choice(*this, "padding", options_.padding, {"valid", "same"});
    }
    check_strides_or_dilation(*this, options_.strides, options_.dilation_rate);
    if (options_.filters % options_.groups != 0) {
      throw invalid_argument(label(*this), ": filters (", options_.filters,
                             ") must be a multiple of groups (", options_.groups, ")");
    }
  }

  void build(const std::vector<Shape>& inputs) override {
    const std::int64_t channels = checked_input(inputs)[-1];
    std::vector<std::int64_t> dims = options_.kernel_size;
    dims.push_back(channels / options_.groups);
    dims.push_back(options_.filters);
    kernel_ = add_weight("kernel", Shape(std::move(dims)), options_.kernel_initializer,
                         options_.kernel_regularizer, options_.kernel_constraint);
    if (options_.use_bias) {
      bias_ = add_weight("bias", {options_.filters}, options_.bias_initializer,
                         options_.bias_regularizer, options_.bias_constraint);
    }
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const Shape x = checked_input(inputs);
    Shape y = {x[0]};
    for (int i = 0; i < spatial_rank_; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const std::int64_t kernel = options_.kernel_size[at], stride = options_.strides[at];
      const std::int64_t dilation = options_.dilation_rate[at];
      const std::string what = label(*this);
      shape::ConvAxis axis =
          is_causal()
              ? shape::conv_axis_explicit(x[1 + i], kernel, stride, dilation, causal_padding(), 0,
                                          what.c_str())
              : shape::conv_axis(x[1 + i], kernel, stride, dilation, padding(), what.c_str());
      y = y.with_appended(axis.output);
    }
    return {from_channels_last(y.with_appended(options_.filters), options_.data_format)};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    Tensor x = to_channels_last(inputs[0], options_.data_format);
    if (is_causal()) x = ops::pad(x, {0, causal_padding(), 0}, {0, 0, 0});
    if (spatial_rank_ != 1) {
      return {bias_activation(convolve(x), bias_, options_.activation, options_.data_format)};
    }
    // bias_activation sees the image, so that it fuses; the axis of height 1 goes where the format
    // has it.
    Tensor y = bias_activation(convolve(ops::expand_dims(x, 1)), bias_, options_.activation,
                               options_.data_format);
    return {ops::squeeze(y, options_.data_format == "channels_first" ? 2 : 1)};
  }

 private:
  bool is_causal() const { return options_.padding == "causal"; }
  shape::Padding padding() const {
    return options_.padding == "same" ? shape::Padding::Same : shape::Padding::Valid;
  }

  std::int64_t causal_padding() const {
    auto cells = checked_multiply(options_.kernel_size[0] - 1, options_.dilation_rate[0]);
    if (!cells)
      throw invalid_argument(label(*this),
                             ": kernel_size and dilation_rate are too large together");
    return *cells;
  }

  /// Channels last.
  Shape checked_input(const std::vector<Shape>& inputs) const {
    static constexpr const char* kExpected[] = {"[batch, steps, channels]",
                                                "[batch, height, width, channels]",
                                                "[batch, depth, height, width, channels]"};
    Shape x =
        to_channels_last(one_input(*this, inputs, spatial_rank_ + 2, kExpected[spatial_rank_ - 1]),
                         options_.data_format);
    if (x[-1] < 1) {
      throw invalid_argument(
          label(*this),
          ": the number of channels must be known and at least 1, got input of shape ", inputs[0]);
    }
    if (x[-1] % options_.groups != 0) {
      throw invalid_argument(label(*this), ": input channels (", x[-1],
                             ") must be a multiple of groups (", options_.groups, ")");
    }
    if (kernel_ != nullptr && kernel_->shape()[-2] != x[-1] / options_.groups) {
      throw invalid_argument(label(*this), ": expected ", kernel_->shape()[-2] * options_.groups,
                             " input channels, got input of shape ", inputs[0]);
    }
    return x;
  }

  Tensor convolve(const Tensor& x) const {
    if (options_.groups == 1) return convolve_group(x, kernel_->value());
    const int groups = static_cast<int>(options_.groups);
    std::vector<Tensor> xs = ops::split(x, groups, -1);
    std::vector<Tensor> kernels = ops::split(kernel_->value(), groups, -1);
    std::vector<Tensor> ys;
    for (std::size_t g = 0; g < xs.size(); ++g) ys.push_back(convolve_group(xs[g], kernels[g]));
    return ops::concat(ys, -1);
  }

  Tensor convolve_group(const Tensor& x, const Tensor& kernel) const {
    if (spatial_rank_ == 3) {
      return ops::conv3d(
          x, kernel,
          {.strides = options_.strides, .padding = padding(), .dilations = options_.dilation_rate});
    }
    if (spatial_rank_ == 2) {
      return ops::conv2d(
          x, kernel,
          {.strides = options_.strides, .padding = padding(), .dilations = options_.dilation_rate});
    }
    return ops::conv2d(x, ops::expand_dims(kernel, 0),
                       {.strides = {1, options_.strides[0]},
                        .padding = padding(),
                        .dilations = {1, options_.dilation_rate[0]}});
  }

  int spatial_rank_;
  ConvOptions options_;
  VariablePtr kernel_;
  VariablePtr bias_;
};

}  // namespace

LayerPtr conv1d(ConvOptions options) {
  return finish(std::make_shared<Conv>(1, std::move(options)));
}
LayerPtr conv2d(ConvOptions options) {
  return finish(std::make_shared<Conv>(2, std::move(options)));
}
LayerPtr conv3d(ConvOptions options) {
  return finish(std::make_shared<Conv>(3, std::move(options)));
}
LayerPtr make_Conv1D() {
  return std::make_shared<Conv>(1);
}
LayerPtr make_Conv2D() {
  return std::make_shared<Conv>(2);
}
LayerPtr make_Conv3D() {
  return std::make_shared<Conv>(3);
}

}  // namespace tfjs::layers
