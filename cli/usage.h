// A mistake in how the command was called: exit code 2.
#pragma once

#include <stdexcept>

#include "tfjs/base/text.h"

namespace tfjs::cli {

struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <class... Parts>
UsageError usage_error(const Parts&... parts) {
  return UsageError(cat(parts...));
}

}  // namespace tfjs::cli
