// One class for all: Pooling1D pools images of height 1.
#include "tfjs/layers/pooling.h"

#include "tfjs/layers/internal/channels.h"
#include "tfjs/layers/internal/keras_extra.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/pool.h"

namespace tfjs::layers {
namespace {

using ops::PoolKind;

class Pooling : public Layer {
 public:
  Pooling(PoolKind kind, int spatial_rank) : kind_(kind), spatial_rank_(spatial_rank) {}
  Pooling(PoolKind kind, int spatial_rank, PoolingOptions options)
      : Layer(options.base_options()),
        kind_(kind),
        spatial_rank_(spatial_rank),
        options_(std::move(options)) {}

  std::string class_name() const override {
    return cat(kind_ == PoolKind::Max ? "MaxPooling" : "AveragePooling", spatial_rank_, "D");
  }

  void describe(Config& c) override {
    const auto count = static_cast<std::size_t>(spatial_rank_);
    c.sizes("pool_size", options_.pool_size, count);
    c("padding", options_.padding);
    if (c.reading()) {
      std::vector<std::int64_t> strides;
      c.sizes("strides", strides, count);
      if (!strides.empty()) options_.strides = strides;
    } else {
      c("strides", options_.strides);
    }
    if (spatial_rank_ == 1) {
      keras_extra<std::string>(c, "data_format", options_.data_format, "channels_last");
    } else {
      c("data_format", options_.data_format);
    }
    describe_base(c);
  }

  void validate() override {
    const auto count = static_cast<std::size_t>(spatial_rank_);
    check_sizes(*this, "pool_size", options_.pool_size, count);
    if (!options_.strides) options_.strides = options_.pool_size;
    check_sizes(*this, "strides", *options_.strides, count);
    check_choice(*this, "padding", options_.padding, {"valid", "same"});
    check_data_format(*this, options_.data_format);
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    static constexpr const char* kExpected[] = {"[batch, steps, channels]",
                                                "[batch, height, width, channels]",
                                                "[batch, depth, height, width, channels]"};
    Shape shape =
        to_channels_last(one_input(*this, inputs, spatial_rank_ + 2, kExpected[spatial_rank_ - 1]),
                         options_.data_format);
    const std::string what = label(*this);
    for (int i = 0; i < spatial_rank_; ++i) {
      const auto at = static_cast<std::size_t>(i);
      shape.set_dim(1 + i, shape::conv_axis(shape[1 + i], options_.pool_size[at],
                                            (*options_.strides)[at], 1, padding(), what.c_str())
                               .output);
    }
    return {from_channels_last(shape, options_.data_format)};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    Tensor x = to_channels_last(inputs[0], options_.data_format);
    Tensor y;
    if (spatial_rank_ == 1) {
      y = ops::pool(kind_, ops::expand_dims(x, 1),
                    {.size = {1, options_.pool_size[0]},
                     .strides = {1, (*options_.strides)[0]},
                     .padding = padding()});
      y = ops::squeeze(y, 1);
    } else {
      y = ops::pool(
          kind_, x,
          {.size = options_.pool_size, .strides = *options_.strides, .padding = padding()});
    }
    return {from_channels_last(y, options_.data_format)};
  }

 private:
  shape::Padding padding() const {
    return options_.padding == "same" ? shape::Padding::Same : shape::Padding::Valid;
  }

  PoolKind kind_;
  int spatial_rank_;
  PoolingOptions options_;
};

LayerPtr make_pooling(PoolKind kind, int spatial_rank, PoolingOptions options) {
  return finish(std::make_shared<Pooling>(kind, spatial_rank, std::move(options)));
}

}  // namespace

LayerPtr max_pooling1d(PoolingOptions options) {
  return make_pooling(PoolKind::Max, 1, std::move(options));
}
LayerPtr max_pooling2d(PoolingOptions options) {
  return make_pooling(PoolKind::Max, 2, std::move(options));
}
LayerPtr max_pooling3d(PoolingOptions options) {
  return make_pooling(PoolKind::Max, 3, std::move(options));
}
LayerPtr average_pooling1d(PoolingOptions options) {
  return make_pooling(PoolKind::Average, 1, std::move(options));
}
LayerPtr average_pooling2d(PoolingOptions options) {
  return make_pooling(PoolKind::Average, 2, std::move(options));
}
LayerPtr average_pooling3d(PoolingOptions options) {
  return make_pooling(PoolKind::Average, 3, std::move(options));
}
LayerPtr make_MaxPooling1D() {
  return std::make_shared<Pooling>(PoolKind::Max, 1);
}
LayerPtr make_MaxPooling2D() {
  return std::make_shared<Pooling>(PoolKind::Max, 2);
}
LayerPtr make_MaxPooling3D() {
  return std::make_shared<Pooling>(PoolKind::Max, 3);
}
LayerPtr make_AveragePooling1D() {
  return std::make_shared<Pooling>(PoolKind::Average, 1);
}
LayerPtr make_AveragePooling2D() {
  return std::make_shared<Pooling>(PoolKind::Average, 2);
}
LayerPtr make_AveragePooling3D() {
  return std::make_shared<Pooling>(PoolKind::Average, 3);
}

}  // namespace tfjs::layers
