// Links, permissions and special files: what only a real POSIX file system has.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tfjs/io/handlers/file.h"
#include "tfjs/io/handlers/native/file_status.h"
#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/router.h"

namespace tfjs::io {
namespace {

using contract::expect_same_model;

const bool kThroughALink = test_handler_contract("FileHandlerThroughALink", [] {
  const auto folder = std::make_shared<TestFolder>();
  platform::files().make_folder(folder->at("real"));
  EXPECT_EQ(::symlink("real", folder->at("link").c_str()), 0);
  return [folder] { return file_system(folder->at("link")); };
});

void put_json_in_m(const TestFolder& folder) {
  folder.put("m/model.json", R"({"modelTopology":{},"weightsManifest":[{"paths":["w.bin"],)"
                             R"("weights":[{"name":"w","shape":[2],"dtype":"float32"}]}]})");
}

TEST(FileLoadOnDisk, MapsShardsOfWholePagesAsOnePiece) {
  const TestFolder folder;
  std::vector<float> values(100000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i);
  ModelArtifacts model = small_model(1);
  EncodedWeights weights =
      encode_weights({{"w", Tensor::of(values, {100000}), ""}, {"x", Tensor::scalar(7), ""}});
  model.weight_specs = std::move(weights.specs);
  model.weight_data = std::move(weights.data);
  file_system(folder.at("m"))->save(model, {.shard_bytes = 65536 * 2}).get();
  const ModelArtifacts loaded = file_system(folder.at("m"))->load({}).get();
  expect_same_model(loaded, model);
  // The last file is too small to be mapped.
  ASSERT_EQ(loaded.weight_data.pieces().size(), 2u);
  EXPECT_EQ(loaded.weight_data.pieces()[0].size(), 393216u);
}

TEST(FileLoadOnDisk, RefusesAJsonBeyondTheLimitWithoutReadingItIfFilesMayBeSparse) {
  const TestFolder folder;
  platform::files().make_folder(folder.at("m"));
  folder.put("m/model.json", "{");
  const std::string json = folder.at("m/model.json");
  if (::truncate(json.c_str(), off_t{1} << 42) != 0)
    GTEST_SKIP() << "no sparse files of 4 TiB here";
  EXPECT_TRUE(says(error_of([&] { file_system(folder.at("m"))->load({}).get(); }),
                   ErrorCode::CorruptData, {json, "4398046511104", "268435456"}));
}

TEST(FileSaveOnDisk, KeepsALinkToTheFolder) {
  const TestFolder folder;
  platform::files().make_folder(folder.at("real"));
  ASSERT_EQ(::symlink("real", folder.at("link").c_str()), 0);
  file_system(folder.at("link"))->save(small_model(1), {}).get();
  EXPECT_TRUE(S_ISLNK(status_of(folder.at("link")).st_mode));
  expect_same_model(file_system(folder.at("real"))->load({}).get(), small_model(1));
}

TEST(FileSaveOnDisk, KeepsPermissions) {
  const TestFolder folder;
  file_system(folder.at("m"))->save(small_model(1), {}).get();
  ASSERT_EQ(::chmod(folder.at("m").c_str(), 0750), 0);
  ASSERT_EQ(::chmod(folder.at("m/model.weights.bin").c_str(), 0600), 0);
  file_system(folder.at("m"))->save(small_model(2), {}).get();
  EXPECT_EQ(status_of(folder.at("m")).st_mode & 07777, 0750u);
  EXPECT_EQ(status_of(folder.at("m/model.weights.bin")).st_mode & 07777, 0600u);
}

TEST(FileSaveOnDisk, KeepsOtherFilesThemselves) {
  const TestFolder folder;
  file_system(folder.at("m"))->save(small_model(1), {}).get();
  folder.put("m/labels.txt", "a");
  ASSERT_EQ(::symlink("nowhere", folder.at("m/dangling").c_str()), 0);
  const auto before = status_of(folder.at("m/labels.txt")).st_ino;
  file_system(folder.at("m"))->save(small_model(2), {}).get();
  EXPECT_EQ(status_of(folder.at("m/labels.txt")).st_ino, before);
  EXPECT_TRUE(S_ISLNK(status_of(folder.at("m/dangling")).st_mode));
}

TEST(FileSaveOnDisk, NeverWritesThroughALinkToAFile) {
  const TestFolder folder;
  file_system(folder.at("m"))->save(small_model(1), {}).get();
  folder.put("precious", "precious");
  platform::files().remove_file(folder.at("m/model.weights.bin"));
  ASSERT_EQ(::symlink("../precious", folder.at("m/model.weights.bin").c_str()), 0);
  file_system(folder.at("m"))->save(small_model(2), {}).get();
  EXPECT_EQ(folder.get("precious"), "precious");
  expect_same_model(file_system(folder.at("m"))->load({}).get(), small_model(2));
}

TEST(FileSaveOnDisk, LeavesTheCurrentFolderWhereItIs) {
  const TestFolder folder;
  file_system(folder.at("m"))->save(small_model(1), {}).get();
  const std::string before = platform::files().resolve(".");
  ASSERT_EQ(::chdir(folder.at("m").c_str()), 0);
  file_system(".")->save(small_model(2), {}).get();
  const ModelArtifacts model = file_system(".")->load({}).get();
  ASSERT_EQ(::chdir(before.c_str()), 0);
  expect_same_model(model, small_model(2));
}

TEST(FileLoadOnDisk, RefusesLinksOutOfTheFolderUnlessTold) {
  const TestFolder folder;
  platform::files().make_folder(folder.at("m"));
  put_json_in_m(folder);
  folder.put("outside.bin", "12345678");
  ASSERT_EQ(::symlink("../outside.bin", folder.at("m/w.bin").c_str()), 0);
  const IOHandlerPtr handler = file_system(folder.at("m"));
  EXPECT_TRUE(says(error_of([&] { handler->load({}).get(); }), ErrorCode::InvalidArgument,
                   {"w.bin", "--follow-links"}));
  EXPECT_EQ(text_of(handler->load({.follow_links = true}).get().weight_data), "12345678");
}

TEST(FileLoadOnDisk, FollowsLinksInside) {
  const TestFolder folder;
  platform::files().make_folders(folder.at("m/v1"));
  put_json_in_m(folder);
  folder.put("m/v1/w", "12345678");
  ASSERT_EQ(::symlink("v1/w", folder.at("m/w.bin").c_str()), 0);
  EXPECT_EQ(text_of(file_system(folder.at("m"))->load({}).get().weight_data), "12345678");
}

TEST(FileLoadOnDisk, RefusesFifos) {
  const TestFolder folder;
  platform::files().make_folder(folder.at("m"));
  put_json_in_m(folder);
  ASSERT_EQ(::mkfifo(folder.at("m/w.bin").c_str(), 0600), 0);
  ASSERT_EQ(::mkfifo(folder.at("fifo").c_str(), 0600), 0);
  const auto load = [&](const char* path) { file_system(folder.at(path))->load({}).get(); };
  EXPECT_TRUE(says(error_of([&] { load("m"); }), ErrorCode::InvalidArgument,
                   {"w.bin", "not a regular file"}));
  EXPECT_TRUE(says(error_of([&] { load("fifo"); }), ErrorCode::InvalidArgument, {"regular file"}));
}

TEST(RemoveModelFilesOnDisk, RemovesLinksNotWhatTheyLeadTo) {
  const TestFolder folder;
  platform::files().make_folder(folder.at("m"));
  put_json_in_m(folder);
  folder.put("outside.bin", "12345678");
  ASSERT_EQ(::symlink("../outside.bin", folder.at("m/w.bin").c_str()), 0);
  remove_model_files(folder.at("m"));
  EXPECT_TRUE(folder.list("m").empty());
  EXPECT_EQ(folder.get("outside.bin"), "12345678");
}

}  // namespace
}  // namespace tfjs::io
