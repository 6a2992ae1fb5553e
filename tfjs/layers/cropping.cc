#include "tfjs/layers/cropping.h"

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/edges.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

class Cropping : public Layer {
 public:
  explicit Cropping(int spatial_rank) : spatial_rank_(spatial_rank) {}
  Cropping(int spatial_rank, CroppingOptions options)
      : Layer(options.base_options()), spatial_rank_(spatial_rank), options_(std::move(options)) {}

  std::string class_name() const override { return cat("Cropping", spatial_rank_, "D"); }

  void describe(Config& c) override {
    describe_edges(c, "cropping", options_.cropping, static_cast<std::size_t>(spatial_rank_));
    if (spatial_rank_ > 1) c("data_format", options_.data_format);
    describe_base(c);
  }

  void validate() override {
    check_edges(*this, "cropping", options_.cropping, static_cast<std::size_t>(spatial_rank_));
    check_data_format(*this, options_.data_format);
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const std::string expected = cat("of rank ", spatial_rank_ + 2);
    Shape shape = one_input(*this, inputs, spatial_rank_ + 2, expected.c_str());
    for (int i = 0; i < spatial_rank_; ++i) {
      const Edge& edge = options_.cropping[static_cast<std::size_t>(i)];
      const std::int64_t size = shape[first_axis() + i];
      if (size == kUnknown) continue;
      // Subtracted one after the other: their sum might not fit.
      if (edge.before >= size || edge.after >= size - edge.before) {
        throw invalid_argument(label(*this), ": cropping ", edge.before, " and ", edge.after,
                               " cells leaves nothing of ", size, " in input of shape ", inputs[0]);
      }
      shape.set_dim(first_axis() + i, size - edge.before - edge.after);
    }
    return {shape};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    const Shape result = compute_output_shape({inputs[0].shape()})[0];
    std::vector<std::int64_t> begin(static_cast<std::size_t>(result.rank()), 0);
    for (int i = 0; i < spatial_rank_; ++i) {
      begin[static_cast<std::size_t>(first_axis() + i)] =
          options_.cropping[static_cast<std::size_t>(i)].before;
    }
    return {ops::slice(inputs[0], begin, result.dims())};
  }

 private:
  int first_axis() const { return options_.data_format == "channels_first" ? 2 : 1; }

  int spatial_rank_;
  CroppingOptions options_;
};

LayerPtr make_cropping(int spatial_rank, CroppingOptions options) {
  return finish(std::make_shared<Cropping>(spatial_rank, std::move(options)));
}

}  // namespace

LayerPtr cropping1d(CroppingOptions options) {
  return make_cropping(1, std::move(options));
}
LayerPtr cropping2d(CroppingOptions options) {
  return make_cropping(2, std::move(options));
}
LayerPtr cropping3d(CroppingOptions options) {
  return make_cropping(3, std::move(options));
}
LayerPtr make_Cropping1D() {
  return std::make_shared<Cropping>(1);
}
LayerPtr make_Cropping2D() {
  return std::make_shared<Cropping>(2);
}
LayerPtr make_Cropping3D() {
  return std::make_shared<Cropping>(3);
}

}  // namespace tfjs::layers
