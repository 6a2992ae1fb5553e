// Work with a fault at one of its calls, and what came of it.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tests/io_faults/faulty_files.h"
#include "tfjs/io/internal/test_support.h"

namespace tfjs::io {

struct FailedWork {
  bool is_reached = false;  ///< the call that was to fail came
  bool has_thrown = false;
  bool is_building = false;  ///< FaultyFiles::has_failed_at_building
  std::string call;          ///< FaultyFiles::failed_call
};

/// Does `work` with `fault` at its call `at`. An error must name a path that begins with `path`'s
/// folder, and the reason.
template <class Work>
FailedWork fail_at(FaultyFiles& files, const std::string& path, Fault fault, int at, bool stays,
                   Work work) {
  FailedWork done;
  files.plan(fault, at, stays);
  try {
    work();
  } catch (const Error& error) {
    done.has_thrown = true;
    const std::string folder = path.substr(0, path.rfind('/'));
    const char* reason = fault == Fault::NoRoom ? "No space left on device" : "Input/output error";
    EXPECT_TRUE(says(error, ErrorCode::Unavailable, {folder, reason}));
  }
  done.is_reached = files.count() >= at;
  done.is_building = files.has_failed_at_building();
  done.call = files.failed_call();
  files.plan_nothing();
  return done;
}

}  // namespace tfjs::io
