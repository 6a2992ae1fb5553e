#include "tfjs/kernels/reference/epilogue.h"
#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/ops/conv2d.h"

namespace tfjs::kernels {
namespace {

struct DepthwiseLoops {
  ops::Conv2dOptions options;
  std::int64_t batch;
  std::int64_t channels;
  std::int64_t multiplier;

  /// The sum for output pixel (y, x) of channel c with its filter m.
  double sum_at(const float* image, const float* filter, std::int64_t y, std::int64_t x,
                std::int64_t c, std::int64_t m) const {
    const shape::ConvAxis& height = options.height;
    const shape::ConvAxis& width = options.width;
    double sum = 0;
    for (std::int64_t ky = 0; ky < height.kernel; ++ky) {
      const std::int64_t row = y * height.stride + ky * height.dilation - height.pad_before;
      if (row < 0 || row >= height.input) continue;
      for (std::int64_t kx = 0; kx < width.kernel; ++kx) {
        const std::int64_t column = x * width.stride + kx * width.dilation - width.pad_before;
        if (column < 0 || column >= width.input) continue;
        const double value = image[(row * width.input + column) * channels + c];
        sum += value * filter[((ky * width.kernel + kx) * channels + c) * multiplier + m];
      }
    }
    return sum;
  }

  void run(const runtime::KernelRun& run) const {
    const EpilogueOfRun epilogue(options.epilogue, run, 2, channels * multiplier);
    const float* filter = run.input<float>(1);
    float* out = run.output<float>(0);
    std::int64_t index = 0;
    for (std::int64_t n = 0; n < batch; ++n) {
      const float* image =
          run.input<float>(0) + n * options.height.input * options.width.input * channels;
      for (std::int64_t y = 0; y < options.height.output; ++y) {
        for (std::int64_t x = 0; x < options.width.output; ++x) {
          for (std::int64_t c = 0; c < channels; ++c) {
            for (std::int64_t m = 0; m < multiplier; ++m, ++index) {
              out[index] = epilogue(sum_at(image, filter, y, x, c, m), index);
            }
          }
        }
      }
    }
  }
};

}  // namespace

std::unique_ptr<runtime::Kernel> make_DepthwiseConv2d_reference(const runtime::KernelSetup& setup) {
  const DepthwiseLoops loops{setup.options<ops::Conv2dOptions>(), setup.inputs[0].shape[0],
                             setup.inputs[0].shape[3], setup.inputs[1].shape[3]};
  return function_kernel([loops](const runtime::KernelRun& run) { loops.run(run); });
}

}  // namespace tfjs::kernels
