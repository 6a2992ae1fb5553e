// For a kernel whose threads each take whole pieces of work (the loops inside a piece run on its
// thread), and for tests that run a kernel on one.
#pragma once

#include "tfjs/runtime/parallel.h"

namespace tfjs::kernels {

class Alone final : public runtime::Parallel {
 public:
  int threads() const override { return 1; }
  void for_range(std::int64_t count, std::int64_t,
                 const std::function<void(std::int64_t, std::int64_t, int)>& body) override {
    if (count > 0) body(0, count, 0);
  }
};

}  // namespace tfjs::kernels
