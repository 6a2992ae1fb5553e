#include "tfjs/ops/internal/conv_arguments.h"

#include <algorithm>

#include "tfjs/base/error.h"

namespace tfjs::ops::internal {
namespace {

void require_count(const std::vector<std::int64_t>& values, std::size_t count, const char* name,
                   const char* what) {
  if (values.size() != count) {
    throw invalid_argument(what, ": ", name, " must be ", count, " numbers, got ", values);
  }
}

bool has_above_one(const std::vector<std::int64_t>& values) {
  return std::any_of(values.begin(), values.end(), [](std::int64_t value) { return value > 1; });
}

}  // namespace

void check_conv_arguments(const std::vector<std::int64_t>& strides,
                          const std::vector<std::int64_t>& dilations, std::size_t axes,
                          const char* what) {
  require_count(strides, axes, "strides", what);
  require_count(dilations, axes, "dilations", what);
  if (has_above_one(strides) && has_above_one(dilations)) {
    throw invalid_argument(what, ": strides or dilations must be all 1, got strides ", strides,
                           " and dilations ", dilations);
  }
}

void check_transposed_arguments(const std::vector<std::int64_t>& strides,
                                const std::vector<std::int64_t>& dilations, std::size_t axes,
                                const char* what) {
  require_count(strides, axes, "strides", what);
  require_count(dilations, axes, "dilations", what);
  for (std::int64_t dilation : dilations) {
    if (dilation != 1) throw invalid_argument(what, ": dilations must be 1, got ", dilations);
  }
}

}  // namespace tfjs::ops::internal
