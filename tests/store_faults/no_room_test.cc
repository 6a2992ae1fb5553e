// Saves that find no room, as the system says it: an error, the old model as it was, and no litter.
#include <gtest/gtest.h>

#include "tests/io_faults/no_room.h"
#include "tests/store_faults/whole_model.h"

namespace tfjs::io {
namespace {

constexpr std::int64_t kSmallRows = 1000;
constexpr std::int64_t kLargeRows = 700000;  // 5.6 MB

/// Saves models too large for the room there is; the small one must survive each.
void expect_old_model_kept(const std::string& store) {
  for (int number = 2; number < 6; ++number) {
    for (const char* name : {"model", "new"}) {
      EXPECT_TRUE(says(error_of([&] { save_whole(store, name, number, kLargeRows); }),
                       ErrorCode::Unavailable, {store}));
      EXPECT_EQ(load_whole(store, "model"), 1);
    }
  }
  EXPECT_EQ(list_indexed_db({.store = store}).get().size(), 1u);
}

TEST(StoreWithAFileSizeLimit, KeepsTheOldModel) {
  const TestFolder folder;
  const std::string store = folder.at("models.db");
  save_whole(store, "model", 1, kSmallRows);
  {
    const FileSizeLimit limit(3000000);
    expect_old_model_kept(store);
  }
  EXPECT_EQ(folder.list(), std::vector<std::string>{"models.db"});
  save_whole(store, "model", 7, kLargeRows);
  EXPECT_EQ(load_whole(store, "model"), 7);
}

TEST(StoreOnAFullDiskIfMountIsAllowed, KeepsTheOldModel) {
  const TestFolder folder;
  const std::string reason = with_small_disk(folder.path(), [&] {
    const std::string store = folder.at("models.db");
    save_whole(store, "model", 1, kSmallRows);
    expect_old_model_kept(store);
    EXPECT_EQ(folder.list(), std::vector<std::string>{"models.db"});
    save_whole(store, "model", 8, kSmallRows);
    EXPECT_EQ(load_whole(store, "model"), 8);
  });
  if (!reason.empty()) GTEST_SKIP() << reason;
}

}  // namespace
}  // namespace tfjs::io
