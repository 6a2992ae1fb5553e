#include "tfjs/ops/matmul.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tfjs/base/text.h"
#include "tfjs/kernels/simd/against_reference.h"

namespace tfjs::kernels {
namespace {

using ops::Epilogue;
using ops::UnaryKind;

void check_matmul(std::int64_t rows, std::int64_t depth, std::int64_t columns, bool constant,
                  const Epilogue& epilogue) {
  KernelCase test{ops::kMatmul, ops::MatmulOptions{epilogue}, {}, {floats({rows, columns})}, {}};
  test.inputs = {floats({rows, depth}), floats({depth, columns})};
  if (constant) test.constant_inputs = {1};
  // Rounding grows with the square root of the number of terms.
  test.tolerance = 1e-5 + 2e-6 * std::sqrt(static_cast<double>(depth));
  if (epilogue.bias) test.inputs.push_back(floats({columns}));
  if (epilogue.residual) test.inputs.push_back(floats({rows, columns}));
  expect_like_reference(
      test, cat(rows, "x", depth, "x", columns, constant ? " constant" : "", " activation ",
                static_cast<int>(epilogue.activation.kind), epilogue.bias ? " bias" : "",
                epilogue.residual ? " residual" : ""));
}

TEST(MatmulSimd, EqualsReferenceAtEveryRemainderOfRowsAndColumns) {
  for (std::int64_t rows = 1; rows <= 27; ++rows) {
    for (std::int64_t columns : {1, 3, 8, 15, 16, 17, 31, 32, 33, 47, 48, 50, 64, 100}) {
      check_matmul(rows, 19, columns, rows % 2 == 0, {});
    }
  }
}

TEST(MatmulSimd, EqualsReferenceForDepthsAroundTheBlocks) {
  for (std::int64_t depth : {1, 2, 7, 8, 9, 512, 1023, 1024, 1025, 2048, 2049, 5000}) {
    for (std::int64_t rows : {1, 3, 5, 6, 14, 30}) {
      check_matmul(rows, depth, 37, true, {.bias = true});
    }
  }
}

TEST(MatmulSimd, EqualsReferenceWithEveryEpilogue) {
  const UnaryKind kinds[] = {UnaryKind::Linear,    UnaryKind::Relu,        UnaryKind::Relu6,
                             UnaryKind::LeakyRelu, UnaryKind::ClipByValue, UnaryKind::Sigmoid,
                             UnaryKind::Tanh,      UnaryKind::Gelu,        UnaryKind::Swish};
  for (UnaryKind kind : kinds) {
    for (int flags = 0; flags < 4; ++flags) {
      Epilogue epilogue;
      epilogue.bias = (flags & 1) != 0;
      epilogue.residual = (flags & 2) != 0;
      epilogue.activation = {kind, -0.3f, 0.4f};
      for (std::int64_t rows : {2, 13, 40}) {
        for (std::int64_t columns : {5, 32, 45, 80})
          check_matmul(rows, 21, columns, true, epilogue);
      }
      check_matmul(20, 2100, 45, true, epilogue);
    }
  }
}

TEST(MatmulSimd, EqualsReferenceOnProductsThatAreSplitOverThreads) {
  check_matmul(400, 200, 130, true, {.bias = true});
  check_matmul(30, 1024, 700, false, {});
  check_matmul(5, 2000, 300, true, {.bias = true});
  check_matmul(1, 1500, 1001, true, {.activation = {UnaryKind::Relu, 0, 0}});
}

TEST(MatmulSimd, TakesLeadingDimensionsAsRows) {
  KernelCase test{ops::kMatmul, ops::MatmulOptions{}, {}, {floats({2, 3, 4, 9})}, {}};
  test.inputs = {floats({2, 3, 4, 11}), floats({11, 9})};
  expect_like_reference(test, "[2, 3, 4, 11] x [11, 9]");
}

void check_batch(Shape a, Shape b, Shape out, bool transpose_a, bool transpose_b) {
  KernelCase test{ops::kBatchMatmul,
                  ops::BatchMatmulOptions{transpose_a, transpose_b},
                  {floats(a), floats(b)},
                  {floats(out)},
                  {}};
  expect_like_reference(test, cat(a, transpose_a ? "T" : "", " x ", b, transpose_b ? "T" : ""));
}

TEST(BatchMatmulSimd, EqualsReferenceForEveryTransposition) {
  for (std::int64_t rows : {1, 4, 7, 30}) {
    for (std::int64_t batch : {1, 2, 5}) {
      check_batch({batch, rows, 13}, {batch, 13, 35}, {batch, rows, 35}, false, false);
      check_batch({batch, 13, rows}, {batch, 13, 35}, {batch, rows, 35}, true, false);
      check_batch({batch, rows, 13}, {batch, 35, 13}, {batch, rows, 35}, false, true);
      check_batch({batch, 13, rows}, {batch, 35, 13}, {batch, rows, 35}, true, true);
    }
  }
}

TEST(BatchMatmulSimd, BroadcastsLeadingDimensions) {
  check_batch({3, 1, 8, 6}, {2, 6, 10}, {3, 2, 8, 10}, false, false);
  check_batch({8, 6}, {4, 6, 10}, {4, 8, 10}, false, false);
  check_batch({4, 2, 6}, {10, 6}, {4, 2, 10}, false, true);
}

}  // namespace
}  // namespace tfjs::kernels
