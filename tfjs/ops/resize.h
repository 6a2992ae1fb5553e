// Resizing and cropping of images.
#pragma once

#include "tfjs/core/evaluator.h"

namespace tfjs::ops {

enum class Interpolation { Bilinear, Nearest };

/// Source coordinate of output cell i: i * in/out; with align_corners i * (in-1)/(out-1); with
/// half_pixel_centers (i + 0.5) * in/out - 0.5. Nearest: floor of i * in/out (round with
/// align_corners; floor of (i + 0.5) * in/out with half_pixel_centers). Clamped at the edges.
struct ResizeOptions {
  Interpolation interpolation = Interpolation::Bilinear;
  bool align_corners = false;
  bool half_pixel_centers = false;
};

extern const Op kResize;

/// Shapes    x [N, H, W, C], result [N, height, width, C]
Tensor resize(const Tensor& x, std::int64_t height, std::int64_t width,
              const ResizeOptions& options = {});

}  // namespace tfjs::ops
