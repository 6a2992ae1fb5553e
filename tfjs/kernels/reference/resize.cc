#include "tfjs/ops/resize.h"

#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/reference/resize_taps.h"

namespace tfjs::kernels {
namespace {

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
  ResizeLoops loops{resize_taps(input[1], output[1], options),
                    resize_taps(input[2], output[2], options), input};
  return function_kernel(
      [loops = std::move(loops)](const runtime::KernelRun& run) { loops.run(run); });
}

}  // namespace tfjs::kernels
