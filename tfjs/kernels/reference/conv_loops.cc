#include "tfjs/kernels/reference/conv_loops.h"

#include <algorithm>

namespace tfjs::kernels {
namespace {

using Cell = std::array<std::int64_t, 3>;

/// Calls visit(cell) for each cell of a volume, in row-major order.
template <class Visit>
void for_each_cell(const Cell& size, Visit&& visit) {
  Cell cell;
  for (cell[0] = 0; cell[0] < size[0]; ++cell[0]) {
    for (cell[1] = 0; cell[1] < size[1]; ++cell[1]) {
      for (cell[2] = 0; cell[2] < size[2]; ++cell[2]) visit(cell);
    }
  }
}

std::int64_t flat_index(const Cell& cell, const Cell& size) {
  return (cell[0] * size[1] + cell[1]) * size[2] + cell[2];
}

Cell each_axis(const std::array<shape::ConvAxis, 3>& axes, std::int64_t shape::ConvAxis::*member) {
  return {axes[0].*member, axes[1].*member, axes[2].*member};
}

}  // namespace

void ConvLoops::forward(const float* x, const float* filter, float* out,
                        const EpilogueOfRun& epilogue, std::byte* scratch) const {
  const Cell input = each_axis(axes, &shape::ConvAxis::input);
  const Cell output = each_axis(axes, &shape::ConvAxis::output);
  const Cell kernel = each_axis(axes, &shape::ConvAxis::kernel);
  double* sums = reinterpret_cast<double*>(scratch);
  std::int64_t out_index = 0;
  for (std::int64_t n = 0; n < batch; ++n) {
    const float* image = x + n * input[0] * input[1] * input[2] * channels_in;
    for_each_cell(output, [&](const Cell& to) {
      std::fill_n(sums, channels_out, 0.0);
      for_each_cell(kernel, [&](const Cell& tap) {
        Cell from;
        for (int i = 0; i < 3; ++i) {
          from[i] = to[i] * axes[i].stride + tap[i] * axes[i].dilation - axes[i].pad_before;
          if (from[i] < 0 || from[i] >= input[i]) return;
        }
        const float* pixel = image + flat_index(from, input) * channels_in;
        const float* weight = filter + flat_index(tap, kernel) * channels_in * channels_out;
        for (std::int64_t c = 0; c < channels_in; ++c) {
          const double value = pixel[c];
          for (std::int64_t o = 0; o < channels_out; ++o) sums[o] += value * *weight++;
        }
      });
      for (std::int64_t o = 0; o < channels_out; ++o, ++out_index) {
        out[out_index] = epilogue(sums[o], out_index);
      }
    });
  }
}

void ConvLoops::transposed(const float* x, const float* filter, float* out,
                           const EpilogueOfRun& epilogue, std::byte* scratch) const {
  const Cell source = each_axis(axes, &shape::ConvAxis::output);
  const Cell result = each_axis(axes, &shape::ConvAxis::input);
  const Cell kernel = each_axis(axes, &shape::ConvAxis::kernel);
  double* sums = reinterpret_cast<double*>(scratch);
  std::int64_t out_index = 0;
  for (std::int64_t n = 0; n < batch; ++n) {
    const float* image = x + n * source[0] * source[1] * source[2] * channels_in;
    for_each_cell(result, [&](const Cell& to) {
      std::fill_n(sums, channels_out, 0.0);
      for_each_cell(kernel, [&](const Cell& tap) {
        // to = from * stride + tap - pad_before, if such a cell exists.
        Cell from;
        for (int i = 0; i < 3; ++i) {
          const std::int64_t reached = to[i] + axes[i].pad_before - tap[i];
          from[i] = reached / axes[i].stride;
          if (reached < 0 || reached % axes[i].stride != 0 || from[i] >= source[i]) return;
        }
        const float* pixel = image + flat_index(from, source) * channels_in;
        const float* weight = filter + flat_index(tap, kernel) * channels_out * channels_in;
        for (std::int64_t o = 0; o < channels_out; ++o) {
          for (std::int64_t c = 0; c < channels_in; ++c) {
            sums[o] += static_cast<double>(pixel[c]) * *weight++;
          }
        }
      });
      for (std::int64_t o = 0; o < channels_out; ++o, ++out_index) {
        out[out_index] = epilogue(sums[o], out_index);
      }
    });
  }
}

}  // namespace tfjs::kernels
