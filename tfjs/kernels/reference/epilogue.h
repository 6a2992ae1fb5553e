// The end of a convolution or matrix product: activation(product + bias + residual).
#pragma once

#include "tfjs/kernels/reference/unary_function.h"
#include "tfjs/ops/epilogue.h"
#include "tfjs/runtime/kernel.h"

namespace tfjs::kernels {

class EpilogueOfRun {
 public:
  /// `own_inputs`: how many inputs the op has before those of the epilogue. `channels`: the
  /// result's last dimension.
  EpilogueOfRun(const ops::Epilogue& epilogue, const runtime::KernelRun& run,
                std::size_t own_inputs, std::int64_t channels)
      : activation_(epilogue.activation),
        bias_(epilogue.bias ? run.input<float>(own_inputs) : nullptr),
        residual_(epilogue.residual ? run.input<float>(own_inputs + (epilogue.bias ? 1 : 0))
                                    : nullptr),
        channels_(channels) {}

  /// The result's element `index` (flat) from its product.
  float operator()(double product, std::int64_t index) const {
    if (bias_ != nullptr) product += bias_[index % channels_];
    if (residual_ != nullptr) product += residual_[index];
    return apply_unary(activation_, static_cast<float>(product));
  }

 private:
  ops::UnaryOptions activation_;
  const float* bias_;
  const float* residual_;
  std::int64_t channels_;
};

}  // namespace tfjs::kernels
