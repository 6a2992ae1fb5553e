#include "tfjs/kernels/simd/conv_rows.h"

#include <algorithm>

#include "tfjs/kernels/simd/ceil_div.h"

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
  if (shape.rows > 0) {
    const std::int64_t cells = batch * axes[0].input * axes[1].input * axes[2].input;
    shape.own_floats_per_row =
        std::max<std::int64_t>(1, std::min(cells * channels_in / shape.rows, shape.depth()));
  }
  return shape;
}

const float* ConvRows::line_under(const float* image, const std::array<std::int64_t, 3>& q,
                                  std::int64_t depth_offset, std::int64_t row_offset) const {
  const auto& axes = geometry_.axes;
  const std::int64_t depth = q[0] * axes[0].step + depth_offset;
  const std::int64_t row = q[1] * axes[1].step + row_offset;
  if (!is_inside(depth, axes[0]) || !is_inside(row, axes[1])) return nullptr;
  return image + (depth * axes[1].input + row) * axes[2].input * geometry_.channels_in;
}

void ConvRows::locate_taps(const float* image, const std::array<std::int64_t, 3>& q,
                           std::int64_t count, std::int64_t stride, const float** a) const {
  const auto& axes = geometry_.axes;
  const std::int64_t channels = geometry_.channels_in;
  const std::int64_t step = axes[2].step;
  for (const std::int64_t depth_offset : axes[0].offsets) {
    for (const std::int64_t row_offset : axes[1].offsets) {
      const float* line = line_under(image, q, depth_offset, row_offset);
      for (const std::int64_t column_offset : axes[2].offsets) {
        const std::int64_t column = q[2] * step + column_offset;
        // Pixels [begin, end) are inside the line.
        const std::int64_t begin =
            line == nullptr ? count : std::clamp<std::int64_t>(ceil_div(-column, step), 0, count);
        const std::int64_t end =
            std::clamp<std::int64_t>(ceil_div(axes[2].input - column, step), begin, count);
        for (std::int64_t j = 0; j < begin; ++j) a[j] = zeros_;
        for (std::int64_t j = begin; j < end; ++j) a[j] = line + (column + j * step) * channels;
        for (std::int64_t j = end; j < count; ++j) a[j] = zeros_;
        a += stride;
      }
    }
  }
}

void ConvRows::locate_joined_taps(const float* image, const std::array<std::int64_t, 3>& q,
                                  std::int64_t count, std::int64_t stride, const float** a,
                                  float* room) const {
  const auto& axes = geometry_.axes;
  const std::int64_t channels = geometry_.channels_in;
  const std::int64_t taps = static_cast<std::int64_t>(axes[2].offsets.size());
  const std::int64_t step = axes[2].step;
  const std::int64_t first = q[2] * step + axes[2].offsets[0];
  for (const std::int64_t depth_offset : axes[0].offsets) {
    for (const std::int64_t row_offset : axes[1].offsets) {
      const float* line = line_under(image, q, depth_offset, row_offset);
      for (std::int64_t j = 0; j < count; ++j) {
        const std::int64_t column = first + j * step;
        if (line != nullptr && column >= 0 && column + taps <= axes[2].input) {
          a[j] = line + column * channels;
          continue;
        }
        // Taps [begin, end) are inside the image.
        const std::int64_t begin = std::clamp<std::int64_t>(-column, 0, taps);
        const std::int64_t end = std::clamp<std::int64_t>(axes[2].input - column, begin, taps);
        std::fill_n(room, taps * channels, 0.0f);
        if (line != nullptr) {
          std::copy(line + (column + begin) * channels, line + (column + end) * channels,
                    room + begin * channels);
        }
        a[j] = room;
        room += taps * channels;
      }
      a += stride;
    }
  }
}

void ConvRows::locate(std::int64_t row, int count, const float** a, float** c, float* room) const {
  const auto& axes = geometry_.axes;
  const std::int64_t image_floats =
      axes[0].input * axes[1].input * axes[2].input * geometry_.channels_in;
  std::array<std::int64_t, 3> q;
  for (int done = 0; done < count;) {
    const std::int64_t line = (row + done) / axes[2].count;
    q[2] = (row + done) % axes[2].count;
    q[1] = line % axes[1].count;
    q[0] = line / axes[1].count % axes[0].count;
    const std::int64_t n = line / axes[1].count / axes[0].count;
    const int run = static_cast<int>(std::min<std::int64_t>(count - done, axes[2].count - q[2]));

    std::int64_t out_cell = n;
    for (int axis = 0; axis < 3; ++axis) {
      out_cell =
          out_cell * axes[axis].output + q[axis] * axes[axis].out_step + axes[axis].out_start;
    }
    for (int j = 0; j < run; ++j) {
      c[done + j] = out_ + (out_cell + j * axes[2].out_step) * geometry_.channels_out;
    }
    const float* image = x_ + n * image_floats;
    if (geometry_.joins_width_taps) {
      locate_joined_taps(image, q, run, count, a + done,
                         room + done * geometry_.gemm_shape().room_per_row);
    } else {
      locate_taps(image, q, run, count, a + done);
    }
    done += run;
  }
}

}  // namespace tfjs::kernels
