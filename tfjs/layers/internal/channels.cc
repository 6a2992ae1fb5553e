#include "tfjs/layers/internal/channels.h"

#include <numeric>
#include <vector>

#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

/// The axes of a tensor of `rank` with axis `from` moved to `to`.
std::vector<int> moved_axis(int rank, int from, int to) {
  std::vector<int> axes(static_cast<std::size_t>(rank));
  std::iota(axes.begin(), axes.end(), 0);
  axes.erase(axes.begin() + from);
  axes.insert(axes.begin() + to, from);
  return axes;
}

Shape permuted(const Shape& shape, const std::vector<int>& axes) {
  std::vector<std::int64_t> dims;
  for (int axis : axes) dims.push_back(shape[axis]);
  return Shape(std::move(dims));
}

bool turns(int rank, const std::string& data_format) {
  return data_format == "channels_first" && rank > 2;
}

}  // namespace

Tensor to_channels_last(const Tensor& x, const std::string& data_format) {
  return turns(x.rank(), data_format) ? ops::transpose(x, moved_axis(x.rank(), 1, x.rank() - 1))
                                      : x;
}

Tensor from_channels_last(const Tensor& x, const std::string& data_format) {
  return turns(x.rank(), data_format) ? ops::transpose(x, moved_axis(x.rank(), x.rank() - 1, 1))
                                      : x;
}

Shape to_channels_last(const Shape& shape, const std::string& data_format) {
  return turns(shape.rank(), data_format)
             ? permuted(shape, moved_axis(shape.rank(), 1, shape.rank() - 1))
             : shape;
}

Shape from_channels_last(const Shape& shape, const std::string& data_format) {
  return turns(shape.rank(), data_format)
             ? permuted(shape, moved_axis(shape.rank(), shape.rank() - 1, 1))
             : shape;
}

}  // namespace tfjs::layers
