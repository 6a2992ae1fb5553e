// Saves killed at each of the system calls that change files, in turn: the old or the new model
// loads, whole, and the next save leaves no litter.
#include <gtest/gtest.h>

#include "tests/io_faults/failing_work.h"
#include "tests/io_faults/faulty_place.h"

namespace tfjs::io {
namespace {

class KilledCalls : public testing::TestWithParam<Way> {
 protected:
  KilledCalls() : place_(GetParam()) {}

  /// Saves `now` over `old` (nothing when 0), killed at the call `at`, then whole.
  FailedWork replace(int old, int now, int at) {
    const FailedWork done = kill_at(place_.files(), at, [&] { place_.save(now); });
    SCOPED_TRACE(cat(now, " over ", old, ", killed at call ", at));
    const int loaded = place_.load();
    EXPECT_TRUE(loaded == now || (done.is_reached && loaded == old)) << loaded;
    place_.expect_others_untouched();
    place_.save(now);
    place_.expect_only(now);
    return done;
  }

  FaultyPlace place_;
};

TEST_P(KilledCalls, LeaveTheOldOrTheNewModelWhole) {
  place_.save(kOneFile);
  place_.make_other_file();
  at_every_call([&](int at) {
    const FailedWork there = replace(kOneFile, kThreeFiles, at);
    const FailedWork back = replace(kThreeFiles, kOneFile, at);
    return there.is_reached ? there : back;
  });
}

TEST_P(KilledCalls, LeaveNothingOrTheModelWhereNothingWas) {
  at_every_call([&](int at) {
    const FailedWork done = replace(0, kThreeFiles, at);
    place_.clear();
    return done;
  });
}

INSTANTIATE_TEST_SUITE_P(Ways, KilledCalls, kAllWays, way_name);

}  // namespace
}  // namespace tfjs::io
