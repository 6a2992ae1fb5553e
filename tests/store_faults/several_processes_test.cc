// Processes that share a store, and what one leaves behind for the others.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include "tests/store_faults/faulty_disk.h"
#include "tests/store_faults/whole_model.h"

namespace tfjs::io {
namespace {

TEST(ProcessesThatSaveAtOnce, TakeTurns) {
  const TestFolder folder;
  const std::string store = folder.at("models.db");
  std::vector<pid_t> savers;
  for (int saver = 1; saver <= 3; ++saver) {
    // The first saves make the store: that too may happen in several processes at once.
    savers.push_back(start_process([&] {
      for (int i = 0; i < 20; ++i) {
        save_whole(store, "shared", 100 * saver + i, kRowsBeyondCache / 10);
        save_whole(store, cat("own", saver), 100 * saver + i, 100);
        if (load_whole(store, cat("own", saver)) != 100 * saver + i) return 2;
        if (load_whole(store, "shared") < 100) return 3;
      }
      return 0;
    }));
  }
  for (pid_t saver : savers) EXPECT_EQ(status_of(saver), 0);
  EXPECT_EQ(load_whole(store, "shared") % 100, 19);
  for (int saver = 1; saver <= 3; ++saver) {
    EXPECT_EQ(load_whole(store, cat("own", saver)), 100 * saver + 19);
  }
  EXPECT_EQ(folder.list(), std::vector<std::string>{"models.db"});
}

/// Leaves a store whose save of model 2 over model 1 was killed when its pages were written: its
/// journal is needed.
void leave_a_journal(const std::string& store) {
  save_whole(store, "model", 1, kRowsBeyondCache);
  FaultyDisk disk;
  save_whole(store, "trial", 1, kRowsBeyondCache);
  disk.plan_nothing();
  save_whole(store, "trial", 2, kRowsBeyondCache);
  const int last = disk.steps();  // the removal of the journal
  const auto save_and_die = [&] {
    disk.plan(Fault::Kill, last);
    save_whole(store, "model", 2, kRowsBeyondCache);
    return 0;
  };
  const int status = status_of(start_process(save_and_die));
  EXPECT_TRUE(WIFSIGNALED(status));
}

TEST(JournalOfAKilledSave, IsUndoneByTheNextLoad) {
  const TestFolder folder;
  const std::string store = folder.at("models.db");
  leave_a_journal(store);
  EXPECT_GT(platform::files().info(store + "-journal")->size, 0u);
  EXPECT_EQ(load_whole(store, "model"), 1);
  EXPECT_EQ(folder.list(), std::vector<std::string>{"models.db"});
}

TEST(JournalOfAKilledSave, IsUndoneByTheNextList) {
  const TestFolder folder;
  const std::string store = folder.at("models.db");
  leave_a_journal(store);
  EXPECT_EQ(list_indexed_db({.store = store}).get().size(), 2u);
  EXPECT_EQ(folder.list(), std::vector<std::string>{"models.db"});
}

TEST(JournalOfAKilledSave, IsUndoneByTheNextSave) {
  const TestFolder folder;
  const std::string store = folder.at("models.db");
  leave_a_journal(store);
  save_whole(store, "other", 3, 100);
  EXPECT_EQ(load_whole(store, "model"), 1);
  EXPECT_EQ(load_whole(store, "other"), 3);
  EXPECT_EQ(folder.list(), std::vector<std::string>{"models.db"});
}

TEST(JournalThatIsNone, ChangesNothing) {
  const TestFolder folder;
  const std::string store = folder.at("models.db");
  save_whole(store, "model", 1, 100);
  for (const std::string& text : {std::string(), std::string(70000, 'x'), std::string(600, '\0')}) {
    folder.put("models.db-journal", text);
    EXPECT_EQ(load_whole(store, "model"), 1);
    save_whole(store, "model", 1, 100);
    EXPECT_EQ(load_whole(store, "model"), 1);
  }
}

TEST(JournalWithoutItsStore, IsNoStore) {
  const TestFolder folder;
  const std::string store = folder.at("models.db");
  leave_a_journal(store);
  platform::files().remove_file(store);
  EXPECT_EQ(error_of([&] { load_whole(store, "model"); }).code(), ErrorCode::NotFound);
  save_whole(store, "new", 1, 100);
  EXPECT_EQ(load_whole(store, "new"), 1);
  EXPECT_EQ(list_indexed_db({.store = store}).get().size(), 1u);
}

/// Runs `work` in a process whose user may not write to what `folder` holds.
template <class Work>
void without_write_access(const TestFolder& folder, Work work) {
  for (const std::string& name : folder.list()) {
    ASSERT_EQ(::chmod(folder.at(name).c_str(), 0444), 0);
  }
  ASSERT_EQ(::chmod(folder.path().c_str(), 0555), 0);
  const int status = status_of(start_process([&] {
    constexpr uid_t kNobody = 65534;
    if (::geteuid() == 0 && ::setuid(kNobody) != 0) return 1;
    work();
    std::fflush(stdout);
    return testing::Test::HasFailure() ? 2 : 0;
  }));
  EXPECT_EQ(status, 0) << "see the failures above";
  ASSERT_EQ(::chmod(folder.path().c_str(), 0755), 0);
}

TEST(ReadOnlyStore, LoadsAndListsButDoesNotSave) {
  const TestFolder folder;
  const std::string store = folder.at("models.db");
  save_whole(store, "model", 1, kRowsBeyondCache);
  without_write_access(folder, [&] {
    EXPECT_EQ(load_whole(store, "model"), 1);
    EXPECT_EQ(list_indexed_db({.store = store}).get().size(), 1u);
    EXPECT_TRUE(says(error_of([&] { save_whole(store, "model", 2, 100); }), ErrorCode::Unavailable,
                     {store, "read only"}));
    EXPECT_TRUE(says(error_of([&] { indexed_db("model", {.store = store})->remove().get(); }),
                     ErrorCode::Unavailable, {store, "read only"}));
    EXPECT_TRUE(says(error_of([&] { save_whole(folder.at("new.db"), "model", 2, 100); }),
                     ErrorCode::Unavailable, {folder.at("new.db")}));
    EXPECT_TRUE(says(error_of([&] { save_whole(folder.at("a/new.db"), "model", 2, 100); }),
                     ErrorCode::Unavailable, {folder.at("a")}));
    EXPECT_EQ(load_whole(store, "model"), 1);
  });
}

TEST(ReadOnlyStore, SaysThatAKilledSaveMustBeUndoneFirst) {
  const TestFolder folder;
  const std::string store = folder.at("models.db");
  leave_a_journal(store);
  without_write_access(folder, [&] {
    EXPECT_TRUE(says(error_of([&] { load_whole(store, "model"); }), ErrorCode::Unavailable,
                     {store, "cut short", "write"}));
  });
}

}  // namespace
}  // namespace tfjs::io
