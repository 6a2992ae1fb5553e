#include "tfjs/platform/memory.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"

namespace tfjs::platform {
namespace {

TEST(AllocateBuffer, GivesAlignedMemory) {
  for (const std::uint64_t size : {0, 1, 100, 5 << 20}) {
    const auto buffer = allocate_buffer(size);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer.get()) % 64, 0u);
    for (std::uint64_t i = 0; i < size; i += 4096) buffer.get()[i] = std::byte{1};
    if (size > 0) buffer.get()[size - 1] = std::byte{2};
  }
}

TEST(AllocateBuffer, RefusesWhatNoMachineHas) {
  try {
    allocate_buffer(std::uint64_t{1} << 62);
    ADD_FAILURE() << "there was memory";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Unavailable);
  }
}

}  // namespace
}  // namespace tfjs::platform
