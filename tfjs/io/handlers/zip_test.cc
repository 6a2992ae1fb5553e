// Models in zip archives, as file:// saves and loads them.
#include <gtest/gtest.h>

#include <algorithm>

#include "tfjs/io/handlers/file.h"
#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/internal/zip_test_support.h"
#include "tfjs/io/router.h"
#include "tfjs/io/zip_archive.h"
#include "tfjs/platform/inflate.h"

namespace tfjs::io {
namespace {

using contract::expect_same_model;
using Names = std::vector<std::string>;

const bool kNewZip = test_handler_contract("ZipHandler", [] {
  const auto folder = std::make_shared<TestFolder>();
  return [folder] { return file_system("file://" + folder->at("models/m.zip")); };
});

Error load_error(const TestFolder& folder, const std::vector<TestEntry>& entries,
                 const LoadOptions& options = {}) {
  folder.put("x.zip", zip_of(entries));
  return error_of([&] { load_at(folder.at("x.zip"), options); });
}

/// A model of one float weight "w" [2] in w.bin.
std::string json_with(std::string_view more = "", std::string_view path = "w.bin") {
  return cat(R"({"modelTopology":{},"weightsManifest":[{"paths":[")", path,
             R"("],"weights":[{"name":"w","shape":[2],"dtype":"float32"}])", more, "}]}");
}

std::string weights_of_zip(const TestFolder& folder, const std::vector<TestEntry>& entries,
                           const LoadOptions& options = {}) {
  folder.put("x.zip", zip_of(entries));
  return text_of(load_at(folder.at("x.zip"), options).weight_data);
}

TEST(ZipSave, WritesJsonAndAlignedWeights) {
  const TestFolder folder;
  save_at(folder.at("m.zip"), small_model(1));
  EXPECT_EQ(folder.list(), Names{"m.zip"});
  const ZipArchive zip(platform::files().map(folder.at("m.zip")), "m.zip");
  ASSERT_EQ(zip.entries().size(), 2u);
  EXPECT_EQ(zip.entries()[0].name, "model.json");
  const ZipEntry& weights = zip.entries()[1];
  EXPECT_EQ(weights.name, "model.weights.bin");
  EXPECT_TRUE(weights.is_stored());
  EXPECT_EQ(weights.data_offset % 64, 0u);
  EXPECT_EQ(zip.read(weights, 1000).text(), text_of(small_model(1).weight_data));
}

TEST(ZipSave, WritesWhatAFolderWouldHold) {
  const TestFolder folder;
  save_at(folder.at("m.zip"), contract::full_model(), {.shard_bytes = 20});
  save_at(folder.at("m"), contract::full_model(), {.shard_bytes = 20});
  const ZipArchive zip(platform::files().map(folder.at("m.zip")), "m.zip");
  Names names;
  for (const ZipEntry& entry : zip.entries()) {
    names.push_back(entry.name);
    EXPECT_EQ(zip.read(entry, 100000).text(), folder.get("m/" + entry.name));
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, folder.list("m"));
}

TEST(ZipSave, LoadsInPlace) {
  const TestFolder folder;
  save_at(folder.at("m.zip"), small_model(1, 20000));
  const ModelArtifacts model = load_at(folder.at("m.zip"));
  ASSERT_EQ(model.weight_data.pieces().size(), 1u);
  EXPECT_TRUE(model.weight_data.pieces()[0].is_aligned(64));
}

TEST(ZipSave, NeverReplacesAFolder) {
  const TestFolder folder;
  platform::files().make_folder(folder.at("m.zip"));
  EXPECT_TRUE(says(error_of([&] { save_at(folder.at("m.zip"), small_model(1)); }),
                   ErrorCode::InvalidArgument, {"m.zip", "it is a folder"}));
  EXPECT_EQ(folder.list(), Names{"m.zip"});
}

TEST(ZipSave, CleansUpAfterKilledSaves) {
  const TestFolder folder;
  for (const char* left : {".m.zip.tfjs-save-0123", ".other.zip.tfjs-save-45"}) {
    platform::files().make_folder(folder.at(left));
    folder.put(cat(left, "/m.zip"), "half");
  }
  save_at(folder.at("m.zip"), small_model(1));
  EXPECT_EQ(folder.list(), (Names{".other.zip.tfjs-save-45", "m.zip"}));
}

TEST(ZipSave, LeavesSavesThatAreAtWork) {
  const TestFolder folder;
  platform::files().make_folder(folder.at(".m.zip.tfjs-save-0123"));
  const auto lock = platform::files().try_lock_folder(folder.at(".m.zip.tfjs-save-0123"));
  save_at(folder.at("m.zip"), small_model(1));
  EXPECT_TRUE(folder.has(".m.zip.tfjs-save-0123"));
}

