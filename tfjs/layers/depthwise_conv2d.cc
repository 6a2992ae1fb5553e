#include "tfjs/layers/depthwise_conv2d.h"

#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"
#include "tfjs/layers/internal/bias_activation.h"
#include "tfjs/layers/internal/channels.h"
#include "tfjs/layers/internal/keras_extra.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/conv2d.h"

namespace tfjs::layers {
namespace {

class DepthwiseConv2D : public Layer {
 public:
  DepthwiseConv2D() = default;
  explicit DepthwiseConv2D(DepthwiseConv2DOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "DepthwiseConv2D"; }

  void describe(Config& c) override {
    c.sizes("kernel_size", options_.kernel_size, 2);
    c.sizes("strides", options_.strides, 2);
    c("padding", options_.padding);
    c("data_format", options_.data_format);
    c.sizes("dilation_rate", options_.dilation_rate, 2);
    c("activation", options_.activation);
    c("use_bias", options_.use_bias);
    c("bias_initializer", options_.bias_initializer);
    c("bias_regularizer", options_.bias_regularizer);
    c("activity_regularizer", options_.activity_regularizer);
    c("bias_constraint", options_.bias_constraint);
    describe_base(c);
    c("depth_multiplier", options_.depth_multiplier);
    c("depthwise_initializer", options_.depthwise_initializer);
    c("depthwise_regularizer", options_.depthwise_regularizer);
    c("depthwise_constraint", options_.depthwise_constraint);
    refuse_other(c, "groups", 1);
  }

  void validate() override {
    check_sizes(*this, "kernel_size", options_.kernel_size, 2);
    check_sizes(*this, "strides", options_.strides, 2);
    check_sizes(*this, "dilation_rate", options_.dilation_rate, 2);
    check_strides_or_dilation(*this, options_.strides, options_.dilation_rate);
    check_choice(*this, "padding", options_.padding, {"valid", "same"});
    check_data_format(*this, options_.data_format);
    check_positive(*this, "depth_multiplier", options_.depth_multiplier);
  }

  void build(const std::vector<Shape>& inputs) override {
    const std::int64_t channels = checked_input(inputs)[-1];
    kernel_ = add_weight(
        "depthwise_kernel",
        {options_.kernel_size[0], options_.kernel_size[1], channels, options_.depth_multiplier},
        options_.depthwise_initializer, options_.depthwise_regularizer,
        options_.depthwise_constraint);
    if (options_.use_bias) {
      bias_ = add_weight("bias", {filters(channels)}, options_.bias_initializer,
                         options_.bias_regularizer, options_.bias_constraint);
    }
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const Shape x = checked_input(inputs);
    const std::string what = label(*this);
    Shape y = {x[0]};
    for (int i = 0; i < 2; ++i) {
      const auto at = static_cast<std::size_t>(i);
      y = y.with_appended(shape::conv_axis(x[1 + i], options_.kernel_size[at], options_.strides[at],
                                           options_.dilation_rate[at], padding(), what.c_str())
                              .output);
    }
    return {from_channels_last(y.with_appended(filters(x[-1])), options_.data_format)};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    Tensor y = ops::depthwise_conv2d(
        to_channels_last(inputs[0], options_.data_format), kernel_->value(),
        {.strides = options_.strides, .padding = padding(), .dilations = options_.dilation_rate});
    return {bias_activation(y, bias_, options_.activation, options_.data_format)};
  }

 private:
  shape::Padding padding() const {
    return options_.padding == "same" ? shape::Padding::Same : shape::Padding::Valid;
  }

  std::int64_t filters(std::int64_t channels) const {
    auto product = checked_multiply(channels, options_.depth_multiplier);
    if (!product)
      throw invalid_argument(label(*this), ": channels times depth_multiplier is too large");
    return *product;
  }

  /// Channels last.
  Shape checked_input(const std::vector<Shape>& inputs) const {
    Shape x = to_channels_last(one_input(*this, inputs, 4, "[batch, height, width, channels]"),
                               options_.data_format);
    if (x[-1] < 1) {
      throw invalid_argument(
          label(*this),
          ": the number of channels must be known and at least 1, got input of shape ", inputs[0]);
    }
    if (kernel_ != nullptr && kernel_->shape()[2] != x[-1]) {
      throw invalid_argument(label(*this), ": expected ", kernel_->shape()[2],
                             " input channels, got input of shape ", inputs[0]);
    }
    return x;
  }

  DepthwiseConv2DOptions options_;
  VariablePtr kernel_;
  VariablePtr bias_;
};

}  // namespace

LayerPtr depthwise_conv2d(DepthwiseConv2DOptions options) {
  return finish(std::make_shared<DepthwiseConv2D>(std::move(options)));
}
LayerPtr make_DepthwiseConv2D() {
  return std::make_shared<DepthwiseConv2D>();
}

}  // namespace tfjs::layers
