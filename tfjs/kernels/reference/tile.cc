#include "tfjs/kernels/reference/strided_copy.h"
#include "tfjs/ops/movement.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Tile_reference(const runtime::KernelSetup& setup) {
  const auto& repeats = setup.options<ops::TileOptions>().repeats;
  const Shape& shape = setup.inputs[0].shape;
  const Strides from = row_major_strides(shape);
  // An axis repeated r times is two axes, r and its dimension; the first does not move in x.
  std::vector<std::int64_t> dims;
  Strides strides;
  for (std::size_t axis = 0; axis < repeats.size(); ++axis) {
    dims.insert(dims.end(), {repeats[axis], shape.dims()[axis]});
    strides.insert(strides.end(), {0, from[axis]});
  }
  return strided_gather_kernel(setup.inputs[0].dtype, std::move(dims), 0, std::move(strides));
}

}  // namespace tfjs::kernels
