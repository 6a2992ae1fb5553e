#include "tfjs/layers/initializer.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tfjs/base/error.h"

namespace tfjs::layers {
namespace {

std::string written_initializer(const Initializer& initializer) {
  return write_json(initializer.to_json());
}

Initializer read_initializer(const char* json) {
  return Initializer::from_json(parse_json(json, "test"),
                                "layer 'dense_1' (Dense): kernel_initializer");
}

struct Moments {
  double mean = 0;
  double deviation = 0;
  double largest = 0;
};

Moments moments(const Tensor& x) {
  Moments m;
  auto values = x.data<float>();
  for (float v : values) m.mean += v;
  m.mean /= static_cast<double>(values.size());
  for (float v : values) {
    m.deviation += (v - m.mean) * (v - m.mean);
    m.largest = std::max(m.largest, std::fabs(static_cast<double>(v)));
  }
  m.deviation = std::sqrt(m.deviation / static_cast<double>(values.size()));
  return m;
}

TEST(Initializer, WritesGlorotAsTheVarianceScalingItIs) {
  EXPECT_EQ(
      written_initializer("glorotNormal"),
      R"({"class_name":"VarianceScaling","config":{"scale":1,"mode":"fan_avg","distribution":"normal","seed":null}})");
  EXPECT_EQ(
      written_initializer("he_uniform"),
      R"({"class_name":"VarianceScaling","config":{"scale":2,"mode":"fan_in","distribution":"uniform","seed":null}})");
}

TEST(Initializer, WritesEveryDefaultOfItsClass) {
  EXPECT_EQ(written_initializer("zeros"), R"({"class_name":"Zeros","config":{}})");
  EXPECT_EQ(
      written_initializer("randomUniform"),
      R"({"class_name":"RandomUniform","config":{"minval":-0.05,"maxval":0.05,"seed":null}})");
  EXPECT_EQ(written_initializer("truncatedNormal"),
            R"({"class_name":"TruncatedNormal","config":{"mean":0,"stddev":0.05,"seed":null}})");
  EXPECT_EQ(written_initializer("orthogonal"),
            R"({"class_name":"Orthogonal","config":{"gain":1,"seed":null}})");
  EXPECT_EQ(written_initializer("identity"), R"({"class_name":"Identity","config":{"gain":1}})");
}

TEST(Initializer, TakesKerasSpellings) {
  EXPECT_EQ(
      written_initializer(read_initializer(
          R"({"module":"keras.initializers","class_name":"GlorotUniform","config":{"seed":null},
                             "registered_name":null})")),
      written_initializer("glorotUniform"));
  EXPECT_EQ(written_initializer("lecun_normal"), written_initializer("leCunNormal"));
  EXPECT_EQ(
      written_initializer(read_initializer(R"({"class_name":"HeNormal","config":{"seed":7}})")),
      R"({"class_name":"VarianceScaling","config":{"scale":2,"mode":"fan_in","distribution":"normal","seed":7}})");
}

TEST(Initializer, KeepsAnUnknownClassUntilValuesAreAskedFor) {
  Initializer unknown = read_initializer(R"({"class_name":"MyInit","config":{"b":1,"a":[2]}})");
  EXPECT_EQ(written_initializer(unknown), R"({"class_name":"MyInit","config":{"b":1,"a":[2]}})");
  EXPECT_THROW(unknown.make({2, 2}, 1), Error);
}

TEST(Initializer, NamesTheCloseNamesOfAnUnknownOne) {
  try {
    Initializer("glorotNorml");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::NotFound);
    EXPECT_NE(std::string(error.what()).find("GlorotNormal"), std::string::npos) << error.what();
  }
}

TEST(Initializer, RefusesAModeThatDoesNotExist) {
  EXPECT_THROW(
      read_initializer(R"({"class_name":"VarianceScaling","config":{"mode":"fan_everywhere"}})"),
      Error);
  EXPECT_THROW(read_initializer(R"({"class_name":"VarianceScaling","config":{"scale":0}})"), Error);
  EXPECT_THROW(read_initializer(R"({"class_name":"Constant","config":{"value":"one"}})"), Error);
}

TEST(Initializer, TakesZeroAsTheLowerEnd) {
  Tensor x = initializers::random_uniform(0, 1, 3).make({1000}, 1);
  for (float v : x.data<float>()) EXPECT_GE(v, 0.0f);
  EXPECT_NEAR(moments(x).mean, 0.5, 0.05);
}

TEST(Initializer, GivesTheSameValuesForTheSameSeed) {
  Initializer seeded = initializers::random_normal(0, 1, 5);
  Tensor a = seeded.make({4}, 1), b = seeded.make({4}, 2);
  EXPECT_EQ(std::vector<float>(a.data<float>().begin(), a.data<float>().end()),
            std::vector<float>(b.data<float>().begin(), b.data<float>().end()));
  Initializer plain = "randomNormal";
  EXPECT_NE(plain.make({4}, 1).data<float>()[0], plain.make({4}, 2).data<float>()[0]);
}

TEST(Initializer, GivesNumbersThatDoNotDependOnThePlatform) {
  Tensor x = initializers::random_uniform(0, 1, 42).make({3}, 0);
  EXPECT_FLOAT_EQ(x.data<float>()[0], 0.74156487f);
  EXPECT_FLOAT_EQ(x.data<float>()[1], 0.15991039f);
  EXPECT_FLOAT_EQ(x.data<float>()[2], 0.27860113f);
}

TEST(Initializer, TruncatesNormalsAtTwoDeviations) {
  Moments m = moments(initializers::truncated_normal(0, 0.5, 1).make({20000}, 0));
  EXPECT_LE(m.largest, 1.0);
  EXPECT_NEAR(m.deviation, 0.5 * 0.8796, 0.01);
}

TEST(Initializer, CountsTheKernelAreaAsFan) {
  // fan_in 3 * 3 * 4 = 36: uniform within sqrt(3 / 36).
  Moments m =
      moments(initializers::variance_scaling(1, "fan_in", "uniform", 1).make({3, 3, 4, 50}, 0));
  EXPECT_LE(m.largest, std::sqrt(3.0 / 36));
  EXPECT_NEAR(m.deviation, std::sqrt(1.0 / 36), 0.01);
}

TEST(Initializer, CorrectsTheDeviationOfKerasTruncatedNormal) {
  Moments m =
      moments(initializers::variance_scaling(1, "fanIn", "truncatedNormal", 1).make({100, 200}, 0));
  EXPECT_NEAR(m.deviation, 0.1, 0.002);
}

TEST(Initializer, MakesOnlySquareIdentities) {
  Tensor x = initializers::identity(2).make({2, 2}, 0);
  EXPECT_EQ(x.data<float>()[0], 2.0f);
  EXPECT_EQ(x.data<float>()[1], 0.0f);
  EXPECT_THROW(initializers::identity(2).make({2, 3}, 0), Error);
}

/// The largest entry of |Q' Q - gain^2 I| over the shorter side.
double orthogonality_error(const Tensor& q, std::int64_t rows, std::int64_t columns, double gain) {
  auto values = q.data<float>();
  bool by_columns = rows >= columns;
  std::int64_t count = by_columns ? columns : rows, length = by_columns ? rows : columns;
  auto at = [&](std::int64_t vector, std::int64_t i) {
    return static_cast<double>(
        values[static_cast<std::size_t>(by_columns ? i * columns + vector : vector * columns + i)]);
  };
  double worst = 0;
  for (std::int64_t a = 0; a < count; ++a) {
    for (std::int64_t b = 0; b <= a; ++b) {
      double sum = 0;
      for (std::int64_t i = 0; i < length; ++i) sum += at(a, i) * at(b, i);
      worst = std::max(worst, std::fabs(sum - (a == b ? gain * gain : 0)));
    }
  }
  return worst;
}

TEST(Orthogonal, HasOrthonormalColumnsOrRows) {
  EXPECT_LT(orthogonality_error(initializers::orthogonal(1, 1).make({1, 1}, 0), 1, 1, 1), 1e-5);
  EXPECT_LT(orthogonality_error(initializers::orthogonal(1, 1).make({70, 70}, 0), 70, 70, 1), 1e-5);
  EXPECT_LT(orthogonality_error(initializers::orthogonal(1, 1).make({67, 33}, 0), 67, 33, 1), 1e-5);
  EXPECT_LT(orthogonality_error(initializers::orthogonal(2, 1).make({9, 70}, 0), 9, 70, 2), 1e-5);
  // Leading dimensions are rows.
  EXPECT_LT(orthogonality_error(initializers::orthogonal(1, 1).make({3, 3, 8}, 0), 9, 8, 1), 1e-5);
}

TEST(Orthogonal, FavoursNoDirection) {
  // Each entry of a random rotation has mean 0 and variance 1/n; without the signs the diagonal
  // would be biased.
  double sum = 0, square = 0;
  constexpr int kDraws = 4000;
  for (int i = 0; i < kDraws; ++i) {
    float corner = initializers::orthogonal(1, i).make({3, 3}, 0).data<float>()[0];
    sum += corner;
    square += static_cast<double>(corner) * corner;
  }
  EXPECT_NEAR(sum / kDraws, 0, 0.05);
  EXPECT_NEAR(square / kDraws, 1.0 / 3, 0.03);
}

TEST(Orthogonal, NeedsTwoDimensions) {
  EXPECT_THROW(initializers::orthogonal().make({4}, 0), Error);
}

}  // namespace
}  // namespace tfjs::layers
