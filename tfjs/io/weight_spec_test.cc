#include "tfjs/io/weight_spec.h"

#include <gtest/gtest.h>

#include "tfjs/io/internal/test_support.h"

namespace tfjs::io {
namespace {

WeightSpec parse_spec(std::string_view text) {
  return parse_weight_spec(parse_json(text, "entry"), "model.json");
}

void expect_spec_refused(std::string_view text, const std::vector<std::string>& parts) {
  EXPECT_TRUE(says(error_of([&] { parse_spec(text); }), ErrorCode::CorruptData, parts)) << text;
}

TEST(ParseWeightSpec, ReadsNameShapeDtypeAndGroup) {
  const WeightSpec spec =
      parse_spec(R"({"name":"iter","shape":[2,3],"dtype":"int32","group":"optimizer"})");
  EXPECT_EQ(spec.name, "iter");
  EXPECT_EQ(spec.tensor, (TensorSpec{DType::Int32, {2, 3}}));
  EXPECT_EQ(spec.group, "optimizer");
  EXPECT_FALSE(spec.quantization);
}

TEST(ParseWeightSpec, ReadsQuantization) {
  const WeightSpec spec = parse_spec(
      R"({"name":"w","shape":[1],"dtype":"float32","quantization":{"dtype":"uint16","min":-2,"scale":0.5}})");
  ASSERT_TRUE(spec.quantization);
  EXPECT_EQ(spec.quantization->kind, Quantization::Kind::Uint16);
  EXPECT_EQ(spec.quantization->min, -2);
  EXPECT_EQ(spec.quantization->scale, 0.5);
}

TEST(ParseWeightSpec, KeepsTheEntryForWriting) {
  const std::string text = R"({"dtype":"bool","note":[1],"shape":[],"name":"w"})";
  EXPECT_EQ(write_json(to_json(parse_spec(text))), text);
}

TEST(WeightSpecToJson, WritesAnEntryOfItsOwn) {
  WeightSpec spec;
  spec.name = "w";
  spec.tensor = {DType::Float32, {2, 3}};
  EXPECT_EQ(write_json(to_json(spec)), R"({"name":"w","shape":[2,3],"dtype":"float32"})");
  spec.group = "optimizer";
  spec.quantization = Quantization{Quantization::Kind::Uint8, -1, 0.25};
  EXPECT_EQ(
      write_json(to_json(spec)),
      R"({"name":"w","shape":[2,3],"dtype":"float32","group":"optimizer",)"
      R"("quantization":{"dtype":"uint8","min":-1,"scale":0.25,"original_dtype":"float32"}})");
  spec.quantization = Quantization{Quantization::Kind::Float16};
  EXPECT_EQ(write_json(*to_json(spec).find("quantization")),
            R"({"dtype":"float16","original_dtype":"float32"})");
}

TEST(ParseWeightSpec, RefusesWrongTypesByName) {
  expect_spec_refused("3", {"model.json", "a weight", "object"});
  expect_spec_refused(R"({"shape":[],"dtype":"bool"})", {"name"});
  expect_spec_refused(R"({"name":7,"shape":[],"dtype":"bool"})", {"name", "string", "number"});
  expect_spec_refused(R"({"name":"w","dtype":"bool"})", {"'w'", "shape"});
  expect_spec_refused(R"({"name":"w","shape":"2","dtype":"bool"})", {"'w'", "shape", "array"});
  expect_spec_refused(R"({"name":"w","shape":[]})", {"'w'", "dtype"});
  expect_spec_refused(R"({"name":"w","shape":[],"dtype":null})", {"'w'", "dtype", "null"});
  expect_spec_refused(R"({"name":"w","shape":[],"dtype":"float64"})",
                      {"'w'", "float32", "'float64'"});
  expect_spec_refused(R"({"name":"w","shape":[],"dtype":"bool","group":1})", {"'w'", "group"});
}

TEST(ParseWeightSpec, RefusesImpossibleDimensions) {
  expect_spec_refused(R"({"name":"w","shape":[2.5],"dtype":"bool"})", {"'w'", "2.5"});
  expect_spec_refused(R"({"name":"w","shape":[3,-1],"dtype":"bool"})", {"'w'", "-1"});
  expect_spec_refused(R"({"name":"w","shape":[null],"dtype":"bool"})", {"'w'", "null"});
  expect_spec_refused(R"({"name":"w","shape":[1e300],"dtype":"bool"})", {"'w'", "1e+300"});
  expect_spec_refused(R"({"name":"w","shape":[[1]],"dtype":"bool"})", {"'w'", "[1]"});
}

TEST(ParseWeightSpec, RefusesAByteSizeThatOverflows) {
  expect_spec_refused(R"({"name":"w","shape":[4294967296,4294967296],"dtype":"bool"})",
                      {"'w'", "64 bits"});
  expect_spec_refused(R"({"name":"w","shape":[2305843009213693952],"dtype":"float32"})",
                      {"'w'", "64 bits"});
  expect_spec_refused(R"({"name":"w","shape":[0,4294967296,4294967296],"dtype":"bool"})",
                      {"'w'", "64 bits"});
}

TEST(ParseWeightSpec, RefusesMoreThan32Dimensions) {
  std::string shape = "1";
  for (int i = 0; i < 32; ++i) shape += ",1";
  expect_spec_refused(cat(R"({"name":"w","dtype":"bool","shape":[)", shape, "]}"), {"'w'", "33"});
}

TEST(ParseWeightSpec, RefusesQuantizationThatCannotBe) {
  const auto entry = [](std::string_view dtype, std::string_view quantization) {
    return cat(R"({"name":"w","shape":[1],"dtype":")", dtype, R"(","quantization":)", quantization,
               "}");
  };
  expect_spec_refused(entry("float32", R"({"dtype":"uint4","min":0,"scale":1})"),
                      {"'w'", "'uint4'"});
  expect_spec_refused(entry("float32", R"({"dtype":"uint8","min":0})"), {"'w'", "scale"});
  expect_spec_refused(entry("float32", R"({"dtype":"uint8","scale":1})"), {"'w'", "min"});
  expect_spec_refused(entry("float32", R"({"dtype":"uint8","min":"a","scale":1})"), {"'w'", "min"});
  expect_spec_refused(entry("float32", R"({"dtype":"uint8","min":1e999,"scale":1})"), {"'w'"});
  expect_spec_refused(entry("float32", "5"), {"'w'", "object"});
  expect_spec_refused(entry("int32", R"({"dtype":"float16"})"), {"'w'", "float32", "int32"});
  expect_spec_refused(entry("string", R"({"dtype":"uint8","min":0,"scale":1})"), {"'w'", "string"});
}

}  // namespace
}  // namespace tfjs::io
