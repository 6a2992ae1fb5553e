#include "tfjs/core/dtype.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"

namespace tfjs {
namespace {

TEST(DType, ReadsBackEveryNameItWrites) {
  for (DType dtype : {DType::Float32, DType::Int32, DType::Bool, DType::String, DType::Complex64}) {
    EXPECT_EQ(parse_dtype(name(dtype)), dtype);
  }
}

TEST(DType, RefusesUnknownNames) {
  EXPECT_FALSE(parse_dtype("float64").has_value());
  EXPECT_FALSE(parse_dtype("Float32").has_value());
  EXPECT_FALSE(parse_dtype("").has_value());
}

TEST(DType, KnowsTheBytesOfAnElement) {
  EXPECT_EQ(element_size(DType::Float32), 4u);
  EXPECT_EQ(element_size(DType::Int32), 4u);
  EXPECT_EQ(element_size(DType::Bool), 1u);
  EXPECT_EQ(element_size(DType::Complex64), 8u);
  EXPECT_THROW(element_size(DType::String), Error);
}

}  // namespace
}  // namespace tfjs
