#include "tfjs/core/evaluator.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"

namespace tfjs {
namespace {

/// Answers every call with one scalar.
class Constant : public Evaluator {
 public:
  explicit Constant(float value) : value_(value) {}
  std::vector<Tensor> evaluate(OpCall) override { return {Tensor::scalar(value_)}; }

 private:
  float value_;
};

const Op kNothing{"Nothing", {}};

float evaluated() {
  return evaluate_op(kNothing, 0, {}, {}).data<float>()[0];
}

}  // namespace

// The runtime defines it for programs; these tests do without one.
Evaluator& default_evaluator() {
  static Constant evaluator(-1);
  return evaluator;
}

namespace {

TEST(CurrentEvaluator, IsTheDefaultOutsideOfScopes) {
  EXPECT_EQ(evaluated(), -1);
}

TEST(ScopedEvaluator, NestsAndRestores) {
  Constant one(1), two(2);
  {
    ScopedEvaluator outer(one);
    {
      ScopedEvaluator inner(two);
      EXPECT_EQ(evaluated(), 2);
    }
    EXPECT_EQ(evaluated(), 1);
  }
  EXPECT_EQ(evaluated(), -1);
}

}  // namespace
}  // namespace tfjs
