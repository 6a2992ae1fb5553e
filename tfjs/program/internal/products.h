// Products: the steps with an epilogue (ops/epilogue.h), that is convolutions and the matrix
// product. Their inputs are x, filter, [bias], [residual].
#pragma once

#include "tfjs/ops/epilogue.h"
#include "tfjs/program/internal/editor.h"

namespace tfjs::program {

inline constexpr std::size_t kFilterInput = 1;
inline constexpr std::size_t kBiasInput = 2;

/// The epilogue of a product, null for other steps.
const ops::Epilogue* epilogue_of(const Step& step);
ops::Epilogue* epilogue_of(Step& step);

/// Index of the product that computes `id` for one use only and has no activation yet, or -1.
int open_product(Editor& editor, ValueId id);

/// `filter` times one factor per channel of the product's result.
/// Shapes    scale [C], C the last dimension of the result
Tensor scaled_filter(const Step& product, const Tensor& filter, const Tensor& scale);

}  // namespace tfjs::program
