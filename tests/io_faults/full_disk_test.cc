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

class FileSizeLimits : public testing::TestWithParam<PlaceKind> {};

TEST_P(FileSizeLimits, KeepTheOldModel) {
  const TestFolder folder;
  const std::string path = make_place(folder, GetParam());
  save_whole(path, 1, kSmallRows);
  const auto all = folder.list();
  const auto inside = names_inside(path);
  {
    const FileSizeLimit limit(300000);
    expect_old_model_kept(path);
  }
  EXPECT_EQ(folder.list(), all);
  EXPECT_EQ(names_inside(path), inside);
  save_whole(path, 7, kLargeRows);
  EXPECT_EQ(load_whole(path), 7);
}

INSTANTIATE_TEST_SUITE_P(Places, FileSizeLimits, kPlaceKinds, place_name);

class FullDiskIfMountIsAllowed : public testing::TestWithParam<PlaceKind> {};

TEST_P(FullDiskIfMountIsAllowed, KeepsTheOldModel) {
  const TestFolder folder;
  const std::string reason = with_small_disk(folder.path(), [&] {
    const std::string path = make_place(folder, GetParam());
    save_whole(path, 1, kSmallRows);
    const auto all = folder.list();
    expect_old_model_kept(path);
    EXPECT_EQ(folder.list(), all);
    save_whole(path, 8, kSmallRows);
    EXPECT_EQ(load_whole(path), 8);
  });
  if (!reason.empty()) GTEST_SKIP() << reason;
}

INSTANTIATE_TEST_SUITE_P(Places, FullDiskIfMountIsAllowed, kPlaceKinds, place_name);

TEST(FullDiskAtAMountPoint, KeepsTheOldModel) {
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
