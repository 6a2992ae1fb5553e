#include "tfjs/layers/merge.h"

#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/movement.h"
#include "tfjs/shape/broadcast.h"

namespace tfjs::layers {
namespace {

using ops::BinaryKind;

struct MergeKind {
  const char* class_name;
  BinaryKind pairwise;
  bool is_mean = false;
};
constexpr MergeKind kAdd = {"Add", BinaryKind::Add};
constexpr MergeKind kSubtract = {"Subtract", BinaryKind::Sub};
constexpr MergeKind kMultiply = {"Multiply", BinaryKind::Mul};
constexpr MergeKind kAverage = {"Average", BinaryKind::Add, true};
constexpr MergeKind kMaximum = {"Maximum", BinaryKind::Maximum};
constexpr MergeKind kMinimum = {"Minimum", BinaryKind::Minimum};

/// `shape` with axes of size 1 after the batch axis, up to `rank`.
Shape raised(const Shape& shape, int rank) {
  Shape out = shape.sub(0, 1);
  while (out.rank() + shape.rank() - 1 < rank) out = out.with_appended(1);
  return concat(out, shape.sub(1));
}

class Merge : public Layer {
 public:
  explicit Merge(const MergeKind& kind) : kind_(kind) {}
  Merge(const MergeKind& kind, const MergeOptions& options)
      : Layer(options.base_options()), kind_(kind) {}

  std::string class_name() const override { return kind_.class_name; }
  void describe(Config& c) override { describe_base(c); }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const bool is_subtract = kind_.pairwise == BinaryKind::Sub;
    if (inputs.size() < 2 || (is_subtract && inputs.size() != 2)) {
      throw invalid_argument(label(*this), ": expected ", is_subtract ? "exactly" : "at least",
                             " 2 inputs, got ", inputs);
    }
    const int rank = highest_rank(inputs);
    const std::string what = label(*this);
    Shape result = raised(inputs[0], rank);
    for (const Shape& input : inputs)
      result = shape::broadcast(result, raised(input, rank), what.c_str());
    return {result};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    std::vector<Shape> shapes;
    for (const Tensor& input : inputs) shapes.push_back(input.shape());
    const int rank = highest_rank(shapes);
    Tensor result;
    for (const Tensor& input : inputs) {
      Tensor x = input.rank() == rank ? input : ops::reshape(input, raised(input.shape(), rank));
      result = result.is_empty() ? x : ops::binary(kind_.pairwise, result, x);
    }
    if (kind_.is_mean)
      result = ops::mul(result, Tensor::scalar(1.0f / static_cast<float>(inputs.size())));
    return {result};
  }

  bool supports_masking() const override { return true; }

  std::vector<Tensor> compute_mask(const std::vector<Tensor>& inputs,
                                   const std::vector<Tensor>& masks, std::size_t outputs) override {
    Tensor all;
    for (const Tensor& mask : masks) {
      if (mask.is_empty()) continue;
      all = all.is_empty() ? mask : ops::logical_and(all, mask);
    }
    return {all};
  }

 private:
  int highest_rank(const std::vector<Shape>& shapes) const {
    int rank = 0;
    for (const Shape& shape : shapes) {
      if (shape.rank() < 1)
        throw invalid_argument(label(*this), ": expected inputs [batch, ...], got ", shapes);
      rank = std::max(rank, shape.rank());
    }
    return rank;
  }

  const MergeKind& kind_;
};

LayerPtr make_merge(const MergeKind& kind, const MergeOptions& options) {
  return finish(std::make_shared<Merge>(kind, options));
}

}  // namespace

LayerPtr add(MergeOptions options) {
  return make_merge(kAdd, options);
}
LayerPtr subtract(MergeOptions options) {
  return make_merge(kSubtract, options);
}
LayerPtr multiply(MergeOptions options) {
  return make_merge(kMultiply, options);
}
LayerPtr average(MergeOptions options) {
  return make_merge(kAverage, options);
}
LayerPtr maximum(MergeOptions options) {
  return make_merge(kMaximum, options);
}
LayerPtr minimum(MergeOptions options) {
  return make_merge(kMinimum, options);
}
LayerPtr make_Add() {
  return std::make_shared<Merge>(kAdd);
}
LayerPtr make_Subtract() {
  return std::make_shared<Merge>(kSubtract);
}
LayerPtr make_Multiply() {
  return std::make_shared<Merge>(kMultiply);
}
LayerPtr make_Average() {
  return std::make_shared<Merge>(kAverage);
}
LayerPtr make_Maximum() {
  return std::make_shared<Merge>(kMaximum);
}
LayerPtr make_Minimum() {
  return std::make_shared<Merge>(kMinimum);
}

}  // namespace tfjs::layers
