// Runs a batch slice by slice.
#pragma once

#include "tfjs/runtime/batch_slices.h"
#include "tfjs/runtime/plan.h"

namespace tfjs::runtime::internal {

/// Samples [begin, begin + count) of a tensor that is not of strings, without a copy.
Tensor samples_of(const Tensor& tensor, std::int64_t begin, std::int64_t count);

/// The specs of `count` samples of the inputs.
std::vector<TensorSpec> specs_for(const std::vector<Tensor>& inputs, std::int64_t count);

/// True when axis 0 of every tensor has the same size and its samples lie one behind the other.
bool can_be_cut(const std::vector<TensorSpec>& specs, std::int64_t samples);

/// Plans of a slice and of the odd last one (null when there is none). Errors: those of Plan::run.
std::vector<Tensor> run_slices(const Plan& plan, const Plan* last_plan,
                               const std::vector<Tensor>& inputs, const BatchSlices& slices,
                               int threads);

}  // namespace tfjs::runtime::internal
