#include "tfjs/kernels/simd/conv_rows.h"

#include <algorithm>
#include <cstring>

namespace tfjs::kernels {
namespace {

constexpr std::int64_t kFewChannels = 32;

bool is_inside(std::int64_t cell, const TapAxis& axis) {
  return cell >= 0 && cell < axis.input;
}

}  // namespace

TapAxis forward_taps(const shape::ConvAxis& axis) {
  TapAxis taps;
  taps.input = axis.input;
  taps.output = axis.output;
  taps.count = axis.output;
  taps.step = axis.stride;
  taps.offsets.clear();
  for (std::int64_t k = 0; k < axis.kernel; ++k) {
    taps.offsets.push_back(k * axis.dilation - axis.pad_before);
  }
  return taps;
}

bool should_join_width_taps(const ConvGeometry& geometry) {
  const std::vector<std::int64_t>& offsets = geometry.axes[2].offsets;
  if (offsets.empty() || geometry.channels_in > kFewChannels) return false;
  for (std::size_t t = 1; t < offsets.size(); ++t) {
    if (offsets[t] != offsets[t - 1] + 1) return false;
  }
  return true;
}

GemmShape ConvGeometry::gemm_shape() const {
  const auto taps = [&](int axis) { return static_cast<std::int64_t>(axes[axis].offsets.size()); };
  GemmShape shape;
  shape.rows = positions();
  shape.columns = channels_out;
  shape.segments = taps(0) * taps(1) * (joins_width_taps ? 1 : taps(2));
  shape.segment_length = channels_in * (joins_width_taps ? taps(2) : 1);
  if (joins_width_taps) shape.room_per_row = shape.depth();
  return shape;
}

void ConvRows::locate_taps(const float* image, const std::array<std::int64_t, 3>& first, int stride,
                           const float** a) const {
  const auto& axes = geometry_.axes;
  for (const std::int64_t depth_offset : axes[0].offsets) {
    const std::int64_t depth = first[0] + depth_offset;
    const bool in_depth = is_inside(depth, axes[0]);
    for (const std::int64_t row_offset : axes[1].offsets) {
      const std::int64_t row = first[1] + row_offset;
      const bool in_row = in_depth && is_inside(row, axes[1]);
      const std::int64_t line = (depth * axes[1].input + row) * axes[2].input;
      for (const std::int64_t column_offset : axes[2].offsets) {
        const std::int64_t column = first[2] + column_offset;
        const bool inside = in_row && is_inside(column, axes[2]);
        *a = inside ? image + (line + column) * geometry_.channels_in : zeros_;
        a += stride;
      }
    }
  }
}

void ConvRows::locate_joined_taps(const float* image, const std::array<std::int64_t, 3>& first,
                                  int stride, const float** a, float* room) const {
  const auto& axes = geometry_.axes;
  const std::int64_t channels = geometry_.channels_in;
  const std::int64_t taps = static_cast<std::int64_t>(axes[2].offsets.size());
  const std::int64_t column = first[2] + axes[2].offsets[0];
  // Taps [before, end) are inside the image.
  const std::int64_t before = std::clamp<std::int64_t>(-column, 0, taps);
  const std::int64_t end = std::clamp<std::int64_t>(axes[2].input - column, before, taps);
  for (const std::int64_t depth_offset : axes[0].offsets) {
    const std::int64_t depth = first[0] + depth_offset;
    const bool in_depth = is_inside(depth, axes[0]);
    for (const std::int64_t row_offset : axes[1].offsets) {
      const std::int64_t row = first[1] + row_offset;
      const bool inside = in_depth && is_inside(row, axes[1]) && before < end;
      const std::int64_t line = (depth * axes[1].input + row) * axes[2].input;
      if (inside && before == 0 && end == taps) {
        *a = image + (line + column) * channels;
      } else {
        std::fill_n(room, taps * channels, 0.0f);
        if (inside) {
          std::memcpy(room + before * channels, image + (line + column + before) * channels,
                      static_cast<std::size_t>((end - before) * channels) * sizeof(float));
        }
        *a = room;
      }
      room += taps * channels;
      a += stride;
    }
  }
}

void ConvRows::locate(std::int64_t row, int count, const float** a, float** c, float* room) const {
  const auto& axes = geometry_.axes;
  const std::int64_t image_floats =
      axes[0].input * axes[1].input * axes[2].input * geometry_.channels_in;
  std::array<std::int64_t, 3> q;
  q[2] = row % axes[2].count;
  std::int64_t rest = row / axes[2].count;
  q[1] = rest % axes[1].count;
  rest /= axes[1].count;
  q[0] = rest % axes[0].count;
  std::int64_t n = rest / axes[0].count;
  for (int i = 0; i < count; ++i) {
    std::array<std::int64_t, 3> first;
    std::int64_t out_cell = n;
    for (int axis = 0; axis < 3; ++axis) {
      first[axis] = q[axis] * axes[axis].step;
      out_cell =
          out_cell * axes[axis].output + q[axis] * axes[axis].out_step + axes[axis].out_start;
    }
    c[i] = out_ + out_cell * geometry_.channels_out;
    const float* image = x_ + n * image_floats;
    if (geometry_.joins_width_taps) {
      locate_joined_taps(image, first, count, a + i, room);
      room += static_cast<std::int64_t>(axes[0].offsets.size() * axes[1].offsets.size() *
                                        axes[2].offsets.size()) *
              geometry_.channels_in;
    } else {
      locate_taps(image, first, count, a + i);
    }
    if (++q[2] < axes[2].count) continue;
    q[2] = 0;
    if (++q[1] < axes[1].count) continue;
    q[1] = 0;
    if (++q[0] < axes[0].count) continue;
    q[0] = 0;
    ++n;
  }
}

}  // namespace tfjs::kernels
