#include "tfjs/layers/zero_padding.h"

#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"
#include "tfjs/layers/internal/edges.h"
#include "tfjs/layers/internal/keras_extra.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

class ZeroPadding : public Layer {
 public:
  explicit ZeroPadding(int spatial_rank) : spatial_rank_(spatial_rank) {}
  ZeroPadding(int spatial_rank, ZeroPaddingOptions options)
      : Layer(options.base_options()), spatial_rank_(spatial_rank), options_(std::move(options)) {}

  std::string class_name() const override { return cat("ZeroPadding", spatial_rank_, "D"); }

  void describe(Config& c) override {
    describe_edges(c, "padding", options_.padding, static_cast<std::size_t>(spatial_rank_));
    if (spatial_rank_ > 1) {
      c("data_format", options_.data_format);
    } else {
      keras_extra<std::string>(c, "data_format", options_.data_format, "channels_last");
    }
    describe_base(c);
  }

  void validate() override {
    check_edges(*this, "padding", options_.padding, static_cast<std::size_t>(spatial_rank_));
    check_data_format(*this, options_.data_format);
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const std::string expected = cat("of rank ", spatial_rank_ + 2);
    Shape shape = one_input(*this, inputs, spatial_rank_ + 2, expected.c_str());
    for (int i = 0; i < spatial_rank_; ++i) {
      const Edge& edge = options_.padding[static_cast<std::size_t>(i)];
      const std::int64_t size = shape[first_axis() + i];
      if (size == kUnknown) continue;
      const auto ends = checked_add(edge.before, edge.after);
      const auto padded = ends ? checked_add(size, *ends) : ends;
      if (!padded) throw invalid_argument(label(*this), ": padding is too large");
      shape.set_dim(first_axis() + i, *padded);
    }
    return {shape};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    const auto rank = static_cast<std::size_t>(inputs[0].rank());
    std::vector<std::int64_t> before(rank, 0), after(rank, 0);
    for (int i = 0; i < spatial_rank_; ++i) {
      const auto axis = static_cast<std::size_t>(first_axis() + i);
      before[axis] = options_.padding[static_cast<std::size_t>(i)].before;
      after[axis] = options_.padding[static_cast<std::size_t>(i)].after;
    }
    return {ops::pad(inputs[0], before, after)};
  }

 private:
  int first_axis() const { return options_.data_format == "channels_first" ? 2 : 1; }

  int spatial_rank_;
  ZeroPaddingOptions options_;
};

LayerPtr make_zero_padding(int spatial_rank, ZeroPaddingOptions options) {
  return finish(std::make_shared<ZeroPadding>(spatial_rank, std::move(options)));
}

}  // namespace

LayerPtr zero_padding1d(ZeroPaddingOptions options) {
  return make_zero_padding(1, std::move(options));
}
LayerPtr zero_padding2d(ZeroPaddingOptions options) {
  return make_zero_padding(2, std::move(options));
}
LayerPtr zero_padding3d(ZeroPaddingOptions options) {
  return make_zero_padding(3, std::move(options));
}
LayerPtr make_ZeroPadding1D() {
  return std::make_shared<ZeroPadding>(1);
}
LayerPtr make_ZeroPadding2D() {
  return std::make_shared<ZeroPadding>(2);
}
LayerPtr make_ZeroPadding3D() {
  return std::make_shared<ZeroPadding>(3);
}

}  // namespace tfjs::layers
