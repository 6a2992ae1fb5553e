// Whole recurrent sequences as one op: the input product of all steps is one matrix product, the
// loop stays in cache.
#pragma once

#include "tfjs/ops/unary.h"

namespace tfjs::ops {

enum class CellKind { SimpleRnn, Gru, Lstm };

/// Gate order: LSTM i, f, c, o; GRU z, r, h. `activation` on candidates and outputs,
/// `recurrent_activation` on gates.
struct RecurrentOptions {
  CellKind cell = CellKind::Lstm;
  UnaryKind activation = UnaryKind::Tanh;
  UnaryKind recurrent_activation = UnaryKind::HardSigmoid;
  bool use_bias = true;
  bool reset_after =
      false;  ///< GRU as in Keras 2 and cuDNN: reset gate applied after the recurrent product
  bool go_backwards = false;
  bool has_mask = false;
};

/// Inputs of the call: x, kernel, recurrent_kernel, bias (if use_bias), h, c (if Lstm), mask (if
/// has_mask).
extern const Op kRecurrent;

/// Shapes    x                 [B, T, D]
///           kernel            [D, G*U]         G = 1, 3, 4 for SimpleRnn, Gru, Lstm
///           recurrent_kernel  [U, G*U]
///           bias              [G*U]; Gru with reset_after [2, G*U] (input, then recurrent); empty
///           without use_bias states            h [B, U], and c [B, U] for Lstm mask bool [B, T],
///           or empty: at a masked step output and states keep their previous values
/// Result    sequence [B, T, U] in processing order, last h [B, U], and for Lstm last c [B, U].
///           At a masked step the sequence holds the previous h (the initial state before the first
///           step).
std::vector<Tensor> recurrent(const Tensor& x, const Tensor& kernel, const Tensor& recurrent_kernel,
                              const Tensor& bias, const std::vector<Tensor>& states,
                              const Tensor& mask, RecurrentOptions options);

}  // namespace tfjs::ops
