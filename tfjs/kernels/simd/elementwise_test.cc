#include <gtest/gtest.h>

#include "tfjs/base/text.h"
#include "tfjs/kernels/simd/against_reference.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/normalization.h"
#include "tfjs/ops/unary.h"
#include "tfjs/shape/broadcast.h"

namespace tfjs::kernels {
namespace {

using ops::BinaryKind;
using ops::UnaryKind;

struct NamedUnary {
  UnaryKind kind;
  const char* name;
};
constexpr NamedUnary kUnaries[] = {
#define UNARY(Kind, function, tensorflow, expression) {UnaryKind::Kind, #Kind},
#include "tfjs/ops/unary.def"
#undef UNARY
};

struct NamedBinary {
  BinaryKind kind;
  const char* name;
  bool is_comparison;
};
constexpr NamedBinary kBinaries[] = {
#define BINARY(Kind, function, tensorflow, expression) {BinaryKind::Kind, #Kind, false},
#define COMPARISON(Kind, function, tensorflow, expression) {BinaryKind::Kind, #Kind, true},
#include "tfjs/ops/binary.def"
#undef BINARY
#undef COMPARISON
};

void check_binary(const NamedBinary& row, const Shape& x, const Shape& y,
                  DType dtype = DType::Float32) {
  const Shape shape = shape::broadcast(x, y, "test");
  KernelCase test{ops::kBinary,
                  ops::BinaryOptions{row.kind},
                  {{dtype, x}, {dtype, y}},
                  {{row.is_comparison ? DType::Bool : dtype, shape}},
                  {}};
  // Small whole numbers meet their equals.
  if (dtype != DType::Float32) {
    test.low = 0;
    test.high = 3;
  }
  expect_like_reference(test, cat(row.name, " of ", x, " and ", y, " ", dtype));
}

TEST(UnarySimd, EqualsReferenceForEveryFunction) {
  for (const NamedUnary& row : kUnaries) {
    if (row.kind == UnaryKind::Sin || row.kind == UnaryKind::Cos) continue;  // no vector form
    for (std::int64_t size : {1, 7, 16, 37}) {
      const TensorSpec spec{DType::Float32, {size}};
      expect_like_reference({ops::kUnary,
                             ops::UnaryOptions{row.kind, -0.3f, 0.4f},
                             {spec},
                             {spec},
                             {},
                             2e-5,
                             0.01f,
                             3.0f},
                            cat(row.name, " of ", size));
    }
  }
}

TEST(UnarySimd, EqualsReferenceWhenThreadsShare) {
  const TensorSpec spec{DType::Float32, {3, 111, 257}};
  expect_like_reference({ops::kUnary, ops::UnaryOptions{UnaryKind::Tanh}, {spec}, {spec}, {}},
                        "tanh");
}

TEST(BinarySimd, EqualsReferenceForEveryFunctionAndDtype) {
  for (const NamedBinary& row : kBinaries) {
    for (std::int64_t size : {1, 7, 16, 37}) {
      check_binary(row, {size}, {size});
      check_binary(row, {2, size}, {1});
      check_binary(row, {}, {size});
      if (row.is_comparison) check_binary(row, {2, size}, {size}, DType::Int32);
      if (row.is_comparison) check_binary(row, {size}, {size}, DType::Bool);
    }
  }
}

TEST(BinarySimd, EqualsReferenceForEveryWayOfBroadcasting) {
  const Shape shapes[] = {{},           {1},          {5},          {4, 5},       {4, 1},
                          {3, 1, 5},    {3, 4, 1},    {3, 4, 5},    {2, 1, 1, 1}, {2, 3, 4, 5},
                          {2, 1, 4, 1}, {1, 3, 1, 5}, {2, 3, 1, 1}, {1, 1, 4, 5}};
  for (const Shape& x : shapes) {
    for (const Shape& y : shapes) {
      check_binary({BinaryKind::Sub, "Sub", false}, x, y);
      check_binary({BinaryKind::Less, "Less", true}, x, y);
    }
  }
}

TEST(BinarySimd, EqualsReferenceWhenThreadsShare) {
  check_binary({BinaryKind::Add, "Add", false}, {7, 100, 300}, {100, 300});
  check_binary({BinaryKind::Mul, "Mul", false}, {7, 100, 301}, {301});
  check_binary({BinaryKind::Div, "Div", false}, {70, 1, 301}, {5, 1});
}

TEST(BinarySimd, LeavesEmptyTensorsEmpty) {
  check_binary({BinaryKind::Add, "Add", false}, {0, 3}, {3});
  check_binary({BinaryKind::Add, "Add", false}, {2, 0}, {1});
}

TEST(ScaleShiftSimd, EqualsReferenceForEveryAxis) {
  const auto check = [](const Shape& shape, int axis) {
    const TensorSpec x{DType::Float32, shape};
    const TensorSpec channels{DType::Float32, {shape[axis]}};
    expect_like_reference(
        {ops::kScaleShift, ops::ScaleShiftOptions{axis}, {x, channels, channels}, {x}, {}},
        cat(shape, " axis ", axis));
  };
  for (std::int64_t channels : {1, 2, 3, 7, 16, 37, 255, 256, 300}) {
    check({channels}, 0);
    check({5, channels}, 1);
    check({2, 3, 41, channels}, 3);
    check({2, channels, 3, 5}, 1);
    check({channels, 37}, 0);
  }
  check({2, 111, 113, 9}, 3);
}

TEST(SoftmaxSimd, EqualsReferenceForEveryRemainderOfColumns) {
  for (bool log : {false, true}) {
    for (std::int64_t columns : {1, 2, 3, 5, 8, 10, 16, 17, 31, 64, 65, 100, 1000, 1001}) {
      const TensorSpec spec{DType::Float32, {3, columns}};
      expect_like_reference(
          {ops::kSoftmax, ops::SoftmaxOptions{log}, {spec}, {spec}, {}, 2e-5, -20, 20},
          cat(columns, " columns", log ? " log" : ""));
    }
    const TensorSpec large{DType::Float32, {300, 7, 101}};
    expect_like_reference({ops::kSoftmax, ops::SoftmaxOptions{log}, {large}, {large}, {}},
                          "threads share");
  }
}

TEST(LayerNormSimd, EqualsReferenceOverTrailingAxes) {
  const auto check = [](const Shape& shape, std::vector<int> axes, bool has_parameters) {
    const TensorSpec x{DType::Float32, shape};
    KernelCase test{ops::kLayerNorm, ops::LayerNormOptions{axes}, {x}, {x}, {}};
    if (has_parameters) {
      test.inputs.insert(test.inputs.end(), 2, {DType::Float32, shape.sub(axes[0])});
    }
    expect_like_reference(test, cat(shape, has_parameters ? " with parameters" : ""));
  };
  for (bool has_parameters : {false, true}) {
    for (std::int64_t columns : {1, 2, 7, 16, 33, 64, 100, 768}) {
      check({3, columns}, {1}, has_parameters);
      check({2, 5, columns}, {1, 2}, has_parameters);
    }
    check({500, 131}, {1}, has_parameters);
  }
}

}  // namespace
}  // namespace tfjs::kernels
