#include "tfjs/layers/permute.h"

#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

class Permute : public Layer {
 public:
  Permute() = default;
  explicit Permute(PermuteOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "Permute"; }

  void describe(Config& c) override {
    c("dims", options_.dims);
    describe_base(c);
  }

  void validate() override {
    std::vector<std::int64_t> sorted = options_.dims;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      if (sorted[i] != static_cast<std::int64_t>(i) + 1) sorted.clear();
    }
    if (sorted.empty()) {
      throw invalid_argument(
          label(*this), ": dims must be a permutation of 1, 2, ... without the batch axis, got ",
          options_.dims);
    }
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const int rank = static_cast<int>(options_.dims.size()) + 1;
    const std::string expected = cat("of rank ", rank);
    const Shape& x = one_input(*this, inputs, rank, expected.c_str());
    Shape y = {x[0]};
    for (std::int64_t dim : options_.dims) y = y.with_appended(x[static_cast<int>(dim)]);
    return {y};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    std::vector<int> axes = {0};
    axes.insert(axes.end(), options_.dims.begin(), options_.dims.end());
    return {ops::transpose(inputs[0], axes)};
  }

 private:
  PermuteOptions options_;
};

}  // namespace

LayerPtr permute(PermuteOptions options) {
  return finish(std::make_shared<Permute>(std::move(options)));
}
LayerPtr make_Permute() {
  return std::make_shared<Permute>();
}

}  // namespace tfjs::layers
