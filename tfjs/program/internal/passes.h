// The rewrites of optimise(). Each looks at every step once, in order, and returns whether it
// changed anything; removed steps stay behind for drop_dead().
#pragma once

#include "tfjs/program/program.h"

namespace tfjs::program {

/// Reshapes, casts, pads, tiles, concats and transposes that change nothing go; a transpose that
/// moves only dimensions of 1 becomes a reshape.
bool remove_identities(Program& program);

/// A reshape of a reshape, and a transpose of a transpose, become one.
bool join_movements(Program& program);

/// Moves a reshape behind per-channel constants and activations, so that they stand next to the
/// convolution or matrix product before it and can be fused into it (one-dimensional convolutions
/// are reshaped two-dimensional ones).
bool sink_reshapes(Program& program);

/// Zero padding of height and width becomes padding of the convolution that follows, or of the max
/// pool where nothing is negative.
bool absorb_padding(Program& program);

/// Constant scale and shift per channel (batch normalization, biases) go into the filter and bias
/// of the convolution or matrix product before, or into the ScaleShift before.
bool fold_channel_constants(Program& program);

/// Maximum and minimum with a constant number become ClipByValue or Relu, chains of them one.
bool join_clips(Program& program);

/// The sum of a product and another tensor becomes the product's residual; a unary function its
/// activation.
bool fuse_epilogues(Program& program);

}  // namespace tfjs::program
