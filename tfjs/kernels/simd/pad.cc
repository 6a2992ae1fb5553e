// The output is written once, front to back: along each axis the padding before, the cells, the
// padding after. Axes behind the last padded one are copied as one.
#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/reference/to_int32.h"
#include "tfjs/kernels/simd/copied_element.h"
#include "tfjs/ops/movement.h"

namespace tfjs::kernels {
namespace {

struct PaddedAxis {
  std::int64_t before;  ///< elements of padding
  std::int64_t count;   ///< cells of the input; of the last axis, elements
  std::int64_t after;
};

std::vector<PaddedAxis> padded_axes(const Shape& input, const Shape& output,
                                    const ops::PadOptions& options) {
  std::vector<PaddedAxis> axes;
  for (int axis = 0; axis < input.rank(); ++axis) {
    const std::size_t i = static_cast<std::size_t>(axis);
    const std::int64_t inner = output.sub(axis + 1).size();
    axes.push_back({options.before[i] * inner, input[axis], options.after[i] * inner});
  }
  if (axes.empty()) axes.push_back({0, 1, 0});
  while (axes.size() > 1 && axes.back().before == 0 && axes.back().after == 0) {
    const std::int64_t inner = axes.back().count;
    axes.pop_back();
    axes.back().count *= inner;
  }
  return axes;
}

/// Writes the axes from `axis` on; returns the ends of what was read and written.
template <class T>
std::pair<const T*, T*> pad(const std::vector<PaddedAxis>& axes, std::size_t axis, T value,
                            const T* from, T* to) {
  const PaddedAxis& a = axes[axis];
  to = std::fill_n(to, a.before, value);
  if (axis + 1 == axes.size()) {
    to = std::copy_n(from, a.count, to);
    from += a.count;
  } else {
    for (std::int64_t i = 0; i < a.count; ++i) {
      const auto ends = pad(axes, axis + 1, value, from, to);
      from = ends.first;
      to = ends.second;
    }
  }
  return {from, std::fill_n(to, a.after, value)};
}

/// The value as an element's bits; a complex number's low half is its real part.
std::uint32_t bits_of(DType dtype, float value) {
  if (dtype == DType::Bool) return value != 0 ? 1 : 0;
  if (dtype == DType::Int32) return static_cast<std::uint32_t>(to_int32(value));
  std::uint32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

}  // namespace

std::unique_ptr<runtime::Kernel> make_Pad_simd(const runtime::KernelSetup& setup) {
  const auto& options = setup.options<ops::PadOptions>();
  const DType dtype = setup.inputs[0].dtype;
  const std::uint32_t bits = bits_of(dtype, options.value);
  const std::vector<PaddedAxis> axes =
      padded_axes(setup.inputs[0].shape, setup.outputs[0].shape, options);
  return visit_copied_element(dtype, [&](auto element) -> std::unique_ptr<runtime::Kernel> {
    using T = decltype(element);
    return function_kernel([axes, value = static_cast<T>(bits)](const runtime::KernelRun& run) {
      pad(axes, 0, value, run.input<T>(0), run.output<T>(0));
    });
  });
}

}  // namespace tfjs::kernels
