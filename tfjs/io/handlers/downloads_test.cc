#include "tfjs/io/handlers/downloads.h"

#include <gtest/gtest.h>

#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/model_json.h"
#include "tfjs/io/router.h"

namespace tfjs::io {
namespace {

using contract::expect_same_model;
using Names = std::vector<std::string>;

std::string save_download(const TestFolder& folder, float value, const SaveOptions& options = {}) {
  return downloads("m", {.folder = folder.at("dl")})
      ->save(small_model(value), options)
      .get()
      .saved_as;
}

TEST(Downloads, WritesJsonAndWeights) {
  const TestFolder folder;
  EXPECT_EQ(save_download(folder, 1), folder.at("dl/m.json"));
  EXPECT_EQ(folder.list("dl"), (Names{"m.json", "m.weights.bin"}));
  EXPECT_NE(folder.get("dl/m.json").find(R"("paths":["./m.weights.bin"])"), std::string::npos);
  expect_same_model(load_at(folder.at("dl/m.json")), small_model(1));
}

TEST(Downloads, NumbersBothFilesAlike) {
  const TestFolder folder;
  save_download(folder, 1);
  EXPECT_EQ(save_download(folder, 2), folder.at("dl/m (1).json"));
  EXPECT_EQ(save_download(folder, 3), folder.at("dl/m (2).json"));
  EXPECT_EQ(folder.list("dl"), (Names{"m (1).json", "m (1).weights.bin", "m (2).json",
                                      "m (2).weights.bin", "m.json", "m.weights.bin"}));
  expect_same_model(load_at(folder.at("dl/m.json")), small_model(1));
  expect_same_model(load_at(folder.at("dl/m (2).json")), small_model(3));
}

TEST(Downloads, NeverReplacesEitherFile) {
  const TestFolder folder;
  platform::files().make_folder(folder.at("dl"));
  folder.put("dl/m.json", "precious");
  folder.put("dl/m (1).weights.bin", "precious");
  platform::files().make_folder(folder.at("dl/m (2).json"));
  EXPECT_EQ(save_download(folder, 1), folder.at("dl/m (3).json"));
  EXPECT_EQ(folder.get("dl/m.json"), "precious");
  EXPECT_EQ(folder.get("dl/m (1).weights.bin"), "precious");
  EXPECT_EQ(folder.list("dl").size(), 5u);
}

TEST(Downloads, LeavesNothingWhenItFails) {
  const TestFolder folder;
  SaveOptions options;
  options.on_progress = [&](const Progress&) { options.cancel.cancel(); };
  EXPECT_EQ(error_of([&] { save_download(folder, 1, options); }).code(), ErrorCode::Cancelled);
  EXPECT_EQ(folder.list("dl"), Names{});
  ModelArtifacts broken = small_model(2);
  broken.weight_specs[0].tensor.shape = {1000};
  broken.weight_specs[0].source = nullptr;
  const auto handler = downloads("m", {.folder = folder.at("dl")});
  EXPECT_EQ(error_of([&] { handler->save(broken, {}).get(); }).code(), ErrorCode::CorruptData);
  EXPECT_EQ(folder.list("dl"), Names{});
}

TEST(Downloads, CleansUpAfterKilledSaves) {
  const TestFolder folder;
  platform::files().make_folders(folder.at("dl/.m.tfjs-save-0123"));
  folder.put("dl/.m.tfjs-save-0123/weights", "half");
  save_download(folder, 1);
  EXPECT_EQ(folder.list("dl"), (Names{"m.json", "m.weights.bin"}));
}

TEST(Downloads, KeepsEveryField) {
  const TestFolder folder;
  downloads("m", {.folder = folder.path()})->save(contract::full_model(), {}).get();
  expect_same_model(load_at(folder.at("m.json")), contract::full_model());
}

TEST(Downloads, ReportsProgressInBytes) {
  const TestFolder folder;
  std::uint64_t done = 0;
  save_download(folder, 1,
                {.on_progress = [&](const Progress& progress) { done = progress.bytes_done; }});
  EXPECT_EQ(done, small_model(1).weight_data.size());
}

TEST(Downloads, RefusesShards) {
  const TestFolder folder;
  EXPECT_TRUE(says(error_of([&] { save_download(folder, 1, {.shard_bytes = 5}); }),
                   ErrorCode::Unsupported, {"shard_bytes", "5"}));
  EXPECT_EQ(save_download(folder, 1, {.shard_bytes = 1000}), folder.at("dl/m.json"));
}

TEST(Downloads, RefusesNamesThatLeaveTheFolderOrDeceive) {
  const std::string nul("a\0b", 3);
  const Names names = {"",
                       "/etc/x",
                       "a/b",
                       "a\\b",
                       "..",
                       "../a",
                       "a..b",
                       "a\nb",
                       "\x1b[2J",
                       nul,
                       "\x7F",
                       "\xFF",
                       std::string(201, 'n')};
  for (const std::string& name : names) {
    EXPECT_TRUE(says(error_of([&] { downloads(name); }), ErrorCode::InvalidArgument,
                     {"downloads://", "name of a download"}))
        << name;
  }
  EXPECT_EQ(downloads(std::string(200, 'n'))->description().size(), 212u);
}

TEST(Downloads, TakesTheLongestName) {
  const TestFolder folder;
  const auto handler = downloads(std::string(200, 'n'), {.folder = folder.path()});
  handler->save(small_model(1), {}).get();
  handler->save(small_model(2), {}).get();
  EXPECT_EQ(folder.list().size(), 4u);
}

TEST(Downloads, AreSaveOnly) {
  const IOHandlerPtr handler = default_router().load_handler("downloads://m");
  EXPECT_FALSE(handler->can_load());
  EXPECT_TRUE(says(error_of([&] { handler->load({}).get(); }), ErrorCode::Unsupported,
                   {"'downloads://m'", "save-only", "file://"}));
}

TEST(Downloads, AreWhatTheirUrlMeans) {
  EXPECT_EQ(default_router().save_handler("downloads://a b")->description(), "downloads://a b");
  EXPECT_EQ(downloads()->description(), "downloads://model");
  EXPECT_EQ(browser_downloads("x")->description(), "downloads://x");
  EXPECT_EQ(error_of([] { default_router().save_handler("downloads://"); }).code(),
            ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace tfjs::io
