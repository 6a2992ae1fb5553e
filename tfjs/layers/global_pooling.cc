#include "tfjs/layers/global_pooling.h"

#include "tfjs/layers/internal/keras_extra.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/reduce.h"

namespace tfjs::layers {
namespace {

using ops::ReduceKind;

class GlobalPooling : public Layer {
 public:
  GlobalPooling(ReduceKind kind, int spatial_rank) : kind_(kind), spatial_rank_(spatial_rank) {}
  GlobalPooling(ReduceKind kind, int spatial_rank, GlobalPoolingOptions options)
      : Layer(options.base_options()),
        kind_(kind),
        spatial_rank_(spatial_rank),
        options_(std::move(options)) {}

  std::string class_name() const override {
    return cat(kind_ == ReduceKind::Max ? "GlobalMaxPooling" : "GlobalAveragePooling",
               spatial_rank_, "D");
  }

  void describe(Config& c) override {
    if (spatial_rank_ == 1) {
      keras_extra<std::string>(c, "data_format", options_.data_format, "channels_last");
    } else {
      c("data_format", options_.data_format);
    }
    keras_extra(c, "keepdims", options_.keepdims, false);
    describe_base(c);
  }

  void validate() override { check_data_format(*this, options_.data_format); }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    static constexpr const char* kExpected[] = {"[batch, steps, channels]",
                                                "[batch, height, width, channels]",
                                                "[batch, depth, height, width, channels]"};
    Shape shape = one_input(*this, inputs, spatial_rank_ + 2, kExpected[spatial_rank_ - 1]);
    if (options_.keepdims) {
      for (int axis : spatial_axes()) shape.set_dim(axis, 1);
      return {shape};
    }
    return {{shape[0], channels_first() ? shape[1] : shape[-1]}};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return {ops::reduce(kind_, inputs[0], spatial_axes(), options_.keepdims)};
  }

 private:
  bool channels_first() const { return options_.data_format == "channels_first"; }

  std::vector<int> spatial_axes() const {
    std::vector<int> axes;
    for (int i = 0; i < spatial_rank_; ++i) axes.push_back(i + (channels_first() ? 2 : 1));
    return axes;
  }

  ReduceKind kind_;
  int spatial_rank_;
  GlobalPoolingOptions options_;
};

LayerPtr make_global_pooling(ReduceKind kind, int spatial_rank, GlobalPoolingOptions options) {
  return finish(std::make_shared<GlobalPooling>(kind, spatial_rank, std::move(options)));
}

}  // namespace

LayerPtr global_max_pooling1d(GlobalPoolingOptions options) {
  return make_global_pooling(ReduceKind::Max, 1, std::move(options));
}
LayerPtr global_max_pooling2d(GlobalPoolingOptions options) {
  return make_global_pooling(ReduceKind::Max, 2, std::move(options));
}
LayerPtr global_max_pooling3d(GlobalPoolingOptions options) {
  return make_global_pooling(ReduceKind::Max, 3, std::move(options));
}
LayerPtr global_average_pooling1d(GlobalPoolingOptions options) {
  return make_global_pooling(ReduceKind::Mean, 1, std::move(options));
}
LayerPtr global_average_pooling2d(GlobalPoolingOptions options) {
  return make_global_pooling(ReduceKind::Mean, 2, std::move(options));
}
LayerPtr global_average_pooling3d(GlobalPoolingOptions options) {
  return make_global_pooling(ReduceKind::Mean, 3, std::move(options));
}
LayerPtr make_GlobalMaxPooling1D() {
  return std::make_shared<GlobalPooling>(ReduceKind::Max, 1);
}
LayerPtr make_GlobalMaxPooling2D() {
  return std::make_shared<GlobalPooling>(ReduceKind::Max, 2);
}
LayerPtr make_GlobalMaxPooling3D() {
  return std::make_shared<GlobalPooling>(ReduceKind::Max, 3);
}
LayerPtr make_GlobalAveragePooling1D() {
  return std::make_shared<GlobalPooling>(ReduceKind::Mean, 1);
}
LayerPtr make_GlobalAveragePooling2D() {
  return std::make_shared<GlobalPooling>(ReduceKind::Mean, 2);
}
LayerPtr make_GlobalAveragePooling3D() {
  return std::make_shared<GlobalPooling>(ReduceKind::Mean, 3);
}

}  // namespace tfjs::layers
