#include "tfjs/ops/pool.h"

#include <array>
#include <limits>

#include "tfjs/kernels/reference/function_kernel.h"

namespace tfjs::kernels {
namespace {

/// Cells [begin, end) of the input under one window.
struct Range {
  std::int64_t begin;
  std::int64_t end;
};

Range window(const shape::ConvAxis& axis, std::int64_t output) {
  const std::int64_t begin = output * axis.stride - axis.pad_before;
  return {std::max<std::int64_t>(begin, 0), std::min(begin + axis.kernel, axis.input)};
}

struct PoolLoops {
  ops::PoolKind kind;
  std::array<shape::ConvAxis, 3> axes;  // images are volumes of depth 1
  std::int64_t batch;
  std::int64_t channels;

  float pooled(const float* volume, Range depth, Range height, Range width,
               std::int64_t channel) const {
    double sum = 0;
    std::int64_t count = 0;
    float largest = -std::numeric_limits<float>::infinity();
    for (std::int64_t d = depth.begin; d < depth.end; ++d) {
      for (std::int64_t h = height.begin; h < height.end; ++h) {
        for (std::int64_t w = width.begin; w < width.end; ++w) {
          const std::int64_t cell = (d * axes[1].input + h) * axes[2].input + w;
          const float value = volume[cell * channels + channel];
          if (value > largest || value != value) largest = value;
          sum += value;
          ++count;
        }
      }
    }
    return kind == ops::PoolKind::Max ? largest : static_cast<float>(sum / count);
  }

  void run(const runtime::KernelRun& run) const {
    const float* volume = run.input<float>(0);
    float* out = run.output<float>(0);
    for (std::int64_t n = 0; n < batch; ++n) {
      for (std::int64_t d = 0; d < axes[0].output; ++d) {
        for (std::int64_t h = 0; h < axes[1].output; ++h) {
          for (std::int64_t w = 0; w < axes[2].output; ++w) {
            for (std::int64_t c = 0; c < channels; ++c) {
              *out++ =
                  pooled(volume, window(axes[0], d), window(axes[1], h), window(axes[2], w), c);
            }
          }
        }
      }
      volume += axes[0].input * axes[1].input * axes[2].input * channels;
    }
  }
};

}  // namespace

std::unique_ptr<runtime::Kernel> make_Pool_reference(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::PoolOptions>();
  PoolLoops loops{options.kind, {}, setup.inputs[0].shape[0], setup.inputs[0].shape[-1]};
  const std::size_t missing = 3 - options.axes.size();
  for (std::size_t i = 0; i < missing; ++i) {
    loops.axes[i].input = 1;
    loops.axes[i].output = 1;
  }
  for (std::size_t i = missing; i < 3; ++i) loops.axes[i] = options.axes[i - missing];
  return function_kernel([loops](const runtime::KernelRun& run) { loops.run(run); });
}

}  // namespace tfjs::kernels
