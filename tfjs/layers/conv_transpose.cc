#include "tfjs/layers/conv_transpose.h"

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/bias_activation.h"
#include "tfjs/layers/internal/channels.h"
#include "tfjs/layers/internal/keras_extra.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/conv3d.h"

namespace tfjs::layers {
namespace {

class ConvTranspose : public Layer {
 public:
  explicit ConvTranspose(int spatial_rank) : spatial_rank_(spatial_rank) {}
  ConvTranspose(int spatial_rank, ConvTransposeOptions options)
      : Layer(options.base_options()), spatial_rank_(spatial_rank), options_(std::move(options)) {}

  std::string class_name() const override { return cat("Conv", spatial_rank_, "DTranspose"); }

  void describe(Config& c) override {
    const auto count = static_cast<std::size_t>(spatial_rank_);
    c.positive("filters", options_.filters);
    c("kernel_initializer", options_.kernel_initializer);
    c("kernel_regularizer", options_.kernel_regularizer);
    c("kernel_constraint", options_.kernel_constraint);
    c.sizes("kernel_size", options_.kernel_size, count);
    c.sizes("strides", options_.strides, count);
    c("padding", options_.padding);
    c("data_format", options_.data_format);
    c("activation", options_.activation);
    c("use_bias", options_.use_bias);
    c("bias_initializer", options_.bias_initializer);
    c("bias_regularizer", options_.bias_regularizer);
    c("activity_regularizer", options_.activity_regularizer);
    c("bias_constraint", options_.bias_constraint);
    describe_base(c);
    refuse(c, "output_padding");
    refuse_other(c, "groups", 1);
    if (c.reading()) {
      std::vector<std::int64_t> dilation_rate(count, 1);
      c.sizes("dilation_rate", dilation_rate, count);
      if (dilation_rate != std::vector<std::int64_t>(count, 1)) {
        throw unsupported(c.where("dilation_rate"), " is ", dilation_rate,
                          ", which is not supported; it must be 1");
      }
    }
  }

  void validate() override {
    const auto count = static_cast<std::size_t>(spatial_rank_);
    check_positive(*this, "filters", options_.filters);
    check_sizes(*this, "kernel_size", options_.kernel_size, count);
    check_sizes(*this, "strides", options_.strides, count);
    check_choice(*this, "padding", options_.padding, {"valid", "same"});
    check_data_format(*this, options_.data_format);
  }

  void build(const std::vector<Shape>& inputs) override {
    std::vector<std::int64_t> dims = options_.kernel_size;
    dims.push_back(options_.filters);
    dims.push_back(checked_input(inputs)[-1]);
    kernel_ = add_weight("kernel", Shape(std::move(dims)), options_.kernel_initializer,
                         options_.kernel_regularizer, options_.kernel_constraint);
    if (options_.use_bias) {
      bias_ = add_weight("bias", {options_.filters}, options_.bias_initializer,
                         options_.bias_regularizer, options_.bias_constraint);
    }
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const Shape x = checked_input(inputs);
    const std::string what = label(*this);
    Shape y = {x[0]};
    for (int i = 0; i < spatial_rank_; ++i) {
      const auto at = static_cast<std::size_t>(i);
      y = y.with_appended(shape::conv_transpose_axis(x[1 + i], options_.kernel_size[at],
                                                     options_.strides[at], padding(), what.c_str())
                              .input);
    }
    return {from_channels_last(y.with_appended(options_.filters), options_.data_format)};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    Tensor x = to_channels_last(inputs[0], options_.data_format);
    Tensor y = spatial_rank_ == 2
                   ? ops::conv2d_transpose(x, kernel_->value(),
                                           {.strides = options_.strides, .padding = padding()})
                   : ops::conv3d_transpose(x, kernel_->value(),
                                           {.strides = options_.strides, .padding = padding()});
    return {bias_activation(y, bias_, options_.activation, options_.data_format)};
  }

 private:
  shape::Padding padding() const {
    return options_.padding == "same" ? shape::Padding::Same : shape::Padding::Valid;
  }

  /// Channels last.
  Shape checked_input(const std::vector<Shape>& inputs) const {
    const char* expected = spatial_rank_ == 2 ? "[batch, height, width, channels]"
                                              : "[batch, depth, height, width, channels]";
    Shape x = to_channels_last(one_input(*this, inputs, spatial_rank_ + 2, expected),
                               options_.data_format);
    if (x[-1] < 1) {
      throw invalid_argument(
          label(*this),
          ": the number of channels must be known and at least 1, got input of shape ", inputs[0]);
    }
    if (kernel_ != nullptr && kernel_->shape()[-1] != x[-1]) {
      throw invalid_argument(label(*this), ": expected ", kernel_->shape()[-1],
                             " input channels, got input of shape ", inputs[0]);
    }
    return x;
  }

  int spatial_rank_;
  ConvTransposeOptions options_;
  VariablePtr kernel_;
  VariablePtr bias_;
};

}  // namespace

LayerPtr conv2d_transpose(Conv2DTransposeOptions options) {
  return finish(std::make_shared<ConvTranspose>(2, std::move(options)));
}
LayerPtr conv3d_transpose(Conv3DTransposeOptions options) {
  return finish(std::make_shared<ConvTranspose>(3, std::move(options)));
}
LayerPtr make_Conv2DTranspose() {
  return std::make_shared<ConvTranspose>(2);
}
LayerPtr make_Conv3DTranspose() {
  return std::make_shared<ConvTranspose>(3);
}

}  // namespace tfjs::layers
