// Archives among links, permissions and special files.
#include <gtest/gtest.h>
#include <unistd.h>

#include "tfjs/io/handlers/native/file_status.h"
#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/router.h"

namespace tfjs::io {
namespace {

using contract::expect_same_model;

TEST(ZipSaveOnDisk, KeepsPermissions) {
  const TestFolder folder;
  save_at(folder.at("m.zip"), small_model(1));
  ASSERT_EQ(::chmod(folder.at("m.zip").c_str(), 0640), 0);
  save_at(folder.at("m.zip"), small_model(2));
  EXPECT_EQ(status_of(folder.at("m.zip")).st_mode & 07777, 0640u);
}

TEST(ZipSaveOnDisk, KeepsALinkAndReplacesWhatItLeadsTo) {
  const TestFolder folder;
  platform::files().make_folder(folder.at("real"));
  save_at(folder.at("real/v1.zip"), small_model(1));
  ASSERT_EQ(::symlink("real/v1.zip", folder.at("m.zip").c_str()), 0);
  save_at(folder.at("m.zip"), small_model(2));
  EXPECT_TRUE(S_ISLNK(status_of(folder.at("m.zip")).st_mode));
  expect_same_model(file_system(folder.at("real/v1.zip"))->load({}).get(), small_model(2));
}

TEST(ZipSaveOnDisk, RefusesSpecialFiles) {
  const TestFolder folder;
  ASSERT_EQ(::mkfifo(folder.at("m.zip").c_str(), 0600), 0);
  EXPECT_TRUE(says(error_of([&] { save_at(folder.at("m.zip"), small_model(1)); }),
                   ErrorCode::InvalidArgument, {"m.zip", "no regular file"}));
  EXPECT_TRUE(says(error_of([&] { file_system(folder.at("m.zip"))->load({}).get(); }),
                   ErrorCode::InvalidArgument, {"m.zip", "regular file"}));
}

}  // namespace
}  // namespace tfjs::io