TEST(ZipSave, LeavesNothingWhenItFails) {
  const TestFolder folder;
  SaveOptions options;
  options.on_progress = [&](const Progress&) { options.cancel.cancel(); };
  EXPECT_EQ(error_of([&] { save_at(folder.at("m.zip"), small_model(1), options); }).code(),
            ErrorCode::Cancelled);
  EXPECT_EQ(folder.list(), Names{});
}

TEST(ZipSave, TakesTheLongestNames) {
  const TestFolder folder;
  const std::string name = cat(std::string(251, 'n'), ".zip");
  save_at(folder.at(name), small_model(1));
  save_at(folder.at(name), small_model(2));
  expect_same_model(load_at(folder.at(name)), small_model(2));
  EXPECT_EQ(folder.list(), Names{name});
}

TEST(ZipSave, LeavesReadersWhatTheyOpened) {
  const TestFolder folder;
  save_at(folder.at("m.zip"), small_model(1, 20000));
  const ModelArtifacts before = load_at(folder.at("m.zip"));
  save_at(folder.at("m.zip"), small_model(2, 10));
  expect_same_model(before, small_model(1, 20000));
}

TEST(ZipRemove, RemovesTheArchiveOnly) {
  const TestFolder folder;
  save_at(folder.at("m.zip"), small_model(1));
  folder.put("other", "x");
  file_system(folder.at("m.zip"))->remove().get();
  EXPECT_EQ(folder.list(), Names{"other"});
  EXPECT_EQ(error_of([&] { file_system(folder.at("m.zip"))->remove().get(); }).code(),
            ErrorCode::NotFound);
}

TEST(ZipRemove, LeavesArchivesWithoutAModel) {
  const TestFolder folder;
  folder.put("photos.zip", zip_of({{"a.jpg", "x"}}));
  EXPECT_TRUE(says(error_of([&] { remove_model_files(folder.at("photos.zip")); }),
                   ErrorCode::NotFound, {"photos.zip holds no model"}));
  EXPECT_EQ(folder.list(), Names{"photos.zip"});
}

TEST(ZipLoad, KnowsAnArchiveByItsContent) {
  const TestFolder folder;
  folder.put("model", zip_of({{"model.json", json_with()}, {"w.bin", "12345678"}}));
  EXPECT_EQ(text_of(load_at(folder.at("model")).weight_data), "12345678");
  folder.put("m.zip", json_with());
  folder.put("w.bin", "abcdefgh");
  EXPECT_EQ(text_of(load_at(folder.at("m.zip")).weight_data), "abcdefgh");
}

TEST(ZipLoad, FindsTheModelAtTheTop) {
  const TestFolder folder;
  EXPECT_EQ(weights_of_zip(folder, {{"old/model.json", "{}"},
                                    {"model.json", json_with()},
                                    {"w.bin", "12345678"},
                                    {"labels.json", "[]"}}),
            "12345678");
}

TEST(ZipLoad, FindsTheModelInTheOnlyFolder) {
  const TestFolder folder;
  EXPECT_EQ(weights_of_zip(folder, {{"README", "read me"},
                                    {"m/", "", false, 0, 0040755},
                                    {"m/w.bin", "12345678"},
                                    {"m/model.json", json_with()},
                                    {"__MACOSX/m/._model.json", "?"},
                                    {"m/._model.json", "?"}}),
            "12345678");
}

TEST(ZipLoad, TakesTheOnlyJsonUnderAnotherName) {
  const TestFolder folder;
  EXPECT_EQ(weights_of_zip(folder, {{"net.json", json_with()}, {"w.bin", "12345678"}}), "12345678");
}

TEST(ZipLoad, PrefersModelJsonToOtherJsons) {
  const TestFolder folder;
  EXPECT_EQ(
      weights_of_zip(
          folder, {{"labels.json", "[]"}, {"m/model.json", json_with()}, {"m/w.bin", "12345678"}}),
      "12345678");
}

TEST(ZipLoad, RefusesSeveralModels) {
  const TestFolder folder;
  EXPECT_TRUE(says(load_error(folder, {{"a/model.json", "{}"}, {"b/model.json", "{}"}}),
                   ErrorCode::InvalidArgument, {"x.zip", "'a/model.json', 'b/model.json'"}));
  EXPECT_TRUE(says(load_error(folder, {{"a.json", "{}"}, {"b.json", "{}"}}),
                   ErrorCode::InvalidArgument, {"'a.json', 'b.json'"}));
}

TEST(ZipLoad, SaysThatThereIsNoModel) {
  const TestFolder folder;
  EXPECT_TRUE(says(load_error(folder, {}), ErrorCode::NotFound, {"x.zip holds no model"}));
  EXPECT_TRUE(says(load_error(folder, {{"a/b/model.json", "{}"}}), ErrorCode::NotFound,
                   {"x.zip holds no model"}));
}

TEST(ZipLoad, SaysWhichFileIsMissing) {
  const TestFolder folder;
  EXPECT_TRUE(says(load_error(folder, {{"m/model.json", json_with()}, {"w.bin", "12345678"}}),
                   ErrorCode::NotFound, {"x.zip/m/w.bin is not in the archive"}));
}

