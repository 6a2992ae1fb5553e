// Ops that only move elements: any dtype but complex where noted.
#pragma once

#include "tfjs/core/evaluator.h"

namespace tfjs::ops {

struct NoOptions {};
struct TransposeOptions {
  std::vector<int> permutation;
};
struct ConcatOptions {
  int axis = 0;
};
struct SliceOptions {
  std::vector<std::int64_t> begin;
  std::vector<std::int64_t> strides;  ///< may be negative: counts down from begin
};
struct PadOptions {
  std::vector<std::int64_t> before;
  std::vector<std::int64_t> after;
  float value = 0;
};
struct TileOptions {
  std::vector<std::int64_t> repeats;
};
struct GatherOptions {
  int axis = 0;
};
struct CastOptions {
  DType to = DType::Float32;
};
struct OneHotOptions {
  std::int64_t depth = 0;
};

extern const Op kReshape;  ///< NoOptions; the output's shape says all
extern const Op kTranspose;
extern const Op kConcat;
extern const Op kSlice;
extern const Op kPad;
extern const Op kTile;
extern const Op kGather;
extern const Op kCast;
extern const Op kSelect;
extern const Op kOneHot;

/// One dimension may be kUnknown: worked out. Errors: InvalidArgument when sizes differ.
Tensor reshape(const Tensor& x, const Shape& shape);
/// Removes the dimension of 1 at `axis`; inserts one.
Tensor squeeze(const Tensor& x, int axis);
Tensor expand_dims(const Tensor& x, int axis);
Tensor transpose(const Tensor& x, const std::vector<int>& permutation);
Tensor concat(const std::vector<Tensor>& parts, int axis);
/// Elements [begin, begin + size) of each axis; size -1: to the end.
Tensor slice(const Tensor& x, const std::vector<std::int64_t>& begin,
             const std::vector<std::int64_t>& size);
/// [begin, end) along one axis, that axis kept.
Tensor slice_axis(const Tensor& x, int axis, std::int64_t begin, std::int64_t end);
/// Equal parts along `axis`.
std::vector<Tensor> split(const Tensor& x, int parts, int axis);
Tensor reverse(const Tensor& x, int axis);
Tensor pad(const Tensor& x, const std::vector<std::int64_t>& before,
           const std::vector<std::int64_t>& after, float value = 0);
Tensor tile(const Tensor& x, const std::vector<std::int64_t>& repeats);
/// New leading axis or as many as needed: broadcasts x to `shape`.
Tensor broadcast_to(const Tensor& x, const Shape& shape);
/// Rows of x along `axis` at int32 `indices`. Result: x's dims with dim `axis` replaced by indices'
/// shape. Errors at run time: InvalidArgument naming an index outside [0, dim).
Tensor gather(const Tensor& x, const Tensor& indices, int axis = 0);
/// float32 to int32 truncates; anything to bool: != 0.
Tensor cast(const Tensor& x, DType to);
/// condition ? x : y, elementwise with broadcasting; condition bool.
Tensor select(const Tensor& condition, const Tensor& x, const Tensor& y);
/// float32 [..., depth]: 1 at the index, 0 elsewhere. Errors at run time: InvalidArgument for an
/// index outside [0, depth).
Tensor one_hot(const Tensor& indices, std::int64_t depth);

}  // namespace tfjs::ops
