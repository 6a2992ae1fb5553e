// Work with a fault at one of its calls, and what came of it.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "tests/io_faults/faulty_files.h"
#include "tfjs/io/internal/test_support.h"

namespace tfjs::io {

inline constexpr int kMostCalls = 1000;

struct FailedWork {
  bool is_reached = false;   ///< the call that was to fail came
  bool has_thrown = false;   ///< or was killed
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

/// Calls `work(at)`, which has a fault at the call `at`, for 1, 2, ... until that is not reached.
template <class Work>
void at_every_call(Work work) {
  for (int at = 1; at < kMostCalls; ++at) {
    const FailedWork done = work(at);
    EXPECT_TRUE(done.is_reached || (at > 1 && !done.has_thrown));
    if (testing::Test::HasFailure() || !done.is_reached) return;
  }
  FAIL() << "more than " << kMostCalls << " calls";
}

/// Does `work` in a process that is killed at its call `at`.
template <class Work>
FailedWork kill_at(FaultyFiles& files, int at, Work work) {
  files.plan(Fault::Kill, at);
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      work();
    } catch (const Error& error) {
      std::fprintf(stderr, "%s\n", error.what());
      ::_exit(1);
    }
    ::_exit(0);
  }
  files.plan_nothing();
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  const bool is_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  EXPECT_TRUE(is_killed || status == 0) << status;
  return {is_killed, is_killed, false, "killed"};
}

}  // namespace tfjs::io