TEST(ZipLoad, RefusesWeightPathsOutOfTheFolder) {
  const TestFolder folder;
  EXPECT_TRUE(says(load_error(folder, {{"m/model.json", json_with("", "../w.bin")}}),
                   ErrorCode::CorruptData, {"x.zip/m/model.json", "'../w.bin'"}));
}

TEST(ZipLoad, FindsWeightsInFoldersAndUnderAPrefix) {
  const TestFolder folder;
  const std::vector<TestEntry> entries = {{"model.json", json_with("", "./v1/w.bin")},
                                          {"v1/w.bin", "12345678"},
                                          {"v2/v1/w.bin", "abcdefgh"}};
  EXPECT_EQ(weights_of_zip(folder, entries), "12345678");
  EXPECT_EQ(weights_of_zip(folder, entries, {.weight_path_prefix = "v2/"}), "abcdefgh");
}

TEST(ZipLoad, ChecksLengthAndHash) {
  const TestFolder folder;
  const auto integrity = [](std::string_view text) {
    return json_with(cat(R"(,"integrity":[)", text, "]"));
  };
  EXPECT_TRUE(says(
      load_error(folder, {{"model.json", integrity(R"({"byteLength":9})")}, {"w.bin", "12345678"}}),
      ErrorCode::CorruptData, {"x.zip/w.bin has 8 bytes, but the model says 9"}));
  const std::vector<TestEntry> damaged = {
      {"model.json", integrity(cat(R"({"sha256":")", sha256_of("abcdefgh"), R"("})"))},
      {"w.bin", "12345678"}};
  EXPECT_TRUE(says(load_error(folder, damaged), ErrorCode::CorruptData, {"w.bin", "SHA-256"}));
  EXPECT_EQ(weights_of_zip(folder, damaged, {.verify = false}), "12345678");
}

TEST(ZipLoad, ChecksTheChecksumEvenUnverified) {
  const TestFolder folder;
  std::string zip = zip_of({{"model.json", json_with()}, {"w.bin", "12345678"}});
  folder.put("x.zip", with(zip, zip.find("12345678"), "9"));
  EXPECT_TRUE(says(error_of([&] { load_at(folder.at("x.zip"), {.verify = false}); }),
                   ErrorCode::CorruptData, {"x.zip/w.bin is damaged", "CRC-32"}));
  EXPECT_EQ(load_at(folder.at("x.zip"), {.read_weights = false}).weight_specs.size(), 1u);
}

TEST(ZipLoad, WarnsOfSurplusBytes) {
  const TestFolder folder;
  Names warnings;
  const auto warn = [&](const std::string& text) { warnings.push_back(text); };
  weights_of_zip(folder, {{"model.json", json_with()}, {"w.bin", "12345678abc"}},
                 {.on_warning = warn});
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_NE(warnings[0].find("x.zip/w.bin: 3 bytes after"), std::string::npos);
}

TEST(ZipLoad, ReadsCompressedModelsIfZlibIsThere) {
  if (!platform::can_inflate()) GTEST_SKIP() << "no zlib in this build";
  const TestFolder folder;
  EXPECT_EQ(
      weights_of_zip(folder, {{"model.json", json_with(), true}, {"w.bin", "12345678", true}}),
      "12345678");
}

TEST(ZipLoad, RefusesMoreThanTheSpecsAccountFor) {
  const TestFolder folder;
  const std::string bomb((1 << 20) + 9, '\0');
  EXPECT_TRUE(says(load_error(folder, {{"model.json", json_with()}, {"w.bin", bomb, true}}),
                   ErrorCode::CorruptData, {"x.zip/model.json", "unpack to 1048585", "1048584"}));
  // What is stored takes no memory: that it is too much is a warning.
  EXPECT_EQ(weights_of_zip(folder, {{"model.json", json_with()}, {"w.bin", bomb}}), bomb);
}

TEST(ZipLoad, BoundsWhatItUnpacks) {
  const TestFolder folder;
  EXPECT_TRUE(says(load_error(folder, {{"model.json", json_with()}, {"w.bin", "12345678", true}},
                              {.max_weight_bytes = 7}),
                   ErrorCode::InvalidArgument, {"unpack to 8 bytes", "max_weight_bytes"}));
}

TEST(ZipLoad, BoundsTheJson) {
  const TestFolder folder;
  EXPECT_TRUE(says(load_error(folder, {{"model.json", std::string(101, ' '), true}},
                              {.json_limits = {.max_bytes = 100}}),
                   ErrorCode::CorruptData, {"model.json has 101 bytes", "limit of 100"}));
}

TEST(ZipLoad, ReadsGroupsAndShards) {
  const TestFolder folder;
  EXPECT_EQ(weights_of_zip(
                folder, {{"b", "345678"}, {"model.json", json_with("", R"(a","b)")}, {"a", "12"}}),
            "12345678");
}

}  // namespace
}  // namespace tfjs::io
