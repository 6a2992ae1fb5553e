// Saves of which one system call fails, each in turn: an error that says where and why, or success;
// the old model or the new one, whole; and the next save leaves no litter.
#include <gtest/gtest.h>

#include <set>

#include "tests/io_faults/failing_work.h"
#include "tests/io_faults/faulty_place.h"

namespace tfjs::io {
namespace {

class FailingCalls : public testing::TestWithParam<Way> {
 protected:
  FailingCalls() : place_(GetParam()) {}

  /// Saves `now` over `old` (nothing when 0) with the fault at the call `at`, then without.
  FailedWork replace(int old, int now, Fault fault, int at, bool stays) {
    const FailedWork done =
        fail_at(place_.files(), place_.path(), fault, at, stays, [&] { place_.save(now); });
    SCOPED_TRACE(cat(now, " over ", old, ", call ", at, ": ", done.call));
    calls_.insert(done.call.substr(0, done.call.find(' ')));
    const int loaded = place_.load();
    EXPECT_TRUE(loaded == now || (done.has_thrown && loaded == old)) << loaded;
    place_.expect_others_untouched();
    // A save that fails after its moment, with the new model in place, is tidied up by the next.
    const bool is_whole_step = !done.has_thrown || loaded == old;
    if (!stays && done.is_building && is_whole_step) place_.expect_no_litter();
    place_.save(now);
    // Removing the old model's weights is tidying up too: those that resist stay.
    if (stays || done.call.starts_with("unlink ")) place_.remove_old_weights(now);
    place_.expect_only(now);
    return done;
  }

  /// Saves a model of three weight files over one of one file, and the other way round.
  void replace_at_every_call(Fault fault, bool stays) {
    place_.save(kOneFile);
    place_.make_other_file();
    at_every_call([&](int at) {
      const FailedWork there = replace(kOneFile, kThreeFiles, fault, at, stays);
      const FailedWork back = replace(kThreeFiles, kOneFile, fault, at, stays);
      return there.is_reached ? there : back;
    });
  }

  FaultyPlace place_;
  std::set<std::string> calls_;  ///< the names of those that failed
};

TEST_P(FailingCalls, KeepTheOldOrTheNewModelAfterAnError) {
  replace_at_every_call(Fault::Error, false);
  // That the linker leads them all to us.
  for (const char* call :
       {"chmod", "close", "fdopendir", "flock", "fstatat", "fsync", "mkdir", "openat", "readdir",
        "realpath", "rename", "stat", "unlinkat", "write"}) {
    EXPECT_TRUE(calls_.contains(call)) << call;
  }
}

TEST_P(FailingCalls, KeepTheOldOrTheNewModelWhenThereIsNoRoom) {
  replace_at_every_call(Fault::NoRoom, false);
}

TEST_P(FailingCalls, KeepTheOldOrTheNewModelWhenThereIsNoRoomFromThenOn) {
  replace_at_every_call(Fault::NoRoom, true);
}

INSTANTIATE_TEST_SUITE_P(Ways, FailingCalls, kAllWays, way_name);

class FailingCallsOfSaves : public FailingCalls {
 protected:
  /// Saves a model of three weight files over one of one file or, without that, over nothing.
  void save_at_every_call(bool has_old, Fault fault, bool stays, bool may_fail) {
    const int old = has_old ? kOneFile : 0;
    const auto prepare = [&] { has_old ? place_.save(kOneFile) : place_.clear(); };
    prepare();
    at_every_call([&](int at) {
      const FailedWork done = replace(old, kThreeFiles, fault, at, stays);
      EXPECT_TRUE(may_fail || !done.has_thrown) << done.call;
      prepare();
      return done;
    });
  }
};

TEST_P(FailingCallsOfSaves, KeepTheOldOrTheNewModelWhenAllFailFromThenOn) {
  save_at_every_call(true, Fault::Error, true, true);
}

TEST_P(FailingCallsOfSaves, LeaveNothingOrTheModelWhereNothingWas) {
  save_at_every_call(false, Fault::Error, false, true);
}

TEST_P(FailingCallsOfSaves, MakeNoDifferenceWhenInterrupted) {
  save_at_every_call(true, Fault::Interrupted, false, false);
}

TEST_P(FailingCallsOfSaves, MakeNoDifferenceWhenWritesAreShort) {
  save_at_every_call(true, Fault::ShortWrite, false, false);
}

TEST_P(FailingCallsOfSaves, KeepAModelThatIsSavedOverItself) {
  place_.save(kOneFile);
  at_every_call([&](int at) {
    const ModelArtifacts mapped = file_system(place_.path())->load({}).get();
    const FailedWork done = fail_at(place_.files(), place_.path(), Fault::Error, at, false, [&] {
      file_system(place_.path())->save(mapped, {.shard_bytes = 30000}).get();
    });
    SCOPED_TRACE(cat("call ", at, ": ", done.call));
    EXPECT_EQ(place_.load(), kOneFile);
    EXPECT_EQ(check_whole(mapped), kOneFile);
    place_.save(kOneFile);
    if (done.call.starts_with("unlink ")) place_.remove_old_weights(kOneFile);
    place_.expect_only(kOneFile);
    return done;
  });
}

INSTANTIATE_TEST_SUITE_P(Ways, FailingCallsOfSaves, kMainWays, way_name);

}  // namespace
}  // namespace tfjs::io
