#include "tfjs/ops/reduce.h"

#include <gtest/gtest.h>

#include "tfjs/base/text.h"
#include "tfjs/kernels/simd/against_reference.h"

namespace tfjs::kernels {
namespace {

using ops::ReduceKind;

constexpr ReduceKind kKinds[] = {ReduceKind::Sum, ReduceKind::Mean, ReduceKind::Max,
                                 ReduceKind::Min, ReduceKind::Prod};

void check_reduce(ReduceKind kind, const Shape& x, const std::vector<int>& axes) {
  Shape result;
  for (int axis = 0; axis < x.rank(); ++axis) {
    const bool is_reduced = std::find(axes.begin(), axes.end(), axis) != axes.end();
    if (!is_reduced) result = concat(result, Shape{x[axis]});
  }
  expect_like_reference({ops::kReduce,
                         ops::ReduceOptions{kind, axes, false},
                         {{DType::Float32, x}},
                         {{DType::Float32, result}},
                         {},
                         1e-4},
                        cat("kind ", static_cast<int>(kind), " of ", x, " over ", axes));
}

TEST(ReduceSimd, EqualsReferenceForRowsOfEveryLength) {
  for (ReduceKind kind : kKinds) {
    for (std::int64_t length : {1, 3, 8, 16, 17, 63, 64, 65, 130, 1000}) {
      check_reduce(kind, {3, length}, {1});
      check_reduce(kind, {length}, {0});
    }
  }
}

TEST(ReduceSimd, EqualsReferenceForColumnsOfEveryRemainder) {
  for (ReduceKind kind : kKinds) {
    for (std::int64_t columns : {2, 3, 8, 16, 17, 31, 64, 65, 100, 133, 300}) {
      check_reduce(kind, {2, 3, 5, columns}, {1, 2});
      check_reduce(kind, {7, columns}, {0});
    }
  }
}

TEST(ReduceSimd, EqualsReferenceForEveryRunOfAxes) {
  for (ReduceKind kind : kKinds) {
    for (int first = 0; first < 4; ++first) {
      std::vector<int> axes;
      for (int last = first; last < 4; ++last) {
        axes.push_back(last);
        check_reduce(kind, {2, 3, 4, 5}, axes);
        check_reduce(kind, {2, 1, 4, 1}, axes);
      }
    }
    check_reduce(kind, {2, 1, 4, 1}, {0, 3});
    check_reduce(kind, {1, 3, 4, 5}, {0, 2});
  }
}

TEST(ReduceSimd, SumsManyRowsClosely) {
  check_reduce(ReduceKind::Mean, {1, 200, 300, 3}, {0, 1, 2});
  check_reduce(ReduceKind::Sum, {100000}, {0});
  check_reduce(ReduceKind::Sum, {3, 3000, 70}, {1});
}

TEST(ReduceSimd, GivesTheNeutralElementForNothing) {
  check_reduce(ReduceKind::Sum, {0, 3}, {0});
  check_reduce(ReduceKind::Mean, {2, 0}, {1});
  check_reduce(ReduceKind::Max, {0, 3}, {0});
}

}  // namespace
}  // namespace tfjs::kernels
