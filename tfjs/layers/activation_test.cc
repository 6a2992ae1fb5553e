#include "tfjs/layers/activation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tfjs/base/error.h"

namespace tfjs::layers {
namespace {

float activated(const char* name, float x) {
  return Activation(name).apply(Tensor::of<float>({x}, {1, 1})).data<float>()[0];
}

TEST(Activation, TakesBothSpellingsAndWritesSnakeCase) {
  EXPECT_EQ(Activation("hardSigmoid").name(), "hard_sigmoid");
  EXPECT_EQ(Activation("hard_sigmoid").name(), "hard_sigmoid");
  EXPECT_EQ(Activation("logSoftmax").name(), "log_softmax");
}

TEST(Activation, ReloadsGeluNew) {
  EXPECT_EQ(Activation("geluNew").unary(), ops::UnaryKind::GeluNew);
  EXPECT_EQ(Activation("gelu_new").name(), "gelu_new");
}

TEST(Activation, WritesKerasNamesAsStockKnowsThem) {
  EXPECT_EQ(Activation("silu").name(), "swish");
}

TEST(Activation, NamesTheCloseNamesOfAnUnknownOne) {
  try {
    Activation("sigmod");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::NotFound);
    EXPECT_NE(std::string(error.what()).find("'sigmoid'"), std::string::npos) << error.what();
  }
}

TEST(Activation, SaysWhichAreElementwise) {
  EXPECT_TRUE(Activation("tanh").is_elementwise());
  EXPECT_FALSE(Activation("softmax").is_elementwise());
  EXPECT_TRUE(Activation().is_linear());
}

TEST(Activation, ComputesKerasFunctionsThatStockLacks) {
  EXPECT_NEAR(activated("hard_silu", 1), 4.0 / 6, 1e-6);
  EXPECT_NEAR(activated("hard_silu", 5), 5, 1e-6);
  EXPECT_NEAR(activated("leaky_relu", -1), -0.2, 1e-6);
  EXPECT_NEAR(activated("exponential", 1), std::exp(1.0), 1e-5);
}

}  // namespace
}  // namespace tfjs::layers
