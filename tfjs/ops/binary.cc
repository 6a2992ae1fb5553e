#include "tfjs/ops/binary.h"

#include "tfjs/base/error.h"
#include "tfjs/ops/internal/check.h"
#include "tfjs/shape/broadcast.h"

namespace tfjs::ops {
namespace {

struct Row {
  const char* function;
  bool is_comparison;
};

constexpr Row kRows[] = {
#define BINARY(Kind, function, tensorflow, expression) {#function, false},
#define COMPARISON(Kind, function, tensorflow, expression) {#function, true},
#include "tfjs/ops/binary.def"
#undef BINARY
#undef COMPARISON
};

}  // namespace

const Op kBinary{"Binary",
                 {
#define BINARY(Kind, function, tensorflow, expression) tensorflow,
#define COMPARISON(Kind, function, tensorflow, expression) tensorflow,
#include "tfjs/ops/binary.def"
#undef BINARY
#undef COMPARISON
                 }};

Tensor binary(BinaryKind kind, const Tensor& x, const Tensor& y) {
  const Row& row = kRows[static_cast<int>(kind)];
  std::vector<Tensor> inputs = internal::with_common_dtype({x, y}, row.function);
  const bool is_bool = inputs[0].dtype() == DType::Bool;
  if (inputs[0].dtype() != DType::Int32 && !(is_bool && row.is_comparison)) {
    inputs[0] = internal::as_float(inputs[0], row.function, "x");
    inputs[1] = internal::as_float(inputs[1], row.function, "y");
  }
  const DType dtype = row.is_comparison ? DType::Bool : inputs[0].dtype();
  Shape shape = shape::broadcast(x.shape(), y.shape(), row.function);
  TensorSpec output = internal::checked_spec(dtype, std::move(shape), row.function);
  return evaluate_op(kBinary, BinaryOptions{kind}, std::move(inputs), std::move(output));
}

#define BINARY(Kind, function, tensorflow, expression) \
  Tensor function(const Tensor& x, const Tensor& y) {  \
    return binary(BinaryKind::Kind, x, y);             \
  }
#define COMPARISON BINARY
#include "tfjs/ops/binary.def"
#undef BINARY
#undef COMPARISON

}  // namespace tfjs::ops
