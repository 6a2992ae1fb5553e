#include "tfjs/kernels/simd/unary_math.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace tfjs::kernels {
namespace {

using ops::UnaryKind;

struct Row {
  UnaryKind kind;
  const char* name;
};
constexpr Row kRows[] = {
#define UNARY(Kind, function, tensorflow, expression) {UnaryKind::Kind, #Kind},
#include "tfjs/ops/unary.def"
#undef UNARY
};

float exact(UnaryKind kind, float x, float a, float b) {
  switch (kind) {
#define UNARY(Kind, function, tensorflow, expression) \
  case UnaryKind::Kind:                               \
    return expression;
#include "tfjs/ops/unary.def"
#undef UNARY
    case UnaryKind::Linear:
      return x;
  }
  return x;
}

std::vector<float> arguments() {
  std::vector<float> values = {0.0f,   -0.0f, 1.0f,   -1.0f,   0.5f,  -0.5f,
                               1.5f,   2.5f,  1e-30f, -1e-30f, 3e38f, -3e38f,
                               1e-42f, 88.8f, -88.8f, -104.5f, 20.5f, -20.5f};
  for (int i = -4000; i <= 4000; ++i) values.push_back(static_cast<float>(i) * 0.00613f);
  return values;
}

TEST(MapUnary, GivesWhatTheTableSaysForEveryFunction) {
  const std::vector<float> in = arguments();
  std::vector<float> out(in.size());
  for (const Row& row : kRows) {
    if (!has_vector_form(row.kind)) continue;
    map_unary({row.kind, -0.25f, 0.75f}, in.data(), out.data(),
              static_cast<std::int64_t>(in.size()));
    for (std::size_t i = 0; i < in.size(); ++i) {
      const float want = exact(row.kind, in[i], -0.25f, 0.75f);
      if (std::isnan(want) || std::isinf(want)) {
        // Beyond float on one side may be barely within on the other only next to the limit.
        EXPECT_TRUE(std::isnan(want) ? std::isnan(out[i]) : out[i] == want)
            << row.name << "(" << in[i] << ") is " << out[i] << ", not " << want;
        continue;
      }
      EXPECT_NEAR(out[i], want, 4e-7 * std::max(1.0f, std::fabs(want)))
          << row.name << "(" << in[i] << ")";
    }
  }
}

TEST(MapUnary, KeepsRelativeAccuracyNearZero) {
  for (UnaryKind kind : {UnaryKind::Exp, UnaryKind::Expm1, UnaryKind::Log1p, UnaryKind::Tanh,
                         UnaryKind::Erf, UnaryKind::Sigmoid, UnaryKind::Log}) {
    for (float x = 1e-6f; x < 0.7f; x *= 1.037f) {
      float out = 0;
      map_unary({kind, 0, 0}, &x, &out, 1);
      const float want = exact(kind, x, 0, 0);
      EXPECT_NEAR(out, want, 5e-7 * std::fabs(want)) << static_cast<int>(kind) << " at " << x;
    }
  }
}

TEST(MapUnary, KeepsNaN) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (const Row& row : kRows) {
    if (!has_vector_form(row.kind)) continue;
    float out = 0;
    map_unary({row.kind, -0.25f, 0.75f}, &nan, &out, 1);
    EXPECT_TRUE(std::isnan(out)) << row.name;
  }
}

TEST(MapUnary, TouchesNothingBeyondTheCount) {
  for (std::int64_t count = 0; count < 70; ++count) {
    std::vector<float> data(static_cast<std::size_t>(count) + 4, 2.0f);
    map_unary({UnaryKind::Square, 0, 0}, data.data(), data.data(), count);
    for (std::int64_t i = 0; i < count + 4; ++i) {
      EXPECT_EQ(data[static_cast<std::size_t>(i)], i < count ? 4.0f : 2.0f) << count;
    }
  }
}

}  // namespace
}  // namespace tfjs::kernels
