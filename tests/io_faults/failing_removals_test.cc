// Removals of which one system call fails, each in turn, or which are killed there: the model is
// whole or gone, and what is not the model's stays.
#include <gtest/gtest.h>

#include "tests/io_faults/failing_work.h"
#include "tests/io_faults/faulty_place.h"
#include "tfjs/io/handlers/file.h"

namespace tfjs::io {
namespace {

class FailingRemovals : public testing::TestWithParam<Way> {
 protected:
  FailingRemovals() : place_(GetParam()) {
    place_.save(kThreeFiles);
    place_.make_other_file();
  }

  void remove() { remove_model_files(place_.path()); }

  /// After a removal: the model is whole or gone, and can be saved and removed.
  void check(const FailedWork& done, bool may_leave_weights) {
    const int loaded = place_.load();
    EXPECT_TRUE(loaded == 0 || (done.has_thrown && loaded == kThreeFiles)) << loaded;
    place_.expect_others_untouched();
    if (loaded != 0) place_.expect_only(kThreeFiles);
    place_.save(kOneFile);
    if (may_leave_weights) place_.remove_old_weights(kOneFile);
    place_.expect_only(kOneFile);
    remove();
    EXPECT_EQ(place_.load(), 0);
    place_.expect_others_untouched();
    place_.save(kThreeFiles);
    place_.expect_only(kThreeFiles);
  }

  FaultyPlace place_;
};

TEST_P(FailingRemovals, KeepTheModelOrNothingAfterAnError) {
  at_every_call([&](int at) {
    const FailedWork done =
        fail_at(place_.files(), place_.path(), Fault::Error, at, false, [&] { remove(); });
    SCOPED_TRACE(cat("call ", at, ": ", done.call));
    check(done, done.call.ends_with(".bin"));
    return done;
  });
}

TEST_P(FailingRemovals, KeepTheModelOrNothingWhenAllFailsFromThenOn) {
  at_every_call([&](int at) {
    const FailedWork done =
        fail_at(place_.files(), place_.path(), Fault::Error, at, true, [&] { remove(); });
    SCOPED_TRACE(cat("call ", at, ": ", done.call));
    check(done, true);
    return done;
  });
}

TEST_P(FailingRemovals, KeepTheModelOrNothingWhenKilled) {
  for (int at = 1; at < kMostCalls; ++at) {
    const FailedWork done = kill_at(place_.files(), at, [&] { remove(); });
    SCOPED_TRACE(cat("killed at call ", at));
    check(done, true);
    if (HasFailure()) return;
    if (done.is_reached) continue;
    EXPECT_GT(at, 1);
    return;
  }
  FAIL() << "more than " << kMostCalls << " calls";
}

INSTANTIATE_TEST_SUITE_P(Ways, FailingRemovals,
                         testing::Values(Way{"Folder", PlaceKind::ExchangedFolder},
                                         Way{"FolderWithFolders", PlaceKind::FolderPutInPlace},
                                         Way{"Archive", PlaceKind::Archive}),
                         way_name);

}  // namespace
}  // namespace tfjs::io
