#include "tfjs/io/handlers/file.h"

#include <gtest/gtest.h>

#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/model_json.h"
#include "tfjs/io/router.h"

namespace tfjs::io {
namespace {

using contract::expect_same_model;
using Names = std::vector<std::string>;

const bool kNewFolder = test_handler_contract("FileHandlerOnANewFolder", [] {
  const auto folder = std::make_shared<TestFolder>();
  return [folder] { return file_system(folder->at("models/m")); };
});

const bool kFolderOfOtherFiles = test_handler_contract("FileHandlerOnAFolderOfOtherFiles", [] {
  const auto folder = std::make_shared<TestFolder>();
  platform::files().make_folder(folder->at("m"));
  folder->put("m/README", "read me");
  return [folder] { return file_system("file://" + folder->at("m")); };
});

// Folders inside are why the new files are put in place one by one.
const bool kFolderOfFolders = test_handler_contract("FileHandlerOnAFolderOfFolders", [] {
  const auto folder = std::make_shared<TestFolder>();
  platform::files().make_folders(folder->at("m/inner"));
  return [folder] { return file_system(folder->at("m")); };
});

/// A model of one float weight "w" [2] in `files`, by hand.
void put_by_hand(const TestFolder& folder, std::string_view paths, std::string_view more = "") {
  folder.put("model.json",
             cat(R"({"modelTopology":{},"weightsManifest":[{"paths":)", paths,
                 R"(,"weights":[{"name":"w","shape":[2],"dtype":"float32"}])", more, "}]}"));
}

TEST(FileSave, WritesModelJsonAndOneWeightFile) {
  const TestFolder folder;
  save_at(folder.at("m"), small_model(1));
  EXPECT_EQ(folder.list(), Names{"m"});
  EXPECT_EQ(folder.list("m"), (Names{"model.json", "model.weights.bin"}));
  const std::string weights = folder.get("m/model.weights.bin");
  EXPECT_EQ(weights, text_of(small_model(1).weight_data));
  EXPECT_EQ(folder.get("m/model.json"),
            write_model_json(small_model(1),
                             {{"./model.weights.bin", weights.size(), sha256_of(weights)}}));
}

TEST(FileSave, CutsShardsAsTheConverter) {
  const TestFolder folder;
  save_at(folder.at("m"), small_model(1), {.shard_bytes = 12});
  EXPECT_EQ(folder.list("m"), (Names{"group1-shard1of3.bin", "group1-shard2of3.bin",
                                     "group1-shard3of3.bin", "model.json"}));
  EXPECT_EQ(folder.get("m/group1-shard3of3.bin").size(), 8u);
  EXPECT_EQ(parse_model_json(folder.get("m/model.json"), "m").weight_files[1].integrity.sha256,
            sha256_of(folder.get("m/group1-shard2of3.bin")));
}

TEST(FileSave, RefusesTooManyShards) {
  const TestFolder folder;
  EXPECT_TRUE(
      says(error_of([&] { save_at(folder.at("m"), small_model(1, 5000), {.shard_bytes = 1}); }),
           ErrorCode::InvalidArgument, {"shard_bytes 1", "40008 files"}));
  EXPECT_EQ(folder.list(), Names{});
}

TEST(FileSave, WritesAnEmptyWeightFileForAModelWithoutWeights) {
  const TestFolder folder;
  ModelArtifacts model = small_model(1);
  model.weight_specs.clear();
  model.weight_data = WeightData();
  save_at(folder.at("m"), model);
  EXPECT_EQ(folder.get("m/model.weights.bin"), "");
  expect_same_model(load_at(folder.at("m")), model);
}

TEST(FileSave, TakesModelJsonForItsFolder) {
  const TestFolder folder;
  save_at(folder.at("m/model.json"), small_model(1));
  save_at(folder.at("m/model.json"), small_model(2));
  EXPECT_EQ(folder.list("m"), (Names{"model.json", "model.weights.bin"}));
  expect_same_model(load_at(folder.at("m")), small_model(2));
}

TEST(FileSave, RefusesToReplaceAFile) {
  const TestFolder folder;
  folder.put("m", "precious");
  EXPECT_TRUE(says(error_of([&] { save_at(folder.at("m"), small_model(1)); }),
                   ErrorCode::InvalidArgument, {"it is a file"}));
  EXPECT_TRUE(says(error_of([&] { save_at(folder.at("x.json"), small_model(1)); }),
                   ErrorCode::InvalidArgument, {"give the folder"}));
  EXPECT_EQ(folder.get("m"), "precious");
  EXPECT_EQ(folder.list(), Names{"m"});
}

TEST(FileSave, KeepsOtherFilesAndRemovesTheOldModels) {
  const TestFolder folder;
  save_at(folder.at("m"), small_model(1), {.shard_bytes = 12});
  folder.put("m/labels.txt", "a\nb");
  save_at(folder.at("m"), small_model(2));
  EXPECT_EQ(folder.list("m"), (Names{"labels.txt", "model.json", "model.weights.bin"}));
  EXPECT_EQ(folder.get("m/labels.txt"), "a\nb");
  EXPECT_EQ(folder.list(), Names{"m"});
}

TEST(FileSave, KeepsFoldersAndRemovesTheOldModels) {
  const TestFolder folder;
  save_at(folder.at("m"), small_model(1), {.shard_bytes = 12});
  platform::files().make_folder(folder.at("m/inner"));
  folder.put("m/inner/x", "x");
  save_at(folder.at("m"), small_model(2));
  EXPECT_EQ(folder.list("m"), (Names{"inner", "model.json", "model.weights.bin"}));
  EXPECT_EQ(folder.get("m/inner/x"), "x");
}

TEST(FileSave, RefusesAFolderInTheWayOfAWeightFile) {
  const TestFolder folder;
  platform::files().make_folders(folder.at("m/model.weights.bin"));
  EXPECT_TRUE(says(error_of([&] { save_at(folder.at("m"), small_model(1)); }),
                   ErrorCode::InvalidArgument, {"model.weights.bin", "something else"}));
  EXPECT_EQ(folder.list("m"), Names{"model.weights.bin"});
}

TEST(FileSave, CleansUpAfterKilledSaves) {
  const TestFolder folder;
  save_at(folder.at("m"), small_model(1));
  for (const char* left : {".m.tfjs-save-0123", "m/.tfjs-save-4567"}) {
    platform::files().make_folder(folder.at(left));
    folder.put(cat(left, "/model.weights.bin"), "half");
  }
  platform::files().make_folder(folder.at(".other.tfjs-save-89"));
  save_at(folder.at("m"), small_model(2));
  EXPECT_EQ(folder.list(), (Names{".other.tfjs-save-89", "m"}));
  EXPECT_EQ(folder.list("m"), (Names{"model.json", "model.weights.bin"}));
}

TEST(FileSave, LeavesSavesThatAreAtWork) {
  const TestFolder folder;
  save_at(folder.at("m"), small_model(1));
  platform::files().make_folder(folder.at(".m.tfjs-save-0123"));
  const auto lock = platform::files().try_lock_folder(folder.at(".m.tfjs-save-0123"));
  save_at(folder.at("m"), small_model(2));
  EXPECT_TRUE(folder.has(".m.tfjs-save-0123"));
}

TEST(FileSave, TakesTheLongestNames) {
  const TestFolder folder;
  const std::string name(255, 'n');
  save_at(folder.at(name), small_model(1));
  save_at(folder.at(name), small_model(2));
  expect_same_model(load_at(folder.at(name)), small_model(2));
  EXPECT_EQ(folder.list(), Names{name});
}

/// A save that was killed after its commit, with some files in place and some not.
void put_pending(const TestFolder& folder) {
  save_at(folder.at("m"), small_model(1));
  save_at(folder.at("n"), small_model(2));
  platform::files().make_folder(folder.at("m/.tfjs-pending"));
  platform::files().rename(folder.at("n/model.json"), folder.at("m/model.json"));
  platform::files().rename(folder.at("n/model.weights.bin"),
                           folder.at("m/.tfjs-pending/model.weights.bin"));
}

TEST(FileLoad, TakesAPendingSaveForDone) {
  const TestFolder folder;
  put_pending(folder);
  expect_same_model(load_at(folder.at("m")), small_model(2));
}

TEST(FileSave, CompletesAPendingSaveFirst) {
  const TestFolder folder;
  put_pending(folder);
  ModelArtifacts broken = small_model(3);
  SaveOptions options;
  options.on_progress = [&](const Progress&) { options.cancel.cancel(); };
  error_of([&] { save_at(folder.at("m"), small_model(3), options); });
  EXPECT_EQ(folder.list("m"), (Names{"model.json", "model.weights.bin"}));
  EXPECT_EQ(folder.get("m/model.weights.bin"), text_of(small_model(2).weight_data));
}

TEST(FileLoad, TakesAFolderOrItsJson) {
  const TestFolder folder;
  save_at(folder.at("m"), small_model(1));
  platform::files().rename(folder.at("m/model.json"), folder.at("m/other.json"));
  expect_same_model(load_at(folder.at("m/other.json")), small_model(1));
  EXPECT_TRUE(
      says(error_of([&] { load_at(folder.at("m")); }), ErrorCode::NotFound, {"model.json"}));
  EXPECT_TRUE(
      says(error_of([&] { load_at(folder.at("x")); }), ErrorCode::NotFound, {"no model at"}));
}

TEST(FileLoad, ReadsGroupsAndShardsCutAnywhere) {
  const TestFolder folder;
  platform::files().make_folder(folder.at("sub"));
  folder.put(
      "model.json",
      R"({"modelTopology":{},"weightsManifest":[)"
      R"({"paths":["a","b","./sub/c"],"weights":[{"name":"w","shape":[2],"dtype":"int32"}]},)"
      R"({"paths":[],"weights":[]},)"
      R"({"paths":["weights.bin"],"weights":[{"name":"x","shape":[1],"dtype":"bool"}]}]})");
  folder.put("a", std::string("\1\0\0", 3));
  folder.put("b", "");
  folder.put("sub/c", std::string("\0\2\0\0\0", 5));
  folder.put("weights.bin", "\1");
  const ModelArtifacts model = load_at(folder.path());
  const auto weights = decode_weights(model.weight_specs, model.weight_data);
  EXPECT_EQ(weights[0].tensor.data<std::int32_t>()[1], 2);
  EXPECT_EQ(weights[1].tensor.data<std::uint8_t>()[0], 1);
}

TEST(FileLoad, RefusesFilesOfAnotherLength) {
  const TestFolder folder;
  put_by_hand(folder, R"(["w.bin"])", R"(,"integrity":[{"byteLength":8}])");
  folder.put("w.bin", "1234567");
  EXPECT_TRUE(says(error_of([&] { load_at(folder.path(), {.verify = false}); }),
                   ErrorCode::CorruptData, {"w.bin has 7 bytes", "says 8", "interrupted"}));
}

TEST(FileLoad, RefusesFilesWithAnotherHash) {
  const TestFolder folder;
  put_by_hand(folder, R"(["w.bin"])",
              cat(R"(,"integrity":[{"sha256":")", sha256_of("12345678"), R"("}])"));
  folder.put("w.bin", "12345679");
  EXPECT_TRUE(says(error_of([&] { load_at(folder.path()); }), ErrorCode::CorruptData,
                   {"w.bin", sha256_of("12345679"), sha256_of("12345678")}));
  EXPECT_EQ(load_at(folder.path(), {.verify = false}).weight_data.size(), 8u);
  folder.put("w.bin", "12345678");
  EXPECT_EQ(load_at(folder.path()).weight_data.size(), 8u);
}

TEST(FileLoad, RefusesMissingBytesAndFiles) {
  const TestFolder folder;
  put_by_hand(folder, R"(["w.bin"])");
  EXPECT_TRUE(says(error_of([&] { load_at(folder.path()); }), ErrorCode::NotFound, {"w.bin"}));
  folder.put("w.bin", "1234567");
  EXPECT_TRUE(
      says(error_of([&] { load_at(folder.path()); }), ErrorCode::CorruptData,
           {"w.bin: weight 'w' [2] float32 needs 8 bytes at offset 0, but the file has 7"}));
}

TEST(FileLoad, WarnsOfSurplusBytes) {
  const TestFolder folder;
  put_by_hand(folder, R"(["w.bin"])");
  folder.put("w.bin", "12345678abc");
  Names warnings;
  load_at(folder.path(),
          {.on_warning = [&](const std::string& text) { warnings.push_back(text); }});
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_NE(warnings[0].find("w.bin: 3 bytes after the last weight"), std::string::npos);
}

TEST(FileLoad, FindsWeightsUnderAnotherPrefix) {
  const TestFolder folder;
  platform::files().make_folder(folder.at("elsewhere"));
  put_by_hand(folder, R"(["w.bin"])");
  folder.put("elsewhere/w.bin", "12345678");
  folder.put("elsewhere/x-w.bin", "abcdefgh");
  const auto weights = [&](const std::string& prefix) {
    return text_of(load_at(folder.path(), {.weight_path_prefix = prefix}).weight_data);
  };
  EXPECT_EQ(weights(folder.at("elsewhere")), "12345678");
  EXPECT_EQ(weights("file://" + folder.at("elsewhere/")), "12345678");
  EXPECT_EQ(weights(folder.at("elsewhere/x-")), "abcdefgh");
}

TEST(FileLoad, RefusesAFolderAsWeights) {
  const TestFolder folder;
  put_by_hand(folder, R"(["w.bin"])");
  platform::files().make_folder(folder.at("w.bin"));
  EXPECT_TRUE(
      says(error_of([&] { load_at(folder.path()); }), ErrorCode::InvalidArgument, {"w.bin"}));
}

TEST(FileSystem, RefusesAnEmptyPath) {
  EXPECT_EQ(error_of([] { file_system("file://"); }).code(), ErrorCode::InvalidArgument);
}

TEST(RemoveModelFiles, LeavesOtherFiles) {
  const TestFolder folder;
  save_at(folder.at("m"), small_model(1), {.shard_bytes = 12});
  folder.put("m/other.bin", "x");
  platform::files().remove_file(folder.at("m/group1-shard2of3.bin"));
  remove_model_files(folder.at("m"));
  EXPECT_EQ(folder.list("m"), Names{"other.bin"});
  EXPECT_EQ(error_of([&] { remove_model_files(folder.at("m")); }).code(), ErrorCode::NotFound);
}

}  // namespace
}  // namespace tfjs::io
