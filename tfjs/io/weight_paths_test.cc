#include "tfjs/io/weight_paths.h"

#include <gtest/gtest.h>

#include "tfjs/io/internal/test_support.h"

namespace tfjs::io {
namespace {

TEST(CheckedWeightPath, MakesPathsPlain) {
  EXPECT_EQ(checked_weight_path("a.bin", "m"), "a.bin");
  EXPECT_EQ(checked_weight_path("./model.weights.bin", "m"), "model.weights.bin");
  EXPECT_EQ(checked_weight_path("a//./b/c.bin", "m"), "a/b/c.bin");
  EXPECT_EQ(checked_weight_path("..a/b..", "m"), "..a/b..");
  EXPECT_EQ(checked_weight_path("12:30.bin", "m"), "12:30.bin");
}

void expect_path_refused(std::string_view path, const std::string& reason) {
  EXPECT_TRUE(says(error_of([&] { checked_weight_path(path, "model.json"); }),
                   ErrorCode::CorruptData, {"model.json", quoted(path), reason}));
}

TEST(CheckedWeightPath, RefusesToLeaveTheFolder) {
  expect_path_refused("../plain/model.weights.bin", "leaves the model's folder");
  expect_path_refused("a/../../x.bin", "leaves the model's folder");
  expect_path_refused("a/..", "leaves the model's folder");
  expect_path_refused("..", "leaves the model's folder");
}

TEST(CheckedWeightPath, RefusesAbsolutePathsUrlsAndDrives) {
  expect_path_refused("/etc/passwd", "absolute");
  expect_path_refused("//host/x.bin", "absolute");
  expect_path_refused("http://host/x.bin", "URL");
  expect_path_refused("data:,x", "URL");
  expect_path_refused("C:x.bin", "URL or drive");
}

TEST(CheckedWeightPath, RefusesWhatNamesNoFile) {
  expect_path_refused("", "empty");
  expect_path_refused(".", "folder");
  expect_path_refused("./.", "folder");
  expect_path_refused("a/", "folder");
  expect_path_refused("..\\x.bin", "backslash");
  expect_path_refused(std::string_view("a\0b", 3), "NUL");
}

}  // namespace
}  // namespace tfjs::io
