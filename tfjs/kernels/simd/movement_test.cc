#include "tfjs/ops/movement.h"

#include <gtest/gtest.h>

#include "tfjs/base/text.h"
#include "tfjs/kernels/simd/against_reference.h"
#include "tfjs/ops/resize.h"

namespace tfjs::kernels {
namespace {

constexpr DType kDTypes[] = {DType::Float32, DType::Int32, DType::Bool};

/// Whole numbers differ enough to tell elements apart.
KernelCase movement(const Op& op, std::any options, std::vector<TensorSpec> inputs,
                    TensorSpec output) {
  return {op, std::move(options), std::move(inputs), {std::move(output)}, {}, 2e-5, 0, 200};
}

void check_transpose(const Shape& x, const std::vector<int>& permutation, DType dtype) {
  std::vector<std::int64_t> dims;
  for (int axis : permutation) dims.push_back(x[axis]);
  expect_like_reference(movement(ops::kTranspose, ops::TransposeOptions{permutation}, {{dtype, x}},
                                 {dtype, Shape(dims)}),
                        cat("transpose ", x, " by ", permutation));
}

TEST(TransposeSimd, EqualsReferenceForEveryPermutation) {
  std::vector<int> permutation = {0, 1, 2, 3};
  do {
    for (DType dtype : kDTypes) check_transpose({2, 3, 17, 5}, permutation, dtype);
    check_transpose({1, 33, 1, 18}, permutation, DType::Float32);
  } while (std::next_permutation(permutation.begin(), permutation.end()));
}

TEST(TransposeSimd, EqualsReferenceWhenThreadsShare) {
  check_transpose({300, 401}, {1, 0}, DType::Float32);
  check_transpose({9, 70, 6, 64}, {0, 2, 1, 3}, DType::Float32);
  check_transpose({3, 200, 200}, {0, 2, 1}, DType::Float32);
}

TEST(SliceSimd, EqualsReferenceForEveryDirection) {
  for (DType dtype : kDTypes) {
    for (std::int64_t first : {-2, -1, 1, 2}) {
      for (std::int64_t last : {-3, -1, 1, 2}) {
        const std::vector<std::int64_t> begin = {first < 0 ? 6 : 1, 1, last < 0 ? 17 : 2};
        expect_like_reference(movement(ops::kSlice, ops::SliceOptions{begin, {first, 1, last}},
                                       {{dtype, {7, 4, 20}}}, {dtype, {3, 2, 5}}),
                              cat("slice with strides ", first, " and ", last));
      }
    }
  }
  expect_like_reference(movement(ops::kSlice, ops::SliceOptions{{2, 0, 0}, {1, 1, 1}},
                                 {{DType::Float32, {40, 50, 60}}}, {DType::Float32, {37, 50, 60}}),
                        "leading slice");
}

TEST(TileSimd, EqualsReference) {
  for (DType dtype : kDTypes) {
    for (const std::vector<std::int64_t>& repeats :
         {std::vector<std::int64_t>{1, 1, 1}, {3, 1, 1}, {1, 4, 1}, {2, 3, 5}, {1, 1, 7}}) {
      for (const Shape& x : {Shape{2, 3, 5}, Shape{1, 1, 1}, Shape{4, 1, 9}}) {
        const Shape result = {x[0] * repeats[0], x[1] * repeats[1], x[2] * repeats[2]};
        expect_like_reference(
            movement(ops::kTile, ops::TileOptions{repeats}, {{dtype, x}}, {dtype, result}),
            cat("tile ", x, " by ", repeats));
      }
    }
  }
}

TEST(ConcatSimd, EqualsReferenceForEveryAxis) {
  for (DType dtype : kDTypes) {
    for (int axis = 0; axis < 3; ++axis) {
      std::vector<TensorSpec> inputs;
      std::int64_t joined = 0;
      for (std::int64_t length : {3, 1, 0, 7}) {
        Shape shape = {5, 4, 6};
        shape.set_dim(axis, length);
        joined += length;
        inputs.push_back({dtype, shape});
      }
      Shape result = {5, 4, 6};
      result.set_dim(axis, joined);
      expect_like_reference(
          movement(ops::kConcat, ops::ConcatOptions{axis}, inputs, {dtype, result}),
          cat("concat along ", axis));
    }
  }
  const TensorSpec large{DType::Float32, {100, 30, 40}};
  expect_like_reference(movement(ops::kConcat, ops::ConcatOptions{2}, {large, large},
                                 {DType::Float32, {100, 30, 80}}),
                        "threads share");
}

TEST(GatherSimd, EqualsReferenceForEveryAxis) {
  for (DType dtype : kDTypes) {
    for (int axis = 0; axis < 3; ++axis) {
      // Indices are below 200.
      Shape table = {3, 4, 5};
      table.set_dim(axis, 200);
      Shape result = concat(concat(table.sub(0, axis), {7, 2}), table.sub(axis + 1));
      expect_like_reference(movement(ops::kGather, ops::GatherOptions{axis},
                                     {{dtype, table}, {DType::Int32, {7, 2}}}, {dtype, result}),
                            cat("gather along ", axis));
    }
  }
  expect_like_reference(movement(ops::kGather, ops::GatherOptions{0},
                                 {{DType::Float32, {200, 100}}, {DType::Int32, {1500}}},
                                 {DType::Float32, {1500, 100}}),
                        "threads share");
}

TEST(PadSimd, EqualsReferenceForEverySetOfAxes) {
  for (DType dtype : kDTypes) {
    for (int axes = 0; axes < 16; ++axes) {
      ops::PadOptions options{{0, 0, 0, 0}, {0, 0, 0, 0}, 3};
      const Shape x = {2, 3, 1, 5};
      Shape result = x;
      for (int axis = 0; axis < 4; ++axis) {
        if ((axes >> axis & 1) == 0) continue;
        options.before[static_cast<std::size_t>(axis)] = axis;
        options.after[static_cast<std::size_t>(axis)] = 2;
        result.set_dim(axis, x[axis] + axis + 2);
      }
      expect_like_reference(movement(ops::kPad, options, {{dtype, x}}, {dtype, result}),
                            cat("pad to ", result));
    }
  }
}

TEST(SelectSimd, EqualsReferenceForEveryWayOfBroadcasting) {
  const Shape result = {3, 4, 19};
  const Shape shapes[] = {{3, 4, 19}, {19}, {4, 1}, {1}, {3, 1, 19}};
  for (DType dtype : kDTypes) {
    for (const Shape& condition : shapes) {
      for (const Shape& x : shapes) {
        for (const Shape& y : shapes) {
          KernelCase test =
              movement(ops::kSelect, ops::NoOptions(),
                       {{DType::Bool, condition}, {dtype, x}, {dtype, y}}, {dtype, result});
          test.high = 2;
          expect_like_reference(test, cat("select ", condition, " ", x, " ", y));
        }
      }
    }
  }
}

TEST(ResizeSimd, EqualsReferenceForEveryOptionAndRatio) {
  for (ops::Interpolation interpolation :
       {ops::Interpolation::Bilinear, ops::Interpolation::Nearest}) {
    for (int flags = 0; flags < 4; ++flags) {
      const ops::ResizeOptions options{interpolation, (flags & 1) != 0, (flags & 2) != 0};
      if (options.align_corners && options.half_pixel_centers) continue;
      for (std::int64_t channels : {1, 3, 8, 19}) {
        for (std::int64_t size : {1, 4, 7, 14, 15}) {
          expect_like_reference(
              {ops::kResize,
               options,
               {{DType::Float32, {2, 7, 5, channels}}},
               {{DType::Float32, {2, size, size + 1, channels}}},
               {}},
              cat("resize to ", size, " with ", channels, " channels, options ", flags));
        }
      }
    }
  }
  expect_like_reference({ops::kResize,
                         ops::ResizeOptions{},
                         {{DType::Float32, {2, 90, 80, 5}}},
                         {{DType::Float32, {2, 200, 150, 5}}},
                         {}},
                        "threads share");
}

}  // namespace
}  // namespace tfjs::kernels
