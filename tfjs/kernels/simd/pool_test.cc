#include "tfjs/ops/pool.h"

#include <gtest/gtest.h>

#include "tfjs/base/text.h"
#include "tfjs/kernels/simd/against_reference.h"

namespace tfjs::kernels {
namespace {

using ops::PoolKind;

void check_pool(PoolKind kind, const Shape& x, const std::vector<std::int64_t>& size,
                const std::vector<std::int64_t>& strides, shape::Padding padding) {
  ops::PoolOptions options;
  options.kind = kind;
  Shape result = x;
  for (std::size_t i = 0; i < size.size(); ++i) {
    const int axis = static_cast<int>(i) + 1;
    options.axes.push_back(shape::conv_axis(x[axis], size[i], strides[i], 1, padding, "test",
                                            static_cast<int>(size.size())));
    result.set_dim(axis, options.axes.back().output);
  }
  expect_like_reference(
      {ops::kPool, options, {{DType::Float32, x}}, {{DType::Float32, result}}, {}},
      cat(kind == PoolKind::Max ? "max " : "average ", x, " size ", size, " strides ", strides,
          padding == shape::Padding::Same ? " same" : " valid"));
}

TEST(PoolSimd, EqualsReferenceForEveryRemainderOfChannels) {
  for (PoolKind kind : {PoolKind::Max, PoolKind::Average}) {
    for (std::int64_t channels : {1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 33, 48, 64, 65, 100, 133}) {
      check_pool(kind, {2, 5, 6, channels}, {2, 3}, {1, 2}, shape::Padding::Same);
    }
  }
}

TEST(PoolSimd, EqualsReferenceForImagesOfEveryGeometry) {
  for (PoolKind kind : {PoolKind::Max, PoolKind::Average}) {
    for (shape::Padding padding : {shape::Padding::Same, shape::Padding::Valid}) {
      for (std::int64_t size : {1, 2, 3, 5}) {
        for (std::int64_t stride : {1, 2, 3, 4}) {
          check_pool(kind, {1, 7, 9, 5}, {size, size}, {stride, stride}, padding);
        }
      }
      check_pool(kind, {3, 40, 50, 40}, {3, 3}, {2, 2}, padding);
    }
  }
}

TEST(PoolSimd, EqualsReferenceForVolumes) {
  for (PoolKind kind : {PoolKind::Max, PoolKind::Average}) {
    for (shape::Padding padding : {shape::Padding::Same, shape::Padding::Valid}) {
      check_pool(kind, {2, 5, 6, 7, 9}, {2, 3, 2}, {1, 2, 2}, padding);
      check_pool(kind, {2, 6, 4, 9, 9}, {1, 1, 1}, {3, 2, 3}, padding);
    }
  }
}

}  // namespace
}  // namespace tfjs::kernels
