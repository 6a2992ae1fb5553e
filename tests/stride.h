// Tests that try every step of something take too long where everything is 10 times slower, as
// under sanitizers. There they try every fifth; the release build tries all.
#pragma once

namespace tfjs {

constexpr int kStride = TFJS_TEST_STRIDE;

}  // namespace tfjs
