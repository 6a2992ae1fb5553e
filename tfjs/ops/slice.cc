#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"
#include "tfjs/ops/movement.h"

namespace tfjs::ops {

const Op kSlice{"Slice", {"Slice", "StridedSlice", "Split", "SplitV", "Reverse", "ReverseV2"}};

Tensor slice(const Tensor& x, const std::vector<std::int64_t>& begin,
             const std::vector<std::int64_t>& size) {
  const char* what = "slice";
  internal::require_given(x, what, "x");
  const std::size_t rank = static_cast<std::size_t>(x.rank());
  if (begin.size() != rank || size.size() != rank) {
    throw invalid_argument(what, ": begin and size must be ", rank, " numbers for ", x.shape(),
                           ", got ", begin, " and ", size);
  }
  std::vector<std::int64_t> dims;
  for (std::size_t i = 0; i < rank; ++i) {
    const std::int64_t dim = x.shape().dims()[i];
    // Compared without adding: the numbers may come from a file.
    const bool begins_inside = begin[i] >= 0 && begin[i] <= dim;
    if (!begins_inside || size[i] < -1 || size[i] > dim - begin[i]) {
      throw invalid_argument(what, ": begin ", begin, " and size ", size, " leave ", x.shape());
    }
    dims.push_back(size[i] == -1 ? dim - begin[i] : size[i]);
  }
  Shape shape(std::move(dims));
  if (shape == x.shape()) return x;
  return evaluate_op(kSlice, SliceOptions{begin, std::vector<std::int64_t>(rank, 1)}, {x},
                     {x.dtype(), std::move(shape)});
}

Tensor slice_axis(const Tensor& x, int axis, std::int64_t begin, std::int64_t end) {
  internal::require_given(x, "slice_axis", "x");
  const int normalized = x.shape().normalize_axis(axis, "slice_axis");
  if (begin < 0 || end < begin || end > x.shape()[normalized]) {
    throw invalid_argument("slice_axis: [", begin, ", ", end, ") leaves axis ", axis, " of ",
                           x.shape());
  }
  std::vector<std::int64_t> begins(x.rank(), 0);
  std::vector<std::int64_t> sizes = x.shape().dims();
  begins[normalized] = begin;
  sizes[normalized] = end - begin;
  return slice(x, begins, sizes);
}

std::vector<Tensor> split(const Tensor& x, int parts, int axis) {
  internal::require_given(x, "split", "x");
  const int normalized = x.shape().normalize_axis(axis, "split");
  const std::int64_t dim = x.shape()[normalized];
  if (parts < 1 || dim % parts != 0) {
    throw invalid_argument("split: axis ", axis, " of ", x.shape(), " does not split into ", parts,
                           " equal parts");
  }
  const std::int64_t length = dim / parts;
  std::vector<Tensor> out;
  for (int i = 0; i < parts; ++i) {
    out.push_back(slice_axis(x, normalized, i * length, (i + 1) * length));
  }
  return out;
}

Tensor reverse(const Tensor& x, int axis) {
  internal::require_given(x, "reverse", "x");
  const int normalized = x.shape().normalize_axis(axis, "reverse");
  const std::int64_t dim = x.shape()[normalized];
  if (dim < 2) return x;
  SliceOptions options{std::vector<std::int64_t>(x.rank(), 0),
                       std::vector<std::int64_t>(x.rank(), 1)};
  options.begin[normalized] = dim - 1;
  options.strides[normalized] = -1;
  return evaluate_op(kSlice, std::move(options), {x}, x.spec());
}

}  // namespace tfjs::ops
