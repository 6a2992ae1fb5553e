#include "tfjs/core/tensor.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"

namespace tfjs {
namespace {

Bytes floats_at_offset(std::size_t offset) {
  return Bytes::make(offset + 8,
                     [&](std::span<std::byte> data) {
                       const float values[2] = {1.5f, -2.0f};
                       std::copy_n(reinterpret_cast<const std::byte*>(values), 8,
                                   data.begin() + offset);
                     })
      .slice(offset, 8);
}

TEST(Tensor, KeepsTheValuesItWasMadeOf) {
  const Tensor x = Tensor::of<float>({1, 2, 3, 4, 5, 6}, {2, 3});
  EXPECT_EQ(x.dtype(), DType::Float32);
  EXPECT_EQ(x.shape(), Shape({2, 3}));
  EXPECT_EQ(x.byte_length(), 24u);
  EXPECT_EQ(x.data<float>()[4], 5.0f);
}

TEST(Tensor, RefusesACountThatIsNotItsShapes) {
  EXPECT_THROW(Tensor::of<float>({1, 2, 3}, {2, 2}), Error);
  EXPECT_THROW(Tensor::of({"a"}, {2}), Error);
}

TEST(Tensor, ViewsAlignedBytesWithoutCopying) {
  const Bytes bytes = floats_at_offset(8);
  const Tensor x = Tensor::from_bytes(DType::Float32, {2}, bytes);
  EXPECT_EQ(x.raw_data(), bytes.data());
  EXPECT_EQ(x.data<float>()[1], -2.0f);
}

TEST(Tensor, CopiesBytesThatAreNotAligned) {
  const Bytes bytes = floats_at_offset(3);
  const Tensor x = Tensor::from_bytes(DType::Float32, {2}, bytes);
  EXPECT_NE(x.raw_data(), bytes.data());
  EXPECT_EQ(x.data<float>()[0], 1.5f);
}

TEST(Tensor, RefusesBytesOfAnotherLength) {
  EXPECT_THROW(Tensor::from_bytes(DType::Float32, {3}, floats_at_offset(0)), Error);
  EXPECT_THROW(Tensor::from_bytes(DType::String, {1}, {}), Error);
}

TEST(Tensor, RefusesAByteCountThatOverflowsBeforeAllocating) {
  const std::int64_t huge = std::int64_t{1} << 62;
  EXPECT_THROW(Tensor::zeros({huge}), Error);
  EXPECT_THROW(Tensor::full({huge, 4}, 1), Error);
}

TEST(Tensor, HoldsNoElementsWhenADimensionIsZero) {
  const Tensor x = Tensor::zeros({0, 4});
  EXPECT_EQ(x.size(), 0);
  EXPECT_TRUE(x.data<float>().empty());
}

TEST(Tensor, HoldsStrings) {
  const Tensor x = Tensor::of({"a", "bc"}, {2});
  EXPECT_EQ(x.dtype(), DType::String);
  EXPECT_EQ(x.string_values()[1], "bc");
  EXPECT_EQ(x.data<std::string>()[0], "a");
  EXPECT_THROW(x.bytes(), Error);
}

TEST(Tensor, RefusesToBeReadAsAnotherDtype) {
  EXPECT_THROW(Tensor::scalar(1).data<std::int32_t>(), Error);
}

TEST(Tensor, SharesItsBufferAcrossShapes) {
  const Tensor x = Tensor::full({2, 3}, 7);
  const Tensor y = x.with_shape({3, 2});
  EXPECT_EQ(x.raw_data(), y.raw_data());
  EXPECT_EQ(y.shape(), Shape({3, 2}));
  EXPECT_THROW(x.with_shape({4}), Error);
}

TEST(Tensor, HasNoElementsWhileTraced) {
  int recorder = 0;
  const Tensor x = Tensor::traced({DType::Float32, {2}}, {&recorder, 3});
  EXPECT_TRUE(x.is_traced());
  EXPECT_EQ(x.traced_value()->id, 3);
  EXPECT_EQ(x.byte_length(), 8u);
  EXPECT_THROW(x.data<float>(), Error);
}

TEST(Tensor, IsEmptyUntilItIsGivenAValue) {
  EXPECT_TRUE(Tensor().is_empty());
  EXPECT_THROW(Tensor().shape(), Error);
}

}  // namespace
}  // namespace tfjs
