#include "tfjs/io/handlers/browser_files.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/internal/zip_test_support.h"
#include "tfjs/io/router.h"

namespace tfjs::io {
namespace {

using contract::expect_same_model;
using Names = std::vector<std::string>;

Bytes bytes(std::string_view text) {
  return Bytes::copy_of(text);
}

/// The JSON of a model of one float weight "w" [2] in `paths`.
std::string json_of_paths(std::string_view paths = R"("w.bin")") {
  return cat(R"({"modelTopology":{},"format":"layers-model","weightsManifest":[{"paths":[)", paths,
             R"(],"weights":[{"name":"w","shape":[2],"dtype":"float32"}]}]})");
}

std::string weights_of_files(std::vector<File> files, const LoadOptions& options = {}) {
  return text_of(browser_files(std::move(files))->load(options).get().weight_data);
}

Error error_with(std::vector<File> files) {
  return error_of([&] { browser_files(std::move(files))->load({}).get(); });
}

TEST(BrowserFiles, LoadsInAnyOrder) {
  std::vector<File> files = {{"m.json", bytes(json_of_paths(R"("a.bin","b.bin")"))},
                             {"a.bin", bytes("123")},
                             {"b.bin", bytes("45678")}};
  for (int i = 0; i < 6; ++i) {
    std::next_permutation(files.begin(), files.end(),
                          [](const File& a, const File& b) { return a.name < b.name; });
    EXPECT_EQ(weights_of_files(files), "12345678");
  }
}

TEST(BrowserFiles, LoadsPathsAndFolders) {
  const TestFolder folder;
  file_system(folder.at("m"))->save(contract::full_model(), {.shard_bytes = 20}).get();
  std::vector<File> paths;
  for (const std::string& name : folder.list("m")) paths.emplace_back(folder.at("m/" + name));
  std::reverse(paths.begin(), paths.end());
  expect_same_model(browser_files(paths)->load({}).get(), contract::full_model());
  expect_same_model(browser_files({folder.at("m")})->load({}).get(), contract::full_model());
}

TEST(BrowserFiles, LoadsAZipArchive) {
  const TestFolder folder;
  file_system(folder.at("m.zip"))->save(contract::full_model(), {}).get();
  expect_same_model(browser_files({folder.at("m.zip")})->load({}).get(), contract::full_model());
  const std::string zip = zip_of({{"m/model.json", json_of_paths()}, {"m/w.bin", "12345678"}});
  EXPECT_EQ(weights_of_files({{"anything", bytes(zip)}, {".DS_Store", bytes("?")}}), "12345678");
}

TEST(BrowserFiles, IgnoresWhatSystemsAdd) {
  Names warnings;
  EXPECT_EQ(
      weights_of_files({{".DS_Store", bytes("?")},
                        {"Thumbs.db", bytes("?")},
                        {"Desktop.ini", bytes("?")},
                        {"._m.json", bytes("?")},
                        {"__MACOSX/m.json", bytes("?")},
                        {"__MACOSX/w.bin", bytes("?")},
                        {"README.json", bytes("?")},
                        {"w.bin", bytes("12345678")},
                        {"m.json", bytes(json_of_paths())}},
                       {.on_warning = [&](const std::string& text) { warnings.push_back(text); }}),
      "12345678");
  EXPECT_EQ(warnings, Names{});
}

TEST(BrowserFiles, WarnsOfFilesOfNoUse) {
  Names warnings;
  weights_of_files(
      {{"w.bin", bytes("12345678")}, {"m.json", bytes(json_of_paths())}, {"old.bin", bytes("")}},
      {.on_warning = [&](const std::string& text) { warnings.push_back(text); }});
  EXPECT_EQ(warnings, Names{"'old.bin' is no file of the model; ignored"});
}

TEST(BrowserFiles, TakesOtherFilesOfAFolderAsTheyCome) {
  const TestFolder folder;
  folder.put("m.json", json_of_paths(R"("v1/w.bin")"));
  folder.put("labels.json", R"(["a"])");
  folder.put("photo.png", "?");
  platform::files().make_folders(folder.at("v1"));
  platform::files().make_folders(folder.at("v0"));
  folder.put("v1/w.bin", "12345678");
  folder.put("v0/w.bin", "abcdefgh");
  Names warnings;
  EXPECT_EQ(
      weights_of_files({folder.path()},
                       {.on_warning = [&](const std::string& text) { warnings.push_back(text); }}),
      "12345678");
  EXPECT_EQ(warnings, Names{});
}

TEST(BrowserFiles, PrefersTheExactPath) {
  const std::vector<File> files = {{"m/b/w.bin", bytes("5678")},
                                   {"m/model.json", bytes(json_of_paths(R"("a/w.bin","b/w.bin")"))},
                                   {"m/a/w.bin", bytes("1234")},
                                   {"w.bin", bytes("????")}};
  EXPECT_EQ(weights_of_files(files), "12345678");
}

TEST(BrowserFiles, FindsWeightsByTheirLastName) {
  EXPECT_EQ(weights_of_files({{"x/m.json", bytes(json_of_paths(R"("./shards/w.bin")"))},
                              {"y/w.bin", bytes("12345678")}}),
            "12345678");
}

TEST(BrowserFiles, FollowsAWeightPathPrefix) {
  EXPECT_EQ(weights_of_files({{"m.json", bytes(json_of_paths())},
                              {"v1/w.bin", bytes("12345678")},
                              {"v2/w.bin", bytes("abcdefgh")}},
                             {.weight_path_prefix = "v2/"}),
            "abcdefgh");
}

TEST(BrowserFiles, RefusesAnEmptyList) {
  EXPECT_EQ(error_of([] { browser_files({}); }).code(), ErrorCode::InvalidArgument);
}

TEST(BrowserFiles, NamesAllMissingFiles) {
  EXPECT_TRUE(
      says(error_with({{"m.json", bytes(json_of_paths(R"("a","b","c")"))}, {"b", bytes("1")}}),
           ErrorCode::NotFound, {"m.json", "not given: 'a', 'c'", "topology_only"}));
}

TEST(BrowserFiles, NamesSeveralModels) {
  EXPECT_TRUE(says(error_with({{"a.json", bytes(json_of_paths())},
                               {"b.json", bytes("[]")},
                               {"c.json", bytes(json_of_paths())},
                               {"w.bin", bytes("12345678")}}),
                   ErrorCode::InvalidArgument, {"'a.json', 'c.json'", "give one"}));
}

TEST(BrowserFiles, FindsTheModelAmongOtherJsons) {
  EXPECT_EQ(weights_of_files({{"labels.json", bytes("[1]")},
                              {"broken.json", bytes("{")},
                              {"m.json", bytes(json_of_paths())},
                              {"w.bin", bytes("12345678")}}),
            "12345678");
}

TEST(BrowserFiles, SaysThatThereIsNoModel) {
  EXPECT_TRUE(says(error_with({{"w.bin", bytes("12345678")}}), ErrorCode::NotFound,
                   {"no model.json", "'w.bin'"}));
  EXPECT_TRUE(says(error_with({{"README", bytes("x")}}), ErrorCode::NotFound, {"there are none"}));
  EXPECT_TRUE(says(error_with({{"a.json", bytes("[]")}, {"b.json", bytes("{}")}}),
                   ErrorCode::CorruptData, {"'a.json', 'b.json'", "neither"}));
  EXPECT_TRUE(says(error_with({{"a.json", bytes("[]")}, {"b.json", bytes("{")}}),
                   ErrorCode::CorruptData, {"b.json"}));
  EXPECT_TRUE(says(error_with({{"a.json", bytes("{")}}), ErrorCode::CorruptData, {"a.json"}));
}

TEST(BrowserFiles, RefusesFilesThatCannotBeToldApart) {
  EXPECT_TRUE(says(error_with({{"m.json", bytes(json_of_paths())},
                               {"a/w.bin", bytes("12345678")},
                               {"b/w.bin", bytes("12345678")}}),
                   ErrorCode::InvalidArgument, {"'w.bin'", "'a/w.bin', 'b/w.bin'"}));
  EXPECT_TRUE(says(error_with({{"m.json", bytes(json_of_paths())},
                               {"w.bin", bytes("12345678")},
                               {"w.bin", bytes("abcdefgh")}}),
                   ErrorCode::InvalidArgument, {"'w.bin', 'w.bin'"}));
}

TEST(BrowserFiles, RefusesOneFileForTwoPaths) {
  EXPECT_TRUE(says(error_with({{"m.json", bytes(json_of_paths(R"("a/w.bin","b/w.bin")"))},
                               {"w.bin", bytes("1234")}}),
                   ErrorCode::InvalidArgument, {"'a/w.bin' and 'b/w.bin'", "both mean 'w.bin'"}));
}

TEST(BrowserFiles, RefusesSeveralArchives) {
  const std::string zip = zip_of({{"model.json", json_of_paths()}});
  EXPECT_TRUE(says(error_with({{"a.zip", bytes(zip)}, {"b.zip", bytes(zip)}}),
                   ErrorCode::InvalidArgument, {"'a.zip', 'b.zip'"}));
}

TEST(BrowserFiles, RefusesPathsThatAreNotThere) {
  const TestFolder folder;
  EXPECT_TRUE(says(error_with({folder.at("m.json")}), ErrorCode::NotFound, {"m.json"}));
}

TEST(BrowserFiles, LoadsTheTopologyAloneWhenAsked) {
  const std::vector<File> files = {{"m.json", bytes(json_of_paths())}};
  const ModelArtifacts model = browser_files(files, {.topology_only = true})->load({}).get();
  EXPECT_TRUE(model.model_topology.is_object());
  EXPECT_EQ(model.format(), "layers-model");
  EXPECT_TRUE(model.weight_specs.empty());
  const std::string zip = zip_of({{"model.json", json_of_paths()}});
  EXPECT_TRUE(browser_files({{"z", bytes(zip)}}, {.topology_only = true})
                  ->load({})
                  .get()
                  .weight_specs.empty());
}

TEST(BrowserFiles, WantsAManifest) {
  const std::vector<File> files = {{"m.json", bytes(R"({"modelTopology":{}})")}};
  EXPECT_TRUE(says(error_with(files), ErrorCode::InvalidArgument,
                   {"m.json", "no weightsManifest", "topology_only"}));
  EXPECT_EQ(weights_of_files({{"m.json", bytes(R"({"modelTopology":{},"weightsManifest":[]})")}}),
            "");
}

TEST(BrowserFiles, LoadsSpecsAlone) {
  const IOHandlerPtr handler = browser_files({{"m.json", bytes(json_of_paths())}});
  EXPECT_EQ(handler->load({.read_weights = false}).get().weight_specs.size(), 1u);
}

TEST(BrowserFiles, AreLoadOnly) {
  const IOHandlerPtr handler = browser_files({{"m.json", bytes(json_of_paths())}});
  EXPECT_FALSE(handler->can_save());
  EXPECT_TRUE(says(error_of([&] { handler->save(small_model(1), {}).get(); }),
                   ErrorCode::Unsupported, {"the file 'm.json'"}));
}

TEST(BrowserFiles, CanBeCancelled) {
  LoadOptions options;
  options.cancel.cancel();
  const IOHandlerPtr handler =
      browser_files({{"m.json", bytes(json_of_paths())}, {"w.bin", bytes("12345678")}});
  EXPECT_EQ(error_of([&] { handler->load(options).get(); }).code(), ErrorCode::Cancelled);
}

}  // namespace
}  // namespace tfjs::io
