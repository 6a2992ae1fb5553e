#include "tfjs/layers/penalties.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"

namespace tfjs::layers {
namespace {

Regularizer regularizer(const char* json) {
  return Regularizer::from_json(parse_json(json, "test"), "layer 'd' (Dense)");
}
Constraint constraint(const char* json) {
  return Constraint::from_json(parse_json(json, "test"), "layer 'd' (Dense)");
}

TEST(Regularizer, IsNullWhenThereIsNone) {
  EXPECT_TRUE(Regularizer().to_json().is_null());
  EXPECT_TRUE(regularizer("null").is_none());
}

TEST(Regularizer, FillsMissingPartsAsStockDoes) {
  EXPECT_EQ(write_json(regularizer(R"({"class_name":"L1L2","config":{"l1":0}})").to_json()),
            R"({"class_name":"L1L2","config":{"l1":0,"l2":0.01}})");
  EXPECT_EQ(write_json(Regularizer("l1l2").to_json()),
            R"({"class_name":"L1L2","config":{"l1":0.01,"l2":0.01}})");
}

TEST(Regularizer, TurnsKerasL2IntoTheClassStockKnows) {
  EXPECT_EQ(write_json(regularizer(R"({"class_name":"L2","config":{"l2":0.5}})").to_json()),
            R"({"class_name":"L1L2","config":{"l1":0,"l2":0.5}})");
}

TEST(Regularizer, KeepsAnUnknownClass) {
  const char* text = R"({"class_name":"OrthogonalRegularizer","config":{"factor":0.01}})";
  EXPECT_EQ(write_json(regularizer(text).to_json()), text);
}

TEST(Constraint, WritesItsDefaults) {
  EXPECT_EQ(write_json(Constraint("maxNorm").to_json()),
            R"({"class_name":"MaxNorm","config":{"max_value":2,"axis":0}})");
  EXPECT_EQ(
      write_json(Constraint("min_max_norm").to_json()),
      R"({"class_name":"MinMaxNorm","config":{"min_value":0,"max_value":1,"rate":1,"axis":0}})");
  EXPECT_EQ(write_json(Constraint::non_neg().to_json()), R"({"class_name":"NonNeg","config":{}})");
}

TEST(Constraint, ReadsItsOptionsInCamelCaseToo) {
  const Json json = parse_json(R"({"class_name":"MaxNorm","config":{"maxValue":1.5}})", "test");
  EXPECT_EQ(write_json(Constraint::from_json(json, "test").to_json()),
            R"({"class_name":"MaxNorm","config":{"max_value":1.5,"axis":0}})");
}

TEST(Constraint, KeepsAListOfAxes) {
  const char* text = R"({"class_name":"UnitNorm","config":{"axis":[0,1,2]}})";
  EXPECT_EQ(write_json(constraint(text).to_json()), text);
}

TEST(Constraint, RefusesAnUnknownClass) {
  EXPECT_THROW(constraint(R"({"class_name":"MaxNrm","config":{}})"), Error);
  EXPECT_THROW(constraint(R"({"class_name":"MaxNorm","config":{"max_value":"much"}})"), Error);
}

TEST(Constraint, BringsAWeightToTheNearestAllowedOne) {
  Tensor w = Tensor::of<float>({3, 0.3f, -4, 0.4f}, {2, 2});  // columns of norm 5 and 0.5
  auto unit = Constraint::unit_norm().apply(w);
  EXPECT_NEAR(unit.data<float>()[0], 0.6, 1e-6);
  EXPECT_NEAR(unit.data<float>()[1], 0.6, 1e-6);
  auto most = Constraint::max_norm(2).apply(w);
  EXPECT_NEAR(most.data<float>()[2], -1.6, 1e-6);
  EXPECT_NEAR(most.data<float>()[3], 0.4, 1e-6);
  auto half = Constraint::min_max_norm(1, 2, 0.5).apply(w);
  EXPECT_NEAR(half.data<float>()[0], 3 * 3.5 / 5, 1e-6);
  EXPECT_NEAR(half.data<float>()[1], 0.3 * 0.75 / 0.5, 1e-6);
  EXPECT_EQ(Constraint::non_neg().apply(w).data<float>()[2], 0.0f);
}

}  // namespace
}  // namespace tfjs::layers
