// Source coordinates are computed in doubles, as TensorFlow.js does: nearest neighbours of ratios
// like 1/3 depend on it.

#include "tfjs/ops/resize.h"

#include <algorithm>
#include <cmath>

#include "tfjs/kernels/reference/function_kernel.h"

namespace tfjs::kernels {
namespace {

/// Where an output cell looks: two neighbours and the weight of the second. Nearest has weight 0.
struct Tap {
  std::int64_t first;
  std::int64_t second;
  double weight;
};

std::vector<Tap> taps(std::int64_t input, std::int64_t output, const ops::ResizeOptions& options) {
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

double mix(double a, double b, double weight) {
  return a + (b - a) * weight;
}

struct ResizeLoops {
  std::vector<Tap> rows;
  std::vector<Tap> columns;
  Shape input;

  void run(const runtime::KernelRun& run) const {
    const std::int64_t width = input[2];
    const std::int64_t channels = input[3];
    float* out = run.output<float>(0);
    for (std::int64_t n = 0; n < input[0]; ++n) {
      const float* image = run.input<float>(0) + n * input[1] * width * channels;
      for (const Tap& row : rows) {
        const float* top = image + row.first * width * channels;
        const float* bottom = image + row.second * width * channels;
        for (const Tap& column : columns) {
          const std::int64_t left = column.first * channels;
          const std::int64_t right = column.second * channels;
          for (std::int64_t c = 0; c < channels; ++c) {
            *out++ = static_cast<float>(mix(mix(top[left + c], top[right + c], column.weight),
                                            mix(bottom[left + c], bottom[right + c], column.weight),
                                            row.weight));
          }
        }
      }
    }
  }
};

}  // namespace

std::unique_ptr<runtime::Kernel> make_Resize_reference(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::ResizeOptions>();
  const Shape& input = setup.inputs[0].shape;
  const Shape& output = setup.outputs[0].shape;
  ResizeLoops loops{taps(input[1], output[1], options), taps(input[2], output[2], options), input};
  return function_kernel(
      [loops = std::move(loops)](const runtime::KernelRun& run) { loops.run(run); });
}

}  // namespace tfjs::kernels
