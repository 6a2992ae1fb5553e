// The inputs that an Epilogue adds to an op's own.
#pragma once

#include "tfjs/kernels/simd/gemm.h"
#include "tfjs/ops/epilogue.h"
#include "tfjs/runtime/kernel.h"

namespace tfjs::kernels {

/// A product's or convolution's own inputs.
inline constexpr std::size_t kInputAndWeights = 2;

/// `own_inputs`: how many inputs the op has before them.
inline OutputStage stage_of_run(const ops::Epilogue& epilogue, const runtime::KernelRun& run,
                                std::size_t own_inputs) {
  OutputStage stage;
  if (epilogue.bias) stage.bias = run.input<float>(own_inputs);
  if (epilogue.residual) stage.residual = run.input<float>(own_inputs + (epilogue.bias ? 1 : 0));
  stage.output = run.output<float>(0);
  stage.activation = epilogue.activation;
  return stage;
}

/// True when input `index` is the residual.
inline bool is_residual(const ops::Epilogue& epilogue, std::size_t own_inputs, std::size_t index) {
  return epilogue.residual && index == own_inputs + (epilogue.bias ? 1 : 0);
}

}  // namespace tfjs::kernels
