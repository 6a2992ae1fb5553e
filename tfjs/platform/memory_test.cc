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

TEST(TakeMemory, LeavesTheContentAsItIs) {
  constexpr std::size_t kSize = std::size_t{3} << 20;
  const auto buffer = allocate_buffer(kSize);
  buffer.get()[5000] = std::byte{7};
  buffer.get()[kSize - 1] = std::byte{9};
  take_memory(buffer.get(), 0);
  take_memory(buffer.get() + 100, 50);
  take_memory(buffer.get() + 100, kSize - 100);
  EXPECT_EQ(buffer.get()[5000], std::byte{7});
  EXPECT_EQ(buffer.get()[kSize - 1], std::byte{9});
}

}  // namespace
}  // namespace tfjs::platform
