#include "tfjs/kernels/reference/resize_taps.h"

#include <algorithm>
#include <cmath>

namespace tfjs::kernels {

std::vector<Tap> resize_taps(std::int64_t input, std::int64_t output,
                             const ops::ResizeOptions& options) {
  const bool aligned = options.align_corners && output > 1;
  const double ratio = aligned ? static_cast<double>(input - 1) / static_cast<double>(output - 1)
                               : static_cast<double>(input) / static_cast<double>(output);
  const auto clamp = [input](double cell) {
    return static_cast<std::int64_t>(std::clamp(cell, 0.0, static_cast<double>(input - 1)));
  };
  const double centre = options.half_pixel_centers ? 0.5 : 0.0;
  std::vector<Tap> out;
  for (std::int64_t i = 0; i < output; ++i) {
    const double position = ratio * (static_cast<double>(i) + centre);
    if (options.interpolation == ops::Interpolation::Nearest) {
      const double cell = std::floor(options.align_corners ? position + 0.5 : position);
      out.push_back({clamp(cell), clamp(cell), 0});
      continue;
    }
    const double from = std::clamp(position - centre, 0.0, static_cast<double>(input - 1));
    const std::int64_t first = clamp(std::floor(from));
    out.push_back({first, clamp(std::ceil(from)), from - static_cast<double>(first)});
  }
  return out;
}

}  // namespace tfjs::kernels
