// Steps that are x * scale + shift per channel (last axis) with constants, however they are
// written: ScaleShift, or a Binary with a constant.
#pragma once

#include <optional>

#include "tfjs/program/internal/editor.h"

namespace tfjs::program {

struct ChannelAffine {
  ValueId input = -1;
  Tensor scale;            ///< [C], or empty: 1
  Tensor shift;            ///< [C], or empty: 0
  bool is_scalar = false;  ///< every channel has the same constants
};

std::optional<ChannelAffine> as_channel_affine(const Editor& editor, const Step& step);

/// First `inner`, then `outer`.
ChannelAffine joined(const ChannelAffine& inner, const ChannelAffine& outer);

}  // namespace tfjs::program
