// Saves that find no room: an error, the old model as it was, and no litter.
#include <gtest/gtest.h>

#include "tests/io_faults/no_room.h"
#include "tests/io_faults/whole_model.h"

namespace tfjs::io {
namespace {

constexpr std::int64_t kSmallRows = 20000;   // 160 kB
constexpr std::int64_t kLargeRows = 200000;  // 1.6 MB

/// Saves models too large for the room there is; the small one must survive each.
void expect_old_model_kept(const std::string& path) {
  for (int number = 2; number < 6; ++number) {
    const Error error = error_of([&] { save_whole(path, number, kLargeRows); });
    EXPECT_TRUE(says(error, ErrorCode::Unavailable, {"cannot write"}));
    EXPECT_EQ(load_whole(path), 1);
  }
}

TEST(FileSizeLimits, KeepTheOldModel) {
  for (bool has_inner_folder : {false, true}) {
    const TestFolder folder;
    const std::string path = make_place(folder, has_inner_folder);
    save_whole(path, 1, kSmallRows);
    const auto before = folder.list("model");
    {
      const FileSizeLimit limit(300000);
      expect_old_model_kept(path);
    }
    EXPECT_EQ(folder.list("model"), before);
    EXPECT_EQ(folder.list(), std::vector<std::string>{"model"});
    save_whole(path, 7, kLargeRows);
    EXPECT_EQ(load_whole(path), 7);
  }
}

TEST(FullDiskIfMountIsAllowed, KeepsTheOldModelInAFolder) {
  const TestFolder folder;
  const std::string reason = with_small_disk(folder.path(), [&] {
    for (bool has_inner_folder : {false, true}) {
      const std::string path = make_place(folder, has_inner_folder);
      save_whole(path, 1, kSmallRows);
      expect_old_model_kept(path);
      EXPECT_EQ(folder.list(), std::vector<std::string>{"model"});
      save_whole(path, 8, kSmallRows);
      EXPECT_EQ(load_whole(path), 8);
      platform::files().remove_tree(path);
    }
  });
  if (!reason.empty()) GTEST_SKIP() << reason;
}

TEST(FullDiskIfMountIsAllowed, KeepsTheOldModelAtTheMountPoint) {
  const TestFolder folder;
  const std::string reason = with_small_disk(folder.path(), [&] {
    folder.put("notes", "x");
    save_whole(folder.path(), 1, kSmallRows);
    const auto before = folder.list();
    expect_old_model_kept(folder.path());
    EXPECT_EQ(folder.list(), before);
    save_whole(folder.path(), 8, kSmallRows);
    EXPECT_EQ(load_whole(folder.path()), 8);
    EXPECT_EQ(folder.get("notes"), "x");
  });
  if (!reason.empty()) GTEST_SKIP() << reason;
}

}  // namespace
}  // namespace tfjs::io
