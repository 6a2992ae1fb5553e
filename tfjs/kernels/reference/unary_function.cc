#include "tfjs/kernels/reference/unary_function.h"

#include <algorithm>
#include <cmath>

namespace tfjs::kernels {

float apply_unary(const ops::UnaryOptions& options, float x) {
  [[maybe_unused]] const float a = options.alpha;
  [[maybe_unused]] const float b = options.beta;
  switch (options.kind) {
    case ops::UnaryKind::Linear:
      return x;
#define UNARY(Kind, function, tensorflow, expression) \
  case ops::UnaryKind::Kind:                          \
    return expression;
#include "tfjs/ops/unary.def"
#undef UNARY
  }
  return x;
}

}  // namespace tfjs::kernels
