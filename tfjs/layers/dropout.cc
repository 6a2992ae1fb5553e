#include "tfjs/layers/dropout.h"

#include <algorithm>

#include "tfjs/base/text.h"
#include "tfjs/layers/internal/option_checks.h"

namespace tfjs::layers {
namespace {

/// spatial_rank 0 is plain Dropout.
class Dropout : public Layer {
 public:
  explicit Dropout(int spatial_rank) : spatial_rank_(spatial_rank) {}
  Dropout(int spatial_rank, DropoutOptions options)
      : Layer(options.base_options()), spatial_rank_(spatial_rank), options_(std::move(options)) {}

  std::string class_name() const override {
    return spatial_rank_ == 0 ? "Dropout" : cat("SpatialDropout", spatial_rank_, "D");
  }

  void describe(Config& c) override {
    c("rate", options_.rate);
    c.shape("noise_shape", options_.noise_shape);
    c("seed", options_.seed);
    describe_base(c);
  }

  void validate() override { options_.rate = std::clamp(options_.rate, 0.0, 1.0); }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    static constexpr const char* kExpected[] = {"[batch, steps, channels]",
                                                "[batch, height, width, channels]",
                                                "[batch, depth, height, width, channels]"};
    if (spatial_rank_ > 0)
      one_input(*this, inputs, spatial_rank_ + 2, kExpected[spatial_rank_ - 1]);
    return {one_input_at_least(*this, inputs, 1, "[batch, ...]")};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return {inputs[0]};
  }

  bool supports_masking() const override { return true; }

 private:
  int spatial_rank_;
  DropoutOptions options_;
};

LayerPtr make_dropout(int spatial_rank, DropoutOptions options) {
  return finish(std::make_shared<Dropout>(spatial_rank, std::move(options)));
}

}  // namespace

LayerPtr dropout(DropoutOptions options) {
  return make_dropout(0, std::move(options));
}
LayerPtr spatial_dropout1d(DropoutOptions options) {
  return make_dropout(1, std::move(options));
}
LayerPtr spatial_dropout2d(DropoutOptions options) {
  return make_dropout(2, std::move(options));
}
LayerPtr spatial_dropout3d(DropoutOptions options) {
  return make_dropout(3, std::move(options));
}
LayerPtr make_Dropout() {
  return std::make_shared<Dropout>(0);
}
LayerPtr make_SpatialDropout1D() {
  return std::make_shared<Dropout>(1);
}
LayerPtr make_SpatialDropout2D() {
  return std::make_shared<Dropout>(2);
}
LayerPtr make_SpatialDropout3D() {
  return std::make_shared<Dropout>(3);
}

}  // namespace tfjs::layers
