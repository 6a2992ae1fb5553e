// For tests: what lstat() says of a path.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>

namespace tfjs::io {

inline struct stat status_of(const std::string& path) {
  struct stat status = {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return status;
}

}  // namespace tfjs::io
