#include "tfjs/platform/memory.h"

#include <gtest/gtest.h>

namespace tfjs::platform {
namespace {

TEST(AllocateBuffer, GivesAlignedMemory) {
  for (const std::uint64_t size : {0, 1, 100, 5 << 20}) {
    const auto buffer = allocate_buffer(size);
    ASSERT_TRUE(buffer);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer.get()) % 64, 0u);
    for (std::uint64_t i = 0; i < size; ++i) buffer.get()[i] = std::byte{1};
  }
}

TEST(AllocateBuffer, HasNoMoreThanTheMachine) {
  EXPECT_FALSE(allocate_buffer(std::uint64_t{1} << 60));
  EXPECT_FALSE(allocate_buffer(~std::uint64_t{0}));
}

}  // namespace
}  // namespace tfjs::platform
