#include "tfjs/kernels/simd/copy_runs.h"
#include "tfjs/ops/movement.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Tile_simd(const runtime::KernelSetup& setup) {
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
  return copy_runs_kernel(setup.inputs[0].dtype, dims, 0, strides);
}

}  // namespace tfjs::kernels
