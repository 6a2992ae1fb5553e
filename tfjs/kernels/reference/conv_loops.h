// Convolutions over volumes, forward and transposed, as plain loops. Images are volumes of depth 1.
#pragma once

#include <array>

#include "tfjs/kernels/reference/epilogue.h"
#include "tfjs/shape/conv.h"

namespace tfjs::kernels {

struct ConvLoops {
  std::int64_t batch = 0;
  std::array<shape::ConvAxis, 3> axes;  ///< depth, height, width
  std::int64_t channels_in = 0;
  std::int64_t channels_out = 0;

  /// Scratch of both loops.
  std::size_t scratch_bytes() const {
    return static_cast<std::size_t>(channels_out) * sizeof(double);
  }

  /// x [N, D, H, W, C_in], filter [KD, KH, KW, C_in, C_out].
  void forward(const float* x, const float* filter, float* out, const EpilogueOfRun& epilogue,
               std::byte* scratch) const;

  /// x [N, D, H, W, C_in], filter [KD, KH, KW, C_out, C_in]. The axes are those of the forward
  /// convolution that this one undoes: their `output` is x's size, their `input` the result's.
  void transposed(const float* x, const float* filter, float* out, const EpilogueOfRun& epilogue,
                  std::byte* scratch) const;
};

/// The axis of an image that is missing for a volume.
inline shape::ConvAxis flat_axis() {
  shape::ConvAxis axis;
  axis.input = 1;
  axis.output = 1;
  return axis;
}

}  // namespace tfjs::kernels
