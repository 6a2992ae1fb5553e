// Saves and removals on a disk that fails, or whose process is killed, at every single step: the
// old model is there whole, or the new one.
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/store_faults/faulty_disk.h"
#include "tests/store_faults/whole_model.h"

namespace tfjs::io {
namespace {

// More than SQLite's cache of 2 MB, so that pages go to the disk before the end of the save.
constexpr int kMostSteps = 2000;

struct Case {
  const char* name;
  Fault fault;
  bool stays;
};

class FailingDisk : public testing::TestWithParam<Case> {
 protected:
  FailingDisk() : store_(folder_.at("models.db")) {}

  /// Runs `work` with the fault at step 1, 2, ... until it is done before the fault comes.
  /// `check(is_done)` looks at the store after each.
  template <class Work, class Check>
  void at_every_step(Work work, Check check) {
    const Case& c = GetParam();
    for (int step = 1; step < kMostSteps; ++step) {
      SCOPED_TRACE(cat("fault at step ", step));
      disk_.plan(c.fault, step, c.stays);
      bool is_done = false;
      if (c.fault == Fault::Kill || c.fault == Fault::KillInside) {
        const int status = status_of(start_process([&] { return work(), 0; }));
        is_done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        ASSERT_TRUE(is_done || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
      } else {
        try {
          work();
          is_done = true;
        } catch (const Error& error) {
          ASSERT_TRUE(says(error, ErrorCode::Unavailable, {store_}));
        }
      }
      const bool was_reached = is_killing() ? !is_done : disk_.steps() >= step;
      disk_.plan_nothing();
      check(is_done);
      if (HasFailure()) return;
      if (!was_reached) {
        EXPECT_TRUE(is_done);
        EXPECT_GT(step, 10);
        return;
      }
    }
    FAIL() << "more than " << kMostSteps << " steps";
  }

  bool is_killing() const {
    return GetParam().fault == Fault::Kill || GetParam().fault == Fault::KillInside;
  }
  /// A process killed after its last step has done its work without saying so.
  void expect_old_or_new(int loaded, int before, int after, bool is_done) const {
    if (is_done) {
      EXPECT_EQ(loaded, after);
    } else if (is_killing()) {
      EXPECT_TRUE(loaded == before || loaded == after) << loaded;
    } else {
      EXPECT_EQ(loaded, before);
    }
  }

  const TestFolder folder_;
  const std::string store_;
  FaultyDisk disk_;
};

TEST_P(FailingDisk, KeepsTheOldModelWhenASaveFails) {
  save_whole(store_, "other", 1000, 100);
  save_whole(store_, "model", 1, kRowsBeyondCache);
  int number = 2;
  int before = 1;
  at_every_step([&] { save_whole(store_, "model", number, kRowsBeyondCache); },
                [&](bool is_done) {
                  const int loaded = load_whole(store_, "model");
                  expect_old_or_new(loaded, before, number, is_done);
                  EXPECT_EQ(load_whole(store_, "other"), 1000);
                  before = loaded;
                  ++number;
                });
  EXPECT_EQ(folder_.list(), std::vector<std::string>{"models.db"});
}

TEST_P(FailingDisk, KeepsAStoreThatCanBeMadeWhenTheFirstSaveFails) {
  at_every_step([&] { save_whole(store_, "model", 1, 100); },
                [&](bool is_done) {
                  const bool is_listed = !list_indexed_db({.store = store_}).get().empty();
                  if (is_done) {
                    EXPECT_TRUE(is_listed);
                  }
                  if (!is_killing()) {
                    EXPECT_EQ(is_listed, is_done);
                  }
                  if (is_listed) {
                    EXPECT_EQ(load_whole(store_, "model"), 1);
                  }
                  save_whole(store_, "second", 2, 100);
                  EXPECT_EQ(load_whole(store_, "second"), 2);
                  platform::files().remove_file(store_);
                });
}

TEST_P(FailingDisk, KeepsTheModelOrNothingWhenARemovalFails) {
  save_whole(store_, "other", 1000, 100);
  const IOHandlerPtr model = indexed_db("model", {.store = store_});
  save_whole(store_, "model", 1, 650000);  // large enough for its room to be given back
  at_every_step([&] { model->remove().get(); },
                [&](bool is_done) {
                  const bool is_listed = list_indexed_db({.store = store_}).get().size() == 2;
                  if (is_done) {
                    EXPECT_FALSE(is_listed);
                  }
                  if (!is_done && !is_killing()) {
                    EXPECT_TRUE(is_listed);
                  }
                  if (is_listed) {
                    EXPECT_EQ(load_whole(store_, "model"), 1);
                  } else {
                    save_whole(store_, "model", 1, 650000);
                  }
                  EXPECT_EQ(load_whole(store_, "other"), 1000);
                });
}

INSTANTIATE_TEST_SUITE_P(Faults, FailingDisk,
                         testing::Values(Case{"NoRoomOnce", Fault::NoRoom, false},
                                         Case{"NoRoomFromThenOn", Fault::NoRoom, true},
                                         Case{"ErrorOnce", Fault::Error, false},
                                         Case{"ErrorFromThenOn", Fault::Error, true},
                                         Case{"KilledBefore", Fault::Kill, false},
                                         Case{"KilledInside", Fault::KillInside, false}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace tfjs::io
